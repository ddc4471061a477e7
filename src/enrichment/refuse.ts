import type { Credential } from '../connections/choose-credential.js';
import { type GatewayError, isProblemCode, type Problem, problem, type ProblemCode } from '../errors.js';
import type { EnrichmentDeps } from './deps.js';
import { type About, labelsOf, type Place } from './labels.js';
import type { LookupRequest } from './lookup-request.js';
import { type StepResult, stepResult } from './step-result.js';

type Refused = {
  id: string;
  about: About;
  place: Place;
  credential: Credential | null;
  startedMs: number;
};

/** What is nobody's refusal, but a fault that passes. */
const failures: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
]);

/**
 * The end of a step that is turned away before any money moves, with its entry. Where the ledger cannot take even
 * that, the refusal stands without one: nothing was spent that could be missing from it.
 */
export const refuse = async <Record>(
  deps: Pick<EnrichmentDeps, 'ledger' | 'log'>,
  request: LookupRequest,
  { id, about, place, credential, startedMs }: Refused,
  cause: GatewayError | Problem,
): Promise<StepResult<Record>> => {
  const why = asProblem(cause);
  const outcome = failures.has(why.code) ? 'FAILED' : 'REFUSED';
  const latencyMs = performance.now() - startedMs;
  if (why.code !== 'LEDGER_UNAVAILABLE') {
    await deps.ledger
      .recordEntry({
        workspaceId: request.caller.workspaceId,
        id,
        accountId: credential?.accountId ?? null,
        outcome,
        unlock: null,
        problem: why.code,
        latencyMs,
        labels: labelsOf(request, about, credential, place, id),
      })
      .catch(() => deps.log.warn({ problem: why.code }, 'a refusal could not be entered'));
  }
  return stepResult({ step: place.step, provider: about.provider }, credential, {
    id,
    outcome,
    problem: why,
    latencyMs,
  });
};

/** A refusal as data; what callers have no word for is the ledger's. */
export const asProblem = (cause: GatewayError | Problem): Problem => {
  const { code } = cause;
  return problem(isProblemCode(code) ? code : 'LEDGER_UNAVAILABLE', cause.message, cause.retryAfterSeconds);
};

import type { ResolvedCredential } from '../connections/resolve-credential.js';
import { GatewayError, isProblemCode, type Problem, problem, type ProblemCode } from '../errors.js';
import { isDatabaseLost } from '../platform/database-errors.js';
import type { EnrichmentDeps } from './deps.js';
import type { LookupRequest } from './lookup-request.js';
import { labelsOf, type StepKind, type StepPosition } from './step-context.js';
import { type StepResult, stepResult } from './step-result.js';

type RefusedStep = {
  id: string;
  kind: StepKind;
  position: StepPosition;
  credential: ResolvedCredential | null;
  startedMs: number;
};

/** Problems that pass by themselves: the outcome is FAILED, not REFUSED. */
const failures: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'ENCRYPTION_KEY_MISSING',
]);

/**
 * The result of a step that was refused before any credits were reserved, with its entry. Where the ledger cannot write
 * the entry the refusal is returned without one: no spending is missing from the ledger.
 */
export const refuse = async <Record>(
  deps: Pick<EnrichmentDeps, 'ledger' | 'log'>,
  request: LookupRequest,
  { id, kind, position, credential, startedMs }: RefusedStep,
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
        labels: labelsOf(request, kind, credential, position, id),
      })
      .catch((error: unknown) => {
        // The database's loss has a line of its own.
        const level = isDatabaseLost(error) ? 'debug' : 'warn';
        deps.log[level]({ problem: why.code }, 'entry of a refused step could not be written');
      });
  }
  return stepResult({ step: position.step, provider: kind.provider }, credential, {
    id,
    outcome,
    problem: why,
    latencyMs,
  });
};

/** A refusal as data. Codes that callers do not know are the ledger's. */
export const asProblem = (cause: GatewayError | Problem): Problem => {
  const { code } = cause;
  return problem(isProblemCode(code) ? code : 'LEDGER_UNAVAILABLE', cause.message, cause.retryAfterSeconds);
};

/** The error as a value where it belongs to one lookup and goes into its result; throws what fails the whole request. */
export const lookupError = (error: unknown): GatewayError => {
  if (error instanceof GatewayError && isProblemCode(error.code)) return error;
  throw error;
};

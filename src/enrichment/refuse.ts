import type { Credential } from '../connections/choose-credential.js';
import { type GatewayError, isProblemCode, type Problem, problem } from '../errors.js';
import type { Answer } from './answer.js';
import type { EnrichmentDeps } from './deps.js';
import { type About, labelsOf } from './labels.js';
import { emptyReceipt } from './receipt.js';
import type { AskRequest } from './request.js';

type Refused = {
  id: string;
  wish: About;
  credential: Credential | null;
  startedMs: number;
};

/**
 * The answer to an ask that is turned away before any money moves, with its entry. Where the ledger cannot take even
 * that, the refusal stands without one: nothing was spent that could be missing from it.
 */
export const refuse = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  { id, wish, credential, startedMs }: Refused,
  cause: GatewayError | Problem | null,
): Promise<Answer<Record>> => {
  const why = asProblem(cause);
  const outcome = why.code === 'RATE_LIMITED' || why.code === 'PROVIDER_UNAVAILABLE' ? 'FAILED' : 'REFUSED';
  if (why.code !== 'LEDGER_UNAVAILABLE') {
    await deps.ledger
      .note({
        workspaceId: request.caller.workspaceId,
        id,
        accountId: credential?.accountId ?? null,
        outcome,
        unlock: null,
        problem: why.code,
        latencyMs: performance.now() - startedMs,
        labels: labelsOf(request, wish, credential),
      })
      .catch(() => deps.log.warn({ problem: why.code }, 'a refusal could not be entered'));
  }
  return {
    outcome,
    record: null,
    raw: null,
    problem: why,
    receipt: emptyReceipt(id, wish.provider, credential),
  };
};

const asProblem = (cause: GatewayError | Problem | null): Problem => {
  if (cause === null)
    return problem('PROVIDER_UNAVAILABLE', 'The ask could not be answered. Ask again later.');
  const code = cause.code;
  return isProblemCode(code)
    ? problem(code, cause.message, cause.retryAfterSeconds)
    : problem('LEDGER_UNAVAILABLE', cause.message, cause.retryAfterSeconds);
};

import type { LookupResult } from '../enrichment/lookup-result.js';
import { type Problem, type ProblemCode, problem } from '../errors.js';
import type { Providers } from '../providers/catalogue.js';
import type { RunningJob } from './chunks.js';

/**
 * What a job does after a lookup. FINAL: the result is the row's. PAUSE: the job stops, and the row has no result. WAIT:
 * nothing was sent, so the same lookup is made after a delay, however often. RETRY: it is made again a few times.
 */
export type Judgement =
  | { kind: 'FINAL' }
  | { kind: 'PAUSE'; problem: Problem }
  | { kind: 'WAIT'; delayMs: number }
  | { kind: 'RETRY' };

/** Problems of the job as a whole: every row would have them until somebody acts. */
const pausing: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'OUT_OF_CREDITS',
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'KEY_SCOPE_MISSING',
  'IP_NOT_ALLOWED',
  'BUDGET_EXCEEDED',
  'MAX_CREDITS_EXCEEDED',
  'LOOKUP_LIMIT_REACHED',
  'FORBIDDEN',
  'NO_CONNECTION',
  'CONNECTION_DISABLED',
  'ENCRYPTION_KEY_MISSING',
  'ACCOUNT_CONFLICT',
  'PLAN_REQUIRED',
  'PROVIDER_ADDRESS_WRONG',
  'INVALID_KEY_FORMAT',
  'INVALID_INPUT',
  'NOT_FOUND',
]);

const waitMsMax = 30_000;

export const judgeResult = (
  { outcome, problem, receipt }: Pick<LookupResult<unknown>, 'outcome' | 'problem' | 'receipt'>,
  providers: Pick<Providers, keyof Providers>,
  operation: RunningJob['operation'],
): Judgement => {
  if (problem === null) {
    const refusal = outcome === 'FOUND' ? refusalOf(receipt) : null;
    return refusal === null ? { kind: 'FINAL' } : { kind: 'PAUSE', problem: refusal };
  }
  const { code, retryAfterSeconds } = problem;
  if (code === 'LOOKUP_LIMIT_REACHED') return { kind: 'PAUSE', problem };
  // The ledger knows what the lookup has cost, as soon as it can be written.
  if (code === 'LEDGER_UNAVAILABLE') return waitFor(retryAfterSeconds);
  if (outcome === 'UNKNOWN') {
    const isCharged = receipt.attempts.some(
      ({ charge, provider }) => charge === 'PRESUMED' && !providers[provider].refetchIsFree,
    );
    return isCharged ? { kind: 'FINAL' } : { kind: 'RETRY' };
  }
  if (code === 'RATE_LIMITED' || code === 'LOOKUP_IN_FLIGHT') return waitFor(retryAfterSeconds);
  // A budget that other lookups in flight have reserved, or a circuit breaker that is open.
  if (code === 'BUDGET_EXCEEDED' && retryAfterSeconds !== null) return waitFor(1);
  if (code === 'PROVIDER_UNAVAILABLE' && retryAfterSeconds !== null) return waitFor(retryAfterSeconds);
  // The companies that need no lookup are searched all the same, at no cost.
  if (code === 'MAX_CREDITS_EXCEEDED' && operation === 'PEOPLE_SEARCH') return { kind: 'FINAL' };
  if (pausing.has(code)) return { kind: 'PAUSE', problem };
  // A lookup that failed for want of time was not sent; sent ones are UNKNOWN.
  if (code === 'PROVIDER_TIMEOUT') return waitFor(1);
  return problem.retryable ? { kind: 'RETRY' } : { kind: 'FINAL' };
};

/** Refusals that somebody lifts with money or a key. */
const lifted: ReadonlySet<ProblemCode | null> = new Set<ProblemCode>([
  'OUT_OF_CREDITS',
  'KEY_REFUSED',
  'BUDGET_EXCEEDED',
  'MAX_CREDITS_EXCEEDED',
]);

/** Why a later step did not add the required fields that a record does not have; null where it has them, or nobody has. */
const refusalOf = ({ attempts }: LookupResult<unknown>['receipt']): Problem | null => {
  if (attempts.some(({ outcome, code }) => outcome === 'FOUND' && code === null)) return null;
  const { code = null, reason = null } = attempts.find((attempt) => lifted.has(attempt.code)) ?? {};
  return code === null ? null : problem(code, reason ?? '');
};

const waitFor = (seconds: number | null): Judgement => ({
  kind: 'WAIT',
  delayMs: Math.min(waitMsMax, Math.max(250, (seconds ?? 1) * 1_000)),
});

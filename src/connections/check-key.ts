import { GatewayError, type Problem, type ProblemCode } from '../errors.js';
import type { ProviderKeys } from './provider-keys.js';

/** Problems that are the key's own: with one of these it is not worth keeping. */
const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'INVALID_KEY_FORMAT',
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'PLAN_REQUIRED',
]);

/** What a verification leaves in the connection's row. */
export type KeyCheck = { verifiedAt: Date | null; problemCode: ProblemCode | null };

/**
 * Asks the provider about a key that is to be stored. A key it refuses is thrown out; a provider that is throttled,
 * broken or away says nothing about the key, which is then stored with that problem noted.
 */
export const checkKey = async (
  providerKeys: ProviderKeys,
  provider: string,
  key: string,
): Promise<KeyCheck> => {
  const problem = await providerKeys.verify(provider, key);
  if (problem !== null && refusals.has(problem.code)) throw refused(problem);
  return checkOf(problem);
};

export const checkOf = (problem: Problem | null): KeyCheck => ({
  verifiedAt: problem === null ? new Date() : null,
  problemCode: problem === null ? null : problem.code,
});

const refused = (problem: Problem): GatewayError =>
  new GatewayError(problem.code, problem.message, {
    field: ['key'],
    ...(problem.retryAfterSeconds === null ? {} : { retryAfterSeconds: problem.retryAfterSeconds }),
  });

import { withTimeout } from './with-timeout.js';

/**
 * Waits for a statement's answer, but not for ever: a query can be lost with its connection without anybody being
 * told, and whoever shares its group would wait behind it. The error counts as a lost database; the statement may have
 * been committed all the same.
 */
export const withQueryTimeout = <Answer>(
  statement: PromiseLike<Answer>,
  timeoutMs = 5_000,
): Promise<Answer> =>
  withTimeout(timeoutMs, Promise.resolve(statement), () =>
    Object.assign(new Error(`the database did not answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }),
  );

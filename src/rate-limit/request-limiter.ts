import type { Sql } from '../platform/database.js';
import { createBatcher } from '../platform/batcher.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import { acquirePermits, type PermitRequest } from './acquire-permits.js';

/**
 * Takes one request of a token's limit: at most `requestsPerSecond` are admitted in any second, over all instances. Returns
 * null, or the seconds after which the next one would be admitted. Throws UNAVAILABLE when the database does not answer.
 */
export type RequestLimiter = (tokenId: string, requestsPerSecond: number) => Promise<number | null>;

// The database assigns permits by its own clock and nobody waits for one, so there is no jitter to allow for.
const windowSeconds = 1;

/** Makes the limiter. Requests that arrive together share one statement. */
export const createRequestLimiter = (sql: Sql): RequestLimiter => {
  const acquire = createBatcher<PermitRequest, number | null>({
    name: 'token_request',
    run: async (requests) => {
      const { permits } = await acquirePermits(sql, windowSeconds, requests);
      return permits.map((due) => ('retryAfterSeconds' in due ? due.retryAfterSeconds : null));
    },
    itemsMax: 512,
    failsWhole: () => true,
  });
  return (tokenId, requestsPerSecond) =>
    withStoreTimeout(
      () =>
        acquire({
          key: `token ${tokenId}`,
          requestsPerSecond,
          windowSeconds,
          // All of a second at once: clients send what they have, and nobody waits.
          burst: requestsPerSecond,
          maxWaitSeconds: 0,
        }),
      'UNAVAILABLE',
    );
};

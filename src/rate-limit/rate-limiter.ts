import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { createBatcher } from '../platform/batcher.js';
import type { Sql } from '../platform/database.js';
import { withTimeout } from '../platform/with-timeout.js';
import { acquirePermits, type Due, type Permit, type PermitRequest } from './acquire-permits.js';
import { createDatabaseClock } from './database-clock.js';
import { createJobPermits } from './job-permits.js';

/**
 * Waits until a key may send one more request; throws RATE_LIMITED at once when that would take longer than `maxWaitMs`. A
 * request that yields lets all others go first: how long it will wait is not known, so it is refused when the time is over.
 */
export type RateLimiter = (
  key: string,
  requestsPerSecond: number,
  maxWaitMs?: number,
  yields?: boolean,
) => Promise<Permit>;

// Fifty permits span a little more than a second, because providers count when requests arrive: this allows the network
// and a busy process 45 ms of jitter, and uses 95.7 % of the limit.
const windowSeconds = 1.045;
// A permit used later than this could coincide with another instance's next one.
// A process that must wake up, connect and write for fifty permits at one instant is late with most of them, and three such
// processes then exceeded the limit: 71 in a second, measured with cold connections on a busy machine; 54 with five.
const burstMax = 5;
const latenessMsMax = 20;
const missedPermitsMax = 20;
const acquireTimeoutMs = 2_000;
// The most that a distant database may delay the first lookup after a pause; each permit adds a reading of its clock.
const clockTimeoutMs = 300;

/**
 * Makes the rate limiter that all instances on one database share. The database schedules the permits, by its own
 * clock; requests that arrive together share one statement.
 */
export const createRateLimiter = (sql: Sql, options: { maxWaitSeconds: number }): RateLimiter => {
  const { maxWaitSeconds } = options;
  const clock = createDatabaseClock();

  // The first round trips of a new connection, and of a busy process, are slow: this takes the fastest of several.
  const readClock = async (): Promise<void> => {
    const untilMs = performance.now() + clockTimeoutMs;
    while (!clock.isKnown(performance.now()) && performance.now() < untilMs) {
      const sentMs = performance.now();
      const [row] = await sql<{ now: number }[]>`
        select extract(epoch from clock_timestamp())::double precision as now`;
      if (row === undefined) throw new Error('the database returned no time');
      clock.addReading({ sentMs, databaseMs: row.now * 1_000, receivedMs: performance.now() });
    }
  };

  const acquireInBatch = createBatcher<PermitRequest, Due>({
    name: 'permit',
    run: async (requests) => {
      await readClock();
      const sentMs = performance.now();
      const { databaseMs, permits } = await acquirePermits(sql, maxWaitSeconds, requests);
      clock.addReading({ sentMs, databaseMs, receivedMs: performance.now() });
      return permits;
    },
    itemsMax: 512,
    failsWhole: () => true,
  });

  // Whatever fails, nothing was sent without a permit: the error must not look like a call that may have been charged.
  const acquire = async (request: PermitRequest): Promise<Due> => {
    try {
      return await acquireInBatch(request);
    } catch {
      throw noPermit();
    }
  };

  const acquireInTime = (request: Omit<PermitRequest, 'windowSeconds' | 'burst'>): Promise<Due> =>
    withTimeout(acquireTimeoutMs, acquire({ ...request, windowSeconds, burst: burstMax }), noPermit);

  const whenDue = async (atMs: number): Promise<Permit> => {
    const lateMs = (): number => performance.now() - clock.toOwnMs(atMs);
    if (lateMs() < 0) await sleep(-lateMs());
    return { isExpired: () => lateMs() > latenessMsMax };
  };

  const acquireForJob = createJobPermits({
    request: (key, requestsPerSecond) =>
      acquireInTime({ key, requestsPerSecond, maxWaitSeconds: 0, yields: true }),
    whenDue,
    tooLong: queueTooLong,
  });

  return async (key, requestsPerSecond, maxWaitMs = Number.POSITIVE_INFINITY, yields = false) => {
    if (requestsPerSecond === 0) return unlimited;
    const untilMs = performance.now() + Math.min(maxWaitMs, maxWaitSeconds * 1_000);
    if (yields) return await acquireForJob(key, requestsPerSecond, untilMs);
    for (let missed = 0; missed <= missedPermitsMax; missed += 1) {
      const secondsLeft = Math.max(0, untilMs - performance.now()) / 1_000;
      const due = await acquireInTime({ key, requestsPerSecond, maxWaitSeconds: secondsLeft });
      if ('retryAfterSeconds' in due) throw queueTooLong(due.retryAfterSeconds);
      const permit = await whenDue(due.atMs);
      if (!permit.isExpired()) return permit;
    }
    throw noPermit();
  };
};

const queueTooLong = (seconds: number): GatewayError => {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new GatewayError(
    'RATE_LIMITED',
    `This key has more requests waiting than the provider accepts in the time that this one may wait: try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );
};

const unlimited: Permit = { isExpired: () => false };

const noPermit = (): GatewayError =>
  new GatewayError(
    'RATE_LIMITED',
    'The gateway could not determine whether this key may send now: try again.',
    { retryAfterSeconds: 1 },
  );

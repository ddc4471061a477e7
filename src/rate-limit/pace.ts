import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import type { Sql } from '../platform/database.js';
import { withTimeout } from '../platform/with-timeout.js';
import { createBatcher } from '../platform/batcher.js';
import type { Permit } from '../providers/provider.js';
import { createDatabaseClock } from './database-clock.js';

/**
 * Waits until a key may send one more request, and answers its turn; throws RATE_LIMITED where that would take too
 * long.
 */
export type RateLimiter = (key: string, requestsPerSecond: number) => Promise<Permit>;

// Fifty turns lie a little more than a second apart, because what counts is when requests arrive: this leaves the network
// and a busy process 45 ms of unevenness, and 95.7 % of the limit.
const windowSeconds = 1.045;
// A turn that is taken up later than this is not used: the next one after it may be somebody else's, on time.
const latenessMsMax = 20;
const missedTurnsMax = 20;
const takeTimeoutMs = 2_000;
// What a far database may cost the first ask after a pause; the turn itself brings one more reading of its clock.
const learnMsMax = 300;

type Wish = { key: string; requestsPerSecond: number };
/** When to send, on the database's clock. */
type Due = { atMs: number };

/**
 * Makes the pace that all instances on one database keep together. Turns are handed out by the database, whose clock
 * is the only one that counts; asks that arrive together share one statement.
 */
export const createRateLimiter = (sql: Sql, options: { maxWaitSeconds: number }): RateLimiter => {
  const clock = createDatabaseClock();

  // The first answers of a fresh connection, and of a process that is busy, are slow: the quickest of some is quick.
  const learnClock = async (): Promise<void> => {
    const untilMs = performance.now() + learnMsMax;
    while (!clock.isKnown(performance.now()) && performance.now() < untilMs) {
      const askedMs = performance.now();
      const [row] = await sql<{ now: number }[]>`
        select extract(epoch from clock_timestamp())::double precision as now`;
      if (row === undefined) throw new Error('the database tells no time');
      clock.learn({ askedMs, databaseMs: row.now * 1_000, answeredMs: performance.now() });
    }
  };

  const take = createBatcher<Wish, Due | null>({
    run: async (wishes) => {
      await learnClock();
      const askedMs = performance.now();
      const { toldAtMs, turns } = await takeTurns(sql, options.maxWaitSeconds, wishes);
      clock.learn({ askedMs, databaseMs: toldAtMs, answeredMs: performance.now() });
      return turns;
    },
    itemsMax: 512,
    failsWhole: () => true,
  });

  // Whatever befalls the statement, nothing was sent for want of a turn: it must not look like a call in doubt.
  const takeSurely = async (wish: Wish): Promise<Due | null> => {
    try {
      return await take(wish);
    } catch {
      throw noTurn();
    }
  };

  return async (key, requestsPerSecond) => {
    if (requestsPerSecond === 0) return anyTime;
    for (let missed = 0; missed <= missedTurnsMax; missed += 1) {
      const due = await withTimeout(takeTimeoutMs, takeSurely({ key, requestsPerSecond }), noTurn);
      if (due === null) break;
      const lateMs = (): number => performance.now() - clock.toOwnMs(due.atMs);
      if (lateMs() < 0) await sleep(-lateMs());
      const turn = { isExpired: () => lateMs() > latenessMsMax };
      if (!turn.isExpired()) return turn;
    }
    throw new GatewayError(
      'RATE_LIMITED',
      `This key already has as many requests waiting as the provider takes in ${options.maxWaitSeconds} seconds: ask again later.`,
      { retryAfterSeconds: options.maxWaitSeconds },
    );
  };
};

const takeTurns = async (
  sql: Sql,
  maxWaitSeconds: number,
  wishes: Wish[],
): Promise<{ toldAtMs: number; turns: (Due | null)[] }> => {
  const json = JSON.stringify(
    wishes.map((wish, index) => ({
      batch_position: index + 1,
      key: wish.key,
      per_window: wish.requestsPerSecond,
      window_seconds: windowSeconds,
      max_wait_seconds: maxWaitSeconds,
    })),
  );
  const rows = await sql<{ batch_position: number; permit_at: number | null; database_now: number }[]>`
    select * from acquire_permits(${json}::text::json)`;
  const turns = wishes.map((): Due | null => null);
  for (const { batch_position: position, permit_at: at } of rows) {
    turns[position - 1] = at === null ? null : { atMs: at * 1_000 };
  }
  return { toldAtMs: (rows[0]?.database_now ?? 0) * 1_000, turns };
};

const anyTime: Permit = { isExpired: () => false };

const noTurn = (): GatewayError =>
  new GatewayError(
    'RATE_LIMITED',
    'The gateway could not learn whether this key may send just now: ask again.',
    {
      retryAfterSeconds: 1,
    },
  );

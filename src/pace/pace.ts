import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import type { Sql } from '../platform/database.js';
import { within } from '../platform/deadline.js';
import { createGroup } from '../platform/group.js';

/** Waits until a key may send one more request; throws RATE_LIMITED where that would take too long. */
export type Pace = (key: string, requestsPerSecond: number) => Promise<void>;

// Fifty turns lie a little more than a second apart, because what counts is when requests arrive: this leaves the network
// and a busy process 35 ms of unevenness, and 96.6 % of the limit.
const windowSeconds = 1.035;
// A turn that is taken up later than this is not used: the next one after it may be somebody else's, on time. Only
// unevenness counts, so what the database takes at its quickest is not lateness.
const latenessMsMax = 20;
const remembered = 20;
const missedTurnsMax = 20;
const takeTimeoutMs = 2_000;

type Wish = { key: string; requestsPerSecond: number };
/** When to send, on this process's clock: counted from the earliest instant the database can have meant. */
type Turn = { dueMs: number };

/**
 * Makes the pace that all instances on one database keep together. Turns are handed out by the database, whose clock
 * is the only one that counts; asks that arrive together share one statement.
 */
export const createPace = (sql: Sql, options: { patienceSeconds: number }): Pace => {
  let latestMs: number[] = [];
  const take = createGroup<Wish, Turn | null>({
    run: async (wishes) => {
      const askedMs = performance.now();
      const waits = await takeTurns(sql, options.patienceSeconds, wishes);
      latestMs = [...latestMs.slice(1 - remembered), performance.now() - askedMs];
      const quickestMs = Math.min(...latestMs);
      return waits.map((waitSeconds) =>
        waitSeconds === null ? null : { dueMs: askedMs + quickestMs + waitSeconds * 1_000 },
      );
    },
    itemsMax: 512,
    failsTogether: () => true,
  });

  return async (key, requestsPerSecond) => {
    if (requestsPerSecond === 0) return;
    for (let missed = 0; missed <= missedTurnsMax; missed += 1) {
      const turn = await within(takeTimeoutMs, take({ key, requestsPerSecond }), noTurn);
      if (turn === null) break;
      const waitMs = turn.dueMs - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      if (performance.now() - turn.dueMs <= latenessMsMax) return;
    }
    throw new GatewayError(
      'RATE_LIMITED',
      `This key already has as many requests waiting as the provider takes in ${options.patienceSeconds} seconds: ask again later.`,
      { retryAfterSeconds: options.patienceSeconds },
    );
  };
};

const takeTurns = async (sql: Sql, patienceSeconds: number, wishes: Wish[]): Promise<(number | null)[]> => {
  const json = JSON.stringify(
    wishes.map((wish, index) => ({
      ord: index + 1,
      key: wish.key,
      per_window: wish.requestsPerSecond,
      window_seconds: windowSeconds,
      patience_seconds: patienceSeconds,
    })),
  );
  const rows = await sql<{ ord: number; wait_seconds: number | null }[]>`
    select * from take_turns(${json}::text::json)`;
  const waits = new Map(rows.map((row) => [row.ord, row.wait_seconds]));
  return wishes.map((_, index) => waits.get(index + 1) ?? null);
};

const noTurn = (): GatewayError =>
  new GatewayError(
    'RATE_LIMITED',
    'The gateway could not learn whether this key may send just now: ask again.',
    {
      retryAfterSeconds: 1,
    },
  );

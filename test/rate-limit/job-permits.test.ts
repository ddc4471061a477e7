import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acquirePermits, type Due } from '../../src/rate-limit/acquire-permits.js';
import { createRateLimiter } from '../../src/rate-limit/rate-limiter.js';
import { newId } from '../../src/platform/ids.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';

let store: TestDatabase;
let databases: Database[];
beforeAll(async () => {
  store = await createTestDatabase();
  databases = [1, 2, 3].map(() => openDatabase(store.address, { connectionsMax: 2 }));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await store.close();
});

const windowSeconds = 1.045;
const slotMs = (requestsPerSecond: number): number => (windowSeconds * 1_000) / requestsPerSecond;

/** One batch: whether each of its requests yields. */
const take = async (key: string, requestsPerSecond: number, yields: readonly boolean[], stretch = 1) =>
  await acquirePermits(
    databases[0]!.sql,
    600,
    yields.map((one) => ({
      key,
      requestsPerSecond,
      windowSeconds: windowSeconds * stretch,
      burst: 5,
      maxWaitSeconds: 600,
      yields: one,
    })),
  );

/** As if the time until the last permit had passed; returns that permit. */
const passUntilLast = async (key: string): Promise<number> => {
  const [row] = await store.database.sql<{ last: number }[]>`
    update rate_limits set permits = (
      select array_agg(permit - (permits[cardinality(permits)] - extract(epoch from clock_timestamp())) order by permit)
      from unnest(permits) as permit)
    where key = ${key}
    returning permits[cardinality(permits)] * 1000 as last`;
  return row?.last ?? 0;
};

const instants = (permits: readonly Due[]): number[] =>
  permits.flatMap((due) => ('atMs' in due ? [due.atMs] : []));

it('assigns jobs one permit ahead at most, and a single lookup the permit after it', async () => {
  const key = newId();
  const jobs = await take(
    key,
    1,
    Array.from({ length: 20 }, () => true),
  );
  const assigned = instants(jobs.permits);
  expect(assigned).toHaveLength(2);
  expect(assigned[0]).toBe(jobs.databaseMs);
  expect(assigned[1]! - assigned[0]!).toBeCloseTo(slotMs(1), 3);
  expect(jobs.permits[2]).toEqual({ retryAfterSeconds: expect.closeTo(windowSeconds, 3) });

  const [single] = instants((await take(key, 1, [false])).permits);
  expect(single! - assigned[1]!).toBeCloseTo(slotMs(1), 3);
  // The next one is for the single lookup, so a job in between gets none.
  expect(instants((await take(key, 1, [true])).permits)).toEqual([]);
});

it('serves a single lookup before the jobs of its batch', async () => {
  const key = newId();
  const { permits, databaseMs } = await take(key, 1, [true, true, false]);
  expect(permits[2]).toEqual({ atMs: databaseMs });
  expect(instants(permits)).toHaveLength(2);
});

it('uses the whole limit when a job returns as each permit is due, and puts no 51 permits within the window', async () => {
  const key = newId();
  // A window a hundred times as long, so that the time of the statements does not count.
  const stretch = 100;
  const assigned: number[] = [];
  let shiftMs = 0;
  for (let round = 0; round < 100; round += 1) {
    const yields = round % 20 === 19 ? [true, false, false, false] : [true];
    const permits = instants((await take(key, 50, yields, stretch)).permits);
    assigned.push(...permits.map((at) => at + shiftMs));
    shiftMs += Math.max(...permits) - (await passUntilLast(key));
  }
  const sorted = assigned.toSorted((a, b) => a - b);
  const gaps = sorted.slice(50).map((at, index) => at - sorted[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(1_044 * stretch);
  const spanMs = sorted.at(-1)! - sorted[0]!;
  expect(((sorted.length - 1) * slotMs(50) * stretch) / spanMs).toBeGreaterThan(0.98);
});

it('assigns a single lookup at most one permit later while jobs of three instances wait', async () => {
  const key = newId();
  const limiters = databases.map((database) => createRateLimiter(database.sql, { maxWaitSeconds: 60 }));
  let granted = 0;
  const jobs = Array.from({ length: 45 }, (_, index) =>
    limiters[index % 3]!(key, 20, undefined, true).then(() => (granted += 1)),
  );
  await jobs[0];
  expect(granted).toBeLessThan(45);
  for (let count = 0; count < 5; count += 1) {
    const { permits, databaseMs } = await take(key, 20, [false]);
    const [single] = instants(permits);
    // By the database's clock: the job's permit that is next, and the lookup's after it.
    expect(single! - databaseMs).toBeLessThan(2 * slotMs(20) + 0.1);
    await setTimeout(3 * slotMs(20));
  }
  await Promise.all(jobs);
});

it('refuses jobs when their time is over, and lets those behind them go on', async () => {
  const key = newId();
  const limiter = createRateLimiter(databases[0]!.sql, { maxWaitSeconds: 60 });
  await limiter(key, 1, undefined, true);
  const hurried = [1, 2].map(() => outcomeOf(limiter(key, 1, 100, true)));
  const patient = limiter(key, 1, undefined, true);
  expect(await Promise.all(hurried)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  expect((await patient).isExpired()).toBe(false);
});

it('neither waits nor asks for jobs when there is no limit', async () => {
  const key = newId();
  const limiter = createRateLimiter(databases[0]!.sql, { maxWaitSeconds: 60 });
  await Promise.all(Array.from({ length: 100 }, () => limiter(key, 0, undefined, true)));
  expect(await store.database.sql`select from rate_limits where key = ${key}`).toHaveLength(0);
});

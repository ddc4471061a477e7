import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acquirePermits } from '../../src/rate-limit/acquire-permits.js';
import { createRateLimiter, type RateLimiter } from '../../src/rate-limit/rate-limiter.js';
import { GatewayError } from '../../src/errors.js';
import { newId } from '../../src/platform/ids.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { startProxy } from '../ledger/proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';

let store: TestDatabase;
let databases: Database[];
let limiters: RateLimiter[];
beforeAll(async () => {
  store = await createTestDatabase();
  databases = [1, 2, 3].map(() => openDatabase(store.address, { connectionsMax: 4 }));
  limiters = databases.map((database) => createRateLimiter(database.sql, { maxWaitSeconds: 30 }));
  await Promise.all(databases.map((database) => database.sql`select 1`));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await store.close();
});

/** The most of these instants that lie in any one second. */
const busiestSecond = (timesMs: number[]): number => {
  const sorted = timesMs.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [index, timeMs] of sorted.entries()) {
    while ((sorted[from] ?? 0) <= timeMs - 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
};

const retryAfterOf = (error: unknown): number =>
  error instanceof GatewayError ? (error.retryAfterSeconds ?? 0) : 0;

const permitsOf = async (key: string): Promise<number[]> => {
  const [row] = await store.database.sql<
    { permits: number[] }[]
  >`select to_json(permits) as permits from rate_limits where key = ${key}`;
  return row?.permits ?? [];
};

/** Takes permits of one a second that nobody waits for: a busy machine would miss some, and take others. */
const fillQueue = async (key: string, count: number): Promise<void> => {
  const request = { key, requestsPerSecond: 1, windowSeconds: 1.045, burst: 1, maxWaitSeconds: 60 };
  await acquirePermits(
    store.database.sql,
    60,
    Array.from({ length: count }, () => request),
  );
};

it('never sends more than the limit in any sliding second over three instances', async () => {
  const key = newId();
  const timesMs: number[] = [];
  await Promise.all(
    Array.from({ length: 150 }, async (_, index) => {
      await limiters[index % 3]?.(key, 50);
      timesMs.push(performance.now());
    }),
  );
  expect(timesMs).toHaveLength(150);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(50);
});

it('limits requests that arrive one by one as it limits bursts', async () => {
  const key = newId();
  const timesMs: number[] = [];
  const requests: Promise<unknown>[] = [];
  for (let index = 0; index < 50; index += 1) {
    requests.push(limiters[index % 3]!(key, 20).then(() => timesMs.push(performance.now())));
    if (index < 30) await sleep(10);
  }
  await Promise.all(requests);
  expect(timesMs).toHaveLength(50);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(20);
}, 20_000);

it('uses at least 95 % of the limit in bulk, and puts no 51 permits within a second', async () => {
  const key = newId();
  const requests = Array.from({ length: 1_000 }, (_, index) => ({
    batch_position: index + 1,
    key,
    per_window: 50,
    window_seconds: 1.045,
    burst: 5,
    max_wait_seconds: 60,
  }));
  const rows = await store.database.sql<{ permit_at: number }[]>`
    select permit_at from acquire_permits(${JSON.stringify(requests)}::text::json, 60) order by batch_position`;
  const permits = rows.map((row) => row.permit_at);
  const gaps = permits.slice(50).map((permit, index) => permit - permits[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(1);
  // 995 permits after the first five, in the seconds that they span.
  expect(995 / (permits.at(-1)! - permits[0]!) / 50).toBeGreaterThan(0.95);
});

it('refuses callers at once, and keeps the permits of others, when the wait is too long', async () => {
  const key = newId();
  await fillQueue(key, 25);
  const before = await permitsOf(key);
  const refused = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) => limiters[at % 3]!(key, 1, 100 * at)),
  );
  const seconds = refused.map((result) => (result.status === 'rejected' ? retryAfterOf(result.reason) : 0));
  // The queue is 26 seconds long: it was still long when each was refused.
  expect(Math.min(...seconds)).toBeGreaterThan(10);
  expect(await permitsOf(key)).toEqual(before);
});

it('says when a refused request would be served, one after the other, when many come at once', async () => {
  const key = newId();
  const requests = Array.from({ length: 30 }, () => limiters[0]!(key, 5, 1_500));
  const refused = (await Promise.allSettled(requests)).flatMap((result) =>
    result.status === 'rejected' ? [retryAfterOf(result.reason)] : [],
  );
  // Five go at once and five a second later; the other twenty, at five a second, would wait for one to five seconds more. So
  // do those whose permit a busy machine has missed.
  expect(refused.length).toBeGreaterThanOrEqual(20);
  expect(Math.min(...refused)).toBeLessThanOrEqual(2);
  expect(Math.max(...refused)).toBeGreaterThanOrEqual(4);
  expect(Math.max(...refused)).toBeLessThanOrEqual(6);
});

it('does not block a key for an hour when the database clock was set back by an hour', async () => {
  const key = newId();
  await limiters[0]!(key, 5);
  await store.database.sql`
    update rate_limits set permits = (select array_agg(permit + 3600) from unnest(permits) as permit) where key = ${key}`;
  expect(await outcomeOf(limiters[0]!(key, 5))).toBe('done');
});

it('keeps permits that are due when the clock was set back a little', async () => {
  const key = newId();
  const requests = Array.from({ length: 20 }, (_, index) => ({
    batch_position: index + 1,
    key,
    per_window: 5,
    window_seconds: 1,
    burst: 5,
    max_wait_seconds: 2.5,
  }));
  const take = () => store.database.sql<{ permit_at: number | null }[]>`
    select permit_at from acquire_permits(${JSON.stringify(requests)}::text::json, 2.5) order by batch_position`;
  expect(await take()).toContainEqual({ permit_at: null });
  await store.database.sql`
    update rate_limits set permits = (select array_agg(permit + 1 order by permit) from unnest(permits) as permit) where key = ${key}`;
  expect((await take()).every(({ permit_at }) => permit_at === null)).toBe(true);
});

it('does not let keys wait for each other', async () => {
  const [busy, idle] = [newId(), newId()];
  const many = Promise.all(Array.from({ length: 15 }, () => limiters[0]!(busy, 5)));
  const few = Promise.all([limiters[0]!(idle, 5), limiters[1]!(idle, 5)]);
  expect(await Promise.race([few.then(() => 'few'), many.then(() => 'the many')])).toBe('few');
  await many;
});

it('neither waits nor queries the database when there is no limit', async () => {
  const key = newId();
  await limiters[0]!(key, 0);
  expect(await permitsOf(key)).toEqual([]);
});

it('acquires another permit when a busy process wakes up too late for the first', async () => {
  const key = newId();
  await limiters[0]!(key, 1);
  let acquired = false;
  const late = limiters[0]!(key, 1).then(() => {
    acquired = true;
  });
  // The permit is due in about a second; the process is busy then.
  await sleep(900);
  const busyUntilMs = performance.now() + 400;
  while (performance.now() < busyUntilMs);
  await sleep(1);
  const permits = await permitsOf(key);
  expect(acquired).toBe(false);
  await late;
  expect((await permitsOf(key)).at(-1)).toBeGreaterThan(permits.at(-1)! - 0.001);
});

it('does not use permits whose response came too late', async () => {
  const key = newId();
  const proxy = await startProxy(store.address);
  const remote = openDatabase(proxy.address, { connectionsMax: 4 });
  const slow = createRateLimiter(remote.sql, { maxWaitSeconds: 30 });
  // Each connection has prepared the statement, so that it is sent in one step.
  await Promise.all([1, 2].map(() => remote.sql`select pg_sleep(0.02)`));
  for (let index = 0; index < 4; index += 1) await slow(newId(), 5);

  const timesMs: number[] = [];
  const send = async (limiter: RateLimiter): Promise<void> => {
    await limiter(key, 5);
    timesMs.push(performance.now());
  };
  proxy.holdAnswers();
  const held = Array.from({ length: 5 }, () => send(slow));
  await sleep(500);
  await proxy.open();
  await Promise.all([...held, ...Array.from({ length: 5 }, () => send(limiters[0]!))]);
  await remote.close();
  await proxy.close();
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(5);
});

it('does not send early when its statement waited for a lock', async () => {
  const key = newId();
  const timesMs: number[] = [];
  const send = async (limiter: RateLimiter): Promise<void> => {
    await limiter(key, 5);
    timesMs.push(performance.now());
  };
  await Promise.all(Array.from({ length: 5 }, () => send(limiters[0]!)));
  const locked = await store.database.sql.begin(async (other) => {
    await other`select from rate_limits where key = ${key} for update`;
    const waiting = Promise.all(Array.from({ length: 5 }, () => send(limiters[1]!)));
    await sleep(400);
    return { waiting };
  });
  await locked.waiting;
  expect(timesMs).toHaveLength(10);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(5);
});

it('throws RATE_LIMITED when the database refuses the statement, because nothing was sent', async () => {
  const remote = openDatabase(store.address, { connectionsMax: 2 });
  const limiter = createRateLimiter(remote.sql, { maxWaitSeconds: 30 });
  await remote.close();
  expect(await outcomeOf(limiter(newId(), 5))).toBe('RATE_LIMITED');
});

it('throws within its timeout when the database does not answer, and sends nothing without a permit', async () => {
  const proxy = await startProxy(store.address);
  const remote = openDatabase(proxy.address, { connectionsMax: 2 });
  const limiter = createRateLimiter(remote.sql, { maxWaitSeconds: 30 });
  await proxy.shut();
  expect(await outcomeOf(limiter(newId(), 5)).catch(() => 'refused')).not.toBe('done');
  await remote.close();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRateLimiter, type RateLimiter } from '../../src/rate-limit/pace.js';
import { newId } from '../../src/platform/ids.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { startProxy } from '../ledger/proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';

let store: TestDatabase;
let databases: Database[];
let paces: RateLimiter[];
beforeAll(async () => {
  store = await createTestDatabase();
  databases = [1, 2, 3].map(() => openDatabase(store.address, { connectionsMax: 4 }));
  paces = databases.map((database) => createRateLimiter(database.sql, { maxWaitSeconds: 30 }));
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

const turnsOf = async (key: string): Promise<number[]> => {
  const [row] = await store.database.sql<
    { turns: number[] }[]
  >`select to_json(permits) as turns from rate_limits where key = ${key}`;
  return row?.turns ?? [];
};

test('three instances together never send more than the limit in any sliding second', async () => {
  const key = newId();
  const timesMs: number[] = [];
  await Promise.all(
    Array.from({ length: 150 }, async (_, index) => {
      await paces[index % 3]?.(key, 50);
      timesMs.push(performance.now());
    }),
  );
  expect(timesMs).toHaveLength(150);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(50);
});

test('asks that trickle in are held to the limit as bursts are', async () => {
  const key = newId();
  const timesMs: number[] = [];
  const asks: Promise<unknown>[] = [];
  for (let index = 0; index < 50; index += 1) {
    asks.push(paces[index % 3]!(key, 20).then(() => timesMs.push(performance.now())));
    if (index < 30) await sleep(10);
  }
  await Promise.all(asks);
  expect(timesMs).toHaveLength(50);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(20);
}, 20_000);

test('bulk uses at least 95 % of the limit, and no 51 turns lie within a second', async () => {
  const key = newId();
  const wishes = Array.from({ length: 1_000 }, (_, index) => ({
    batch_position: index + 1,
    key,
    per_window: 50,
    window_seconds: 1.045,
    max_wait_seconds: 60,
  }));
  const rows = await store.database.sql<{ permit_at: number }[]>`
    select permit_at from acquire_permits(${JSON.stringify(wishes)}::text::json) order by batch_position`;
  const turns = rows.map((row) => row.permit_at);
  const gaps = turns.slice(50).map((turn, index) => turn - turns[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(1);
  // 995 turns after the first five: what is used of the seconds they take.
  expect(995 / (turns.at(-1)! - turns[0]!) / 50).toBeGreaterThan(0.95);
});

test('a caller whose turn is too far off is refused at once and leaves no turn behind', async () => {
  const key = newId();
  const impatient = createRateLimiter(databases[0]!.sql, { maxWaitSeconds: 2.2 });
  // The last of these comes after 2.09 seconds, the next would after 3.14: a busy machine may take nearly one of them.
  const [first, ...later] = Array.from({ length: 3 }, () => impatient(key, 1));
  await first;
  const before = await turnsOf(key);
  const refused = Promise.all(Array.from({ length: 20 }, () => outcomeOf(impatient(key, 1))));
  expect(await Promise.race([refused, ...later.map((turn) => turn.then(() => 'a turn came first'))])).toEqual(
    Array.from({ length: 20 }, () => 'RATE_LIMITED'),
  );
  expect(await turnsOf(key)).toEqual(before);
  await Promise.all(later);
});

test('a database whose clock was set back by an hour does not stop a key for an hour', async () => {
  const key = newId();
  await paces[0]!(key, 5);
  await store.database.sql`
    update rate_limits set permits = (select array_agg(turn + 3600) from unnest(permits) as turn) where key = ${key}`;
  expect(await outcomeOf(paces[0]!(key, 5))).toBe('done');
});

test('a clock set back a little forgets no turn that is still to come', async () => {
  const key = newId();
  const wishes = Array.from({ length: 20 }, (_, index) => ({
    batch_position: index + 1,
    key,
    per_window: 5,
    window_seconds: 1,
    max_wait_seconds: 2.5,
  }));
  const take = () => store.database.sql<{ permit_at: number | null }[]>`
    select permit_at from acquire_permits(${JSON.stringify(wishes)}::text::json) order by batch_position`;
  expect(await take()).toContainEqual({ permit_at: null });
  await store.database.sql`
    update rate_limits set permits = (select array_agg(turn + 1 order by turn) from unnest(permits) as turn) where key = ${key}`;
  expect((await take()).every(({ permit_at }) => permit_at === null)).toBe(true);
});

test('keys do not wait for each other', async () => {
  const [busy, idle] = [newId(), newId()];
  const crowd = Promise.all(Array.from({ length: 15 }, () => paces[0]!(busy, 5)));
  const few = Promise.all([paces[0]!(idle, 5), paces[1]!(idle, 5)]);
  expect(await Promise.race([few.then(() => 'the few'), crowd.then(() => 'the crowd')])).toBe('the few');
  await crowd;
});

test('no limit, no wait, and nothing is asked of the database', async () => {
  const key = newId();
  await paces[0]!(key, 0);
  expect(await turnsOf(key)).toEqual([]);
});

test('a turn that a busy process woke up too late for is not used: it takes a new one', async () => {
  const key = newId();
  await paces[0]!(key, 1);
  let answered = false;
  const late = paces[0]!(key, 1).then(() => {
    answered = true;
  });
  // The turn lies about a second off; the process is busy when it comes.
  await sleep(900);
  const busyUntilMs = performance.now() + 400;
  while (performance.now() < busyUntilMs);
  await sleep(1);
  const turns = await turnsOf(key);
  expect(answered).toBe(false);
  await late;
  expect((await turnsOf(key)).at(-1)).toBeGreaterThan(turns.at(-1)! - 0.001);
});

test('turns that the database told of too late are not used either', async () => {
  const key = newId();
  const proxy = await startProxy(store.address);
  const road = openDatabase(proxy.address, { connectionsMax: 4 });
  const slow = createRateLimiter(road.sql, { maxWaitSeconds: 30 });
  // Every connection knows the statement, so that it is sent in one step.
  await Promise.all([1, 2].map(() => road.sql`select pg_sleep(0.02)`));
  for (let index = 0; index < 4; index += 1) await slow(newId(), 5);

  const timesMs: number[] = [];
  const send = async (pace: RateLimiter): Promise<void> => {
    await pace(key, 5);
    timesMs.push(performance.now());
  };
  proxy.holdAnswers();
  const held = Array.from({ length: 5 }, () => send(slow));
  await sleep(500);
  await proxy.open();
  await Promise.all([...held, ...Array.from({ length: 5 }, () => send(paces[0]!))]);
  await road.close();
  await proxy.close();
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(5);
});

test('an instance whose statement stood in a queue does not send early', async () => {
  const key = newId();
  const timesMs: number[] = [];
  const send = async (pace: RateLimiter): Promise<void> => {
    await pace(key, 5);
    timesMs.push(performance.now());
  };
  await Promise.all(Array.from({ length: 5 }, () => send(paces[0]!)));
  const queued = await store.database.sql.begin(async (other) => {
    await other`select from rate_limits where key = ${key} for update`;
    const asked = Promise.all(Array.from({ length: 5 }, () => send(paces[1]!)));
    await sleep(400);
    return { asked };
  });
  await queued.asked;
  expect(timesMs).toHaveLength(10);
  expect(busiestSecond(timesMs)).toBeLessThanOrEqual(5);
});

test('a database that refuses the statement refuses the turn: it is no call in doubt', async () => {
  const road = openDatabase(store.address, { connectionsMax: 2 });
  const pace = createRateLimiter(road.sql, { maxWaitSeconds: 30 });
  await road.close();
  expect(await outcomeOf(pace(newId(), 5))).toBe('RATE_LIMITED');
});

test('a database that does not answer refuses the turn within its time: nothing is sent unpaced', async () => {
  const proxy = await startProxy(store.address);
  const road = openDatabase(proxy.address, { connectionsMax: 2 });
  const pace = createRateLimiter(road.sql, { maxWaitSeconds: 30 });
  await proxy.shut();
  expect(await outcomeOf(pace(newId(), 5)).catch(() => 'refused')).not.toBe('done');
  await road.close();
});

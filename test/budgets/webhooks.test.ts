import { createHmac, randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { deliverCrossings, type DeliveryDeps } from '../../src/budgets/deliver-crossings.js';
import { getBudget } from '../../src/budgets/get-budget.js';
import { startBudgetAlertDelivery } from '../../src/budgets/keep-delivering.js';
import { createLog } from '../../src/platform/log.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';
import { askOf, budgetsOf, type Deps, openInstances, set, spend } from './setup.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let receiver: Receiver;
let deps: Deps;
let delivery: DeliveryDeps;
let admin: Caller;
beforeEach(async () => {
  store = await openInstances();
  receiver = await startReceiver();
  deps = budgetsOf(store.database);
  delivery = { ...deps, log: silentLog, timeoutMs: 300, showId: (kind, id) => `${kind}!${id}` };
  admin = (await createWorkspace(store.database)).as.ADMIN;
});
afterEach(async () => {
  await receiver.close();
  await store.close();
});

const inFull = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** A budget of one credit whose one threshold has just been reached. */
const cross = async (webhookUrl: string | null = receiver.url) => {
  const { budget, webhookSecret } = await set(deps, admin, {
    name: 'monthly',
    period: 'MONTH',
    mode: 'SOFT',
    limit: 1n,
    thresholds: [100],
    webhookUrl,
  });
  expect(await spend(store.ledgers[0], askOf(admin))).toBe(true);
  return { id: budget.id, budget, secret: webhookSecret ?? '' };
};

/** What is left of the wait is rounded up to five seconds. */
type Queue = { tries: number; waitSeconds: number | null; delivered: boolean };
const queueOf = async (): Promise<Queue | undefined> => {
  const [row] = await store.database.sql<Queue[]>`
    select attempts as tries, delivered_at is not null as delivered,
      ceil(extract(epoch from next_attempt_at - clock_timestamp()) / 5)::int * 5 as "waitSeconds"
    from threshold_alerts`;
  return row;
};
/** Lets the wait for the next try be over. */
const passTime = () =>
  store.database
    .sql`update threshold_alerts set next_attempt_at = clock_timestamp() where next_attempt_at is not null`;

test('a reached threshold is posted with all that matters, signed so that the receiver can tell', async () => {
  const { budget, id, secret } = await cross();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9_-]{43}$/);
  expect(await deliverCrossings(delivery)).toBe(1);
  const { path, headers, body } = receiver.deliveries[0]!;
  expect(path).toBe('/hook?team=revops');
  expect(headers['content-type']).toBe('application/json');
  const timestamp = headers['x-firmable-gateway-timestamp'];
  expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(60);
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  expect(headers['x-firmable-gateway-signature']).toBe(`v1=${expected}`);
  const startsAt = budget.startsAt!.toISOString();
  expect(JSON.parse(body)).toEqual({
    type: 'budget.threshold_crossed',
    deliveryId: `budget!${id}:${startsAt}:100`,
    budget: {
      id: `budget!${id}`,
      name: 'monthly',
      scope: 'WORKSPACE',
      subject: null,
      period: 'MONTH',
      timeZone: 'UTC',
      mode: 'SOFT',
    },
    threshold: 100,
    limit: 1,
    spent: 1,
    period: { startsAt, renewsAt: budget.renewsAt!.toISOString() },
    crossedAt: expect.stringMatching(/Z$/),
  });
  expect((await getBudget(deps, admin, id))!.crossings).toMatchObject([{ deliveredAt: expect.any(Date) }]);
});

test('after a 500 and a silence it is sent again with the same id, and after a 2xx never again', async () => {
  await cross();
  receiver.answers.push(500, 'NEVER', 202);
  expect(await deliverCrossings(delivery)).toBe(1);
  expect(await queueOf()).toMatchObject({ tries: 1, delivered: false, waitSeconds: 5 });
  expect(await deliverCrossings(delivery)).toBe(0);
  await passTime();
  expect(await deliverCrossings(delivery)).toBe(1);
  expect(await queueOf()).toMatchObject({
    tries: 2,
    delivered: false,
    waitSeconds: 30,
  });
  await passTime();
  expect(await deliverCrossings(delivery)).toBe(1);
  expect(await queueOf()).toEqual({ tries: 3, delivered: true, waitSeconds: null });
  await passTime();
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(receiver.deliveries).toHaveLength(3);
  expect(new Set(receiver.deliveries.map(({ body }) => body)).size).toBe(1);
});

test('three instances that deliver at once send each crossing once', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await set(deps, admin, {
      name,
      limit: 1n,
      mode: 'SOFT',
      thresholds: [50, 100],
      webhookUrl: receiver.url,
    });
  }
  await spend(store.ledgers[0], askOf(admin));
  const taken = await Promise.all([1, 2, 3].map(() => deliverCrossings(delivery)));
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(12);
  const ids = receiver.deliveries.map(({ body }) => /"deliveryId":"([^"]+)"/.exec(body)?.[1]);
  expect(ids).toHaveLength(12);
  expect(new Set(ids).size).toBe(12);
});

test('one that was taken by an instance which then died comes due again', async () => {
  await cross();
  receiver.answers.push('NEVER');
  const dying = deliverCrossings({ ...delivery, timeoutMs: 5_000 });
  await receiver.next();
  // While the try is under way nobody else takes it, and its lease outlasts the try.
  expect(await deliverCrossings(delivery)).toBe(0);
  expect((await queueOf())!.waitSeconds).toBeGreaterThan(5);
  await passTime();
  expect(await deliverCrossings(delivery)).toBe(1);
  expect(await queueOf()).toEqual({ tries: 2, delivered: true, waitSeconds: null });
  // The first try ends without an answer after all: what is delivered stays so.
  await receiver.close();
  await dying;
  expect(await queueOf()).toEqual({ tries: 2, delivered: true, waitSeconds: null });
});

test.each([301, 302, 307, 308])('a %i is not followed: it counts as not taken', async (status) => {
  await cross();
  receiver.answers.push(status);
  await deliverCrossings(delivery);
  expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/hook?team=revops']);
  expect(await queueOf()).toMatchObject({ tries: 1, delivered: false });
});

test('a 200 whose body never ends is a delivery, and holds nobody up', async () => {
  await cross();
  receiver.answers.push('ENDLESS');
  await deliverCrossings(delivery);
  expect(await queueOf()).toMatchObject({ tries: 1, delivered: true });
});

test('a receiver that is gone is tried ten times with growing waits, then given up', async () => {
  await cross('http://127.0.0.1:9/');
  const waits: (number | null)[] = [];
  for (let tries = 1; tries <= 10; tries += 1) {
    expect(await deliverCrossings(delivery)).toBe(1);
    waits.push((await queueOf())!.waitSeconds);
    await passTime();
  }
  expect(waits.slice(0, 5)).toEqual([5, 30, 120, 600, 3_600]);
  expect(waits.at(-1)).toBeNull();
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(await queueOf()).toMatchObject({ tries: 10, delivered: false });
});

test('nothing is sent without a webhook, nor after it or its budget is taken away', async () => {
  const { id } = await cross(null);
  expect(await deliverCrossings(delivery)).toBe(0);
  const state = { name: 'with', limit: 1n, mode: 'SOFT' as const, thresholds: [100, 200, 300] };
  const { budget } = await set(deps, admin, { ...state, webhookUrl: receiver.url });
  await spend(store.ledgers[0], askOf(admin));
  await set(deps, admin, { ...state, id: budget.id });
  expect(await deliverCrossings(delivery)).toBe(1);
  await set(deps, admin, { ...state, id: budget.id, webhookUrl: receiver.url });
  await spend(store.ledgers[0], askOf(admin));
  await deleteBudget(deps, admin, budget.id);
  await deleteBudget(deps, admin, id);
  expect(await deliverCrossings(delivery)).toBe(1);
  await passTime();
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(receiver.deliveries).toEqual([]);
});

test('the loop delivers by itself, and once stopped sends nothing more', async () => {
  const arrived = receiver.next();
  const stop = startBudgetAlertDelivery(delivery, 10);
  await cross();
  expect((await arrived).path).toBe('/hook?team=revops');
  await vi.waitFor(async () => expect(await queueOf()).toMatchObject({ delivered: true }), {
    timeout: 5_000,
  });
  await stop();
  await spend(store.ledgers[0], askOf(admin));
  await store.database
    .sql`update threshold_alerts set next_attempt_at = clock_timestamp(), delivered_at = null`;
  // Ten of the loop's turns: that something does not happen can only be seen by waiting.
  await setTimeout(100);
  expect(await queueOf()).toMatchObject({ tries: 1, delivered: false });
});

test('the secret never leaves: not in a dump, a log line, a later answer or a delivery, nor the receiver’s words in the log', async () => {
  let logged = '';
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    logged += chunk.toString('utf8');
    done();
  };
  const log = createLog('debug', new Writable({ write }));
  const { id, secret } = await cross();
  receiver.answers.push(500, 'NEVER');
  for (let tries = 1; tries <= 3; tries += 1) {
    await deliverCrossings({ ...delivery, log });
    await passTime();
  }
  // With other secrets it does not open: nothing is sent unsigned.
  await store.database
    .sql`update threshold_alerts set delivered_at = null, next_attempt_at = clock_timestamp()`;
  await deliverCrossings({ ...delivery, ...budgetsOf(store.database, [randomBytes(32)]), log });
  expect(receiver.deliveries).toHaveLength(3);
  const again = await set(deps, admin, { id, name: 'monthly', period: 'MONTH', webhookUrl: receiver.url });
  expect(again.webhookSecret).toBeNull();
  const places = [
    await dumpTables(store.database),
    logged,
    JSON.stringify(again, inFull),
    JSON.stringify(receiver.deliveries),
  ];
  expect(logged.trim().split('\n')).toHaveLength(4);
  for (const place of places) {
    for (const face of facesOf(secret)) expect(place).not.toContain(face);
  }
  expect(logged).not.toMatch(/echoed-secret|127\.0\.0\.1|team=revops/);
});

import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { deleteDestination, updateDestination } from '../../src/alerts/change-destination.js';
import type { CreateDestinationInput } from '../../src/alerts/destination-input.js';
import { startAlertDelivery } from '../../src/alerts/outbox.js';
import { newId } from '../../src/platform/ids.js';
import { createLog } from '../../src/platform/log.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { createWorkspace } from '../support/workspace.js';
import { reservationFor, budgetsOf, type Deps, openInstances, set, spend } from '../budgets/setup.js';
import { deliverAlerts, deliveryOf, destinationFor, passTime, queueOf, senderOf } from './delivery-of.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let receiver: Receiver;
let deps: Deps;
let delivery: ReturnType<typeof deliveryOf>;
let admin: Caller;
beforeEach(async () => {
  store = await openInstances();
  receiver = await startReceiver();
  deps = budgetsOf(store.database);
  delivery = deliveryOf(deps);
  admin = (await createWorkspace(store.database)).as.ADMIN;
});
afterEach(async () => {
  await delivery.alertSender.close();
  await receiver.close();
  await store.close();
});

const inFull = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** A budget of one credit whose one threshold has just been reached, with its destination. */
const cross = async (url: string | null = receiver.url) => {
  const { budget } = await set(deps, admin, {
    name: 'monthly',
    period: 'MONTH',
    mode: 'SOFT',
    limit: 1n,
    thresholds: [100],
  });
  const created = url === null ? null : await destinationFor(deps, admin, { url, budgetIds: [budget.id] });
  expect(await spend(store.ledgers[0], reservationFor(admin))).toBe(true);
  return {
    id: budget.id,
    budget,
    destination: created?.destination.id ?? '',
    secret: created?.webhookSecret ?? '',
  };
};

it('retries an alert whose instance died during the attempt', async () => {
  await cross();
  receiver.answers.push('NEVER');
  const dying = deliverAlerts({ ...delivery, alertSender: senderOf(undefined, 5_000) });
  await receiver.next();
  // During the attempt no other instance takes it: its lease outlasts the attempt.
  expect(await deliverAlerts(delivery)).toBe(0);
  expect((await queueOf(store.database))!.waitSeconds).toBeGreaterThan(5);
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await queueOf(store.database)).toEqual({ attempts: 2, delivered: true, waitSeconds: null });
  // The first attempt fails after all: the delivery stays recorded.
  await receiver.close();
  await dying;
  expect(await queueOf(store.database)).toEqual({ attempts: 2, delivered: true, waitSeconds: null });
});

it.each([301, 307, 308])('does not follow a %i and counts it as a failure', async (status) => {
  await cross();
  receiver.answers.push(status);
  await deliverAlerts(delivery);
  expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/hook?team=revops']);
  expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: false });
});

it.each([302, 303])(
  'does not follow a %i of a receiver that has run, and counts it as delivered',
  async (status) => {
    await cross();
    receiver.answers.push(status);
    await deliverAlerts(delivery);
    expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/hook?team=revops']);
    expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: true });
  },
);

it('accepts a 200 whose body never ends, without waiting for it', async () => {
  await cross();
  receiver.answers.push('ENDLESS');
  await deliverAlerts(delivery);
  expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: true });
});

it('attempts ten times with growing delays when the receiver is gone', async () => {
  await cross('http://127.0.0.1:9/');
  const waits: (number | null)[] = [];
  const counted: string[] = [];
  const onAttempt = (kind: string, result: string) => void counted.push(`${kind} ${result}`);
  for (let attempts = 1; attempts <= 10; attempts += 1) {
    expect(await deliverAlerts({ ...delivery, onAttempt })).toBe(1);
    waits.push((await queueOf(store.database))!.waitSeconds);
    await passTime(store.database);
  }
  expect(waits.slice(0, 5)).toEqual([5, 30, 120, 600, 3_600]);
  expect(waits.at(-1)).toBeNull();
  expect(counted).toEqual([...Array.from({ length: 9 }, () => 'WEBHOOK failed'), 'WEBHOOK given_up']);
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(await queueOf(store.database)).toMatchObject({ attempts: 10, delivered: false });
});

it('sends nothing without a destination, or after it or its budget was deleted', async () => {
  const { id } = await cross(null);
  expect(await deliverAlerts(delivery)).toBe(0);
  const state = { name: 'with', limit: 1n, mode: 'SOFT' as const, thresholds: [100, 200, 300] };
  const budgetOnly = async () => {
    const { destination } = await destinationFor(deps, admin, {
      url: receiver.url,
      events: ['BUDGET_THRESHOLD'],
    });
    return destination.id;
  };
  const first = await budgetOnly();
  // It counts what the first budget has counted: a hundred per cent at once, two hundred after another credit.
  const { budget } = await set(deps, admin, { ...state });
  await spend(store.ledgers[0], reservationFor(admin));
  await deleteDestination(deps, admin, first);
  expect(await deliverAlerts(delivery)).toBe(0);
  await budgetOnly();
  await spend(store.ledgers[0], reservationFor(admin));
  await deleteBudget(deps, admin, budget.id);
  await deleteBudget(deps, admin, id);
  expect(await deliverAlerts(delivery)).toBe(1);
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(receiver.deliveries).toEqual([]);
});

it('sends to each destination by its events, budgets and state, and to each on its own', async () => {
  const other = await set(deps, admin, { name: 'other', limit: 1_000n });
  const wanted: [string, Partial<CreateDestinationInput>][] = [
    ['all', {}],
    ['events', { events: ['BUDGET_THRESHOLD', 'KEY_REFUSED'] }],
    ['no-event', { events: ['KEY_REFUSED'] }],
    ['no-budget', { budgetIds: [other.budget.id] }],
    ['disabled', { enabled: false }],
  ];
  for (const [name, input] of wanted) {
    await destinationFor(deps, admin, { name, url: receiver.url.replace('/hook', `/${name}`), ...input });
  }
  await cross(receiver.url.replace('/hook', '/own'));
  receiver.answers.push(500);
  expect(await deliverAlerts(delivery)).toBe(3);
  const paths = receiver.deliveries.map(({ path }) => new URL(path, receiver.url).pathname);
  expect(paths.toSorted()).toEqual(['/all', '/events', '/own']);
  // The one that failed is repeated alone.
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(receiver.deliveries.at(-1)?.path).toBe(receiver.deliveries[0]?.path);
});

it.each([
  ['budgets', { budgetIds: [] }],
  ['connections', { connectionIds: [] }],
  ['budgets', { budgetIds: Array.from({ length: 101 }, newId) }],
])('refuses a list of %s that is empty or too long', async (field, input) => {
  const wrong = { code: 'INVALID_INPUT', field: [field] };
  await expect(destinationFor(deps, admin, { url: receiver.url, ...input })).rejects.toMatchObject(wrong);
  const { destination } = await destinationFor(deps, admin, { url: receiver.url });
  const update = { id: destination.id, ...input };
  const changing = { ...deps, alertSender: delivery.alertSender };
  await expect(updateDestination(changing, admin, update)).rejects.toMatchObject(wrong);
});

it('gives up what waits for a destination that was disabled', async () => {
  const { destination } = await cross();
  await updateDestination({ ...deps, alertSender: delivery.alertSender }, admin, {
    id: destination,
    enabled: false,
  });
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await queueOf(store.database)).toMatchObject({ waitSeconds: null, delivered: false });
  expect(receiver.deliveries).toEqual([]);
});

it('delivers on schedule until it is stopped', async () => {
  const arrived = receiver.next();
  const stop = startAlertDelivery(delivery, 10);
  await cross();
  expect((await arrived).path).toBe('/hook?team=revops');
  await vi.waitFor(async () => expect(await queueOf(store.database)).toMatchObject({ delivered: true }), {
    timeout: 5_000,
  });
  await stop();
  await spend(store.ledgers[0], reservationFor(admin));
  await store.database
    .sql`update alert_deliveries set next_attempt_at = clock_timestamp(), delivered_at = null`;
  // Ten intervals: that nothing happens can only be observed by waiting.
  await setTimeout(100);
  expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: false });
});

it('never stores, logs, returns or sends a secret, nor logs the receiver’s response', async () => {
  let logged = '';
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    logged += chunk.toString('utf8');
    done();
  };
  const log = createLog('debug', new Writable({ write }));
  const { destination, secret } = await cross();
  receiver.answers.push(500, 'NEVER');
  for (let attempts = 1; attempts <= 3; attempts += 1) {
    await deliverAlerts({ ...delivery, log });
    await passTime(store.database);
  }
  // With other keys the secret cannot be decrypted: nothing is sent unsigned.
  await store.database
    .sql`update alert_deliveries set delivered_at = null, next_attempt_at = clock_timestamp()`;
  await deliverAlerts({ ...delivery, ...deliveryOf(budgetsOf(store.database, [randomBytes(32)])), log });
  expect(receiver.deliveries).toHaveLength(3);
  const again = await updateDestination({ ...deps, alertSender: delivery.alertSender }, admin, {
    id: destination,
    url: receiver.url,
  });
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
  expect(logged).not.toMatch(/echoed-secret|\/hook|team=revops/);
});

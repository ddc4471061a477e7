import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import type { DestinationKind } from '../../src/alerts/alert.js';
import { budgetsOf, type Deps, openInstances, reservationFor, set, spend } from '../budgets/setup.js';
import { createWorkspace } from '../support/workspace.js';
import { deliverAlerts, deliveryOf, destinationFor, passTime, queueOf } from './delivery-of.js';
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

/** Raises one alert for one destination. */
const raise = async (kind: DestinationKind): Promise<void> => {
  await set(deps, admin, { name: 'one', limit: 1n, mode: 'SOFT', thresholds: [100] });
  await destinationFor(deps, admin, { kind, url: receiver.url });
  await spend(store.ledgers[0], reservationFor(admin));
};

it.each(['WEBHOOK', 'SLACK'] as const)('keeps a Retry-After that is a date, of a %s', async (kind) => {
  await raise(kind);
  const retryAfter = new Date(Date.now() + 900_000).toUTCString();
  receiver.answers.push({ status: 429, headers: { 'retry-after': retryAfter } });
  await deliverAlerts(delivery);
  expect(await queueOf(store.database)).toEqual({ attempts: 1, delivered: false, waitSeconds: 900 });
});

/** Attempts until nothing is due; returns the number of attempts. */
const attemptAll = async (): Promise<number> => {
  let attempts = 0;
  for (let rounds = 0; rounds < 12; rounds += 1) {
    attempts += await deliverAlerts(delivery);
    await passTime(store.database);
  }
  return attempts;
};

it('tries a chat service once more when an answer is lost after a refusal', async () => {
  await raise('SLACK');
  receiver.answers.push(503, 'CUT', 200);
  expect(await attemptAll()).toBe(3);
  expect(await queueOf(store.database)).toEqual({ attempts: 3, delivered: true, waitSeconds: null });
});

it('sends a chat service one copy at most when a refusal comes between its lost answers', async () => {
  await raise('SLACK');
  receiver.answers.push(500, 'CUT', 503, 'CUT', 200);
  expect(await attemptAll()).toBe(4);
  expect(await queueOf(store.database)).toEqual({ attempts: 4, delivered: false, waitSeconds: null });
});

it('takes the answer of an attempt as lost when its instance died after a refusal', async () => {
  await raise('SLACK');
  receiver.answers.push(500, 'CUT', 200);
  await deliverAlerts(delivery);
  // The next attempt was begun, and never recorded.
  await store.database.sql`update alert_deliveries set attempts = 2, last_error = null`;
  await passTime(store.database);
  expect(await attemptAll()).toBe(1);
  expect(await queueOf(store.database)).toEqual({ attempts: 3, delivered: false, waitSeconds: null });
});

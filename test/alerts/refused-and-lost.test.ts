import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import type { DestinationKind } from '../../src/alerts/alert.js';
import { budgetsOf, type Deps, openInstances, reservationFor, set, spend } from '../budgets/setup.js';
import { createWorkspace } from '../support/workspace.js';
import { deliverAlerts, deliveryOf, destinationFor, queueOf } from './delivery-of.js';
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

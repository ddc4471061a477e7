import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConditionWatch } from '../../src/alerts/condition-watch.js';
import { raisePresumedDigests } from '../../src/ledger/presumed-digest.js';
import { budgetsOf, type Deps, end, openInstances, reservationFor } from '../budgets/setup.js';
import { silentLog } from '../support/silent-log.js';
import { createPayer } from '../balances/setup.js';
import { deliverAlerts, deliveryOf, destinationFor } from './delivery-of.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let receiver: Receiver;
let deps: Deps;
let delivery: ReturnType<typeof deliveryOf>;
let payer: Awaited<ReturnType<typeof createPayer>>;
beforeEach(async () => {
  store = await openInstances();
  receiver = await startReceiver();
  deps = budgetsOf(store.database);
  delivery = deliveryOf(deps);
  payer = await createPayer(store.database);
});
afterEach(async () => {
  await delivery.alertSender.close();
  await receiver.close();
  await store.close();
});

const bodies = async (): Promise<unknown[]> => {
  await deliverAlerts(delivery);
  return receiver.deliveries.map(({ body }): unknown => JSON.parse(body));
};

const unresolved = async (): Promise<number> =>
  (await store.database.sql`select from alerts where resolved_at is null`).count;

it('raises one alert for a refused key over several instances, until the key works again', async () => {
  await destinationFor(deps, payer.as.ADMIN, { url: receiver.url });
  const watches = [1, 2, 3].map(() => startConditionWatch({ ...deps, log: silentLog }, 20));
  const { workspaceId } = payer.as.ADMIN;
  const call = { workspaceId, provider: 'FIRMABLE', connectionId: payer.connection.id };
  const refuse = () => {
    for (const { report } of watches) report({ ...call, kind: 'KEY_REFUSED', code: 'KEY_REFUSED' });
  };
  for (let lookups = 0; lookups < 50; lookups += 1) refuse();
  await vi.waitFor(async () => expect(await unresolved()).toBe(1));
  refuse();
  expect(await bodies()).toMatchObject([
    { type: 'connection.key_refused', provider: 'FIRMABLE', code: 'KEY_REFUSED' },
  ]);
  await vi.waitFor(async () => {
    watches[1]?.report({ ...call, kind: 'ANSWERED' });
    expect(await unresolved()).toBe(0);
  });
  await Promise.all(watches.map((watch) => watch.close()));
});

it('raises one alert a day for presumed charges older than a day, with their credits by provider', async () => {
  await destinationFor(deps, payer.as.ADMIN, { url: receiver.url });
  const { sql } = store.database;
  for (let charges = 0; charges < 3; charges += 1) {
    const reservation = reservationFor(payer.as.ADMIN);
    await store.ledgers[0].reserve(reservation);
    await end(store.ledgers[0], reservation, 'UNKNOWN');
  }
  await raisePresumedDigests(sql);
  expect(await bodies()).toEqual([]);
  await sql`update reservations set reserved_at = reserved_at - interval '25 hours'`;
  await Promise.all([1, 2, 3].map(() => raisePresumedDigests(sql)));
  await raisePresumedDigests(sql);
  expect(await bodies()).toMatchObject([
    {
      type: 'presumed_charges.aged',
      count: 3,
      credits: 3,
      providers: [{ provider: 'FIRMABLE', count: 3, credits: 3 }],
    },
  ]);
});

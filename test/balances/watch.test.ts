import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startAlertDelivery } from '../../src/alerts/outbox.js';
import type { SetBalancePlanInput } from '../../src/balances/balance-input.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { createBalanceReader } from '../../src/balances/read-balance.js';
import { recordBalance } from '../../src/balances/readings.js';
import { startBalanceWatch, watchBalances } from '../../src/balances/balance-alerts.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { deliverAlerts, deliveryOf, destinationFor, passTime } from '../alerts/delivery-of.js';
import { type Receiver, startReceiver } from '../alerts/start-receiver.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createPayer } from './setup.js';

let store: TestDatabase;
let receiver: Receiver;
let vault: Vault;
let delivery: ReturnType<typeof deliveryOf> & { database: TestDatabase['database'] };
let payer: Awaited<ReturnType<typeof createPayer>>;
const secrets = [randomBytes(32)];
beforeEach(async () => {
  store = await createTestDatabase();
  receiver = await startReceiver();
  vault = createVault({ database: store.database, secrets });
  delivery = { ...deliveryOf({ database: store.database, vault }), database: store.database };
  payer = await createPayer(store.database);
});
afterEach(async () => {
  await receiver.close();
  await store.close();
});

/** Sends the account's alerts to the receiver; returns the secret. */
const listen = async (): Promise<string> => {
  const input = { url: receiver.url, connectionIds: [payer.connection.id] };
  const { webhookSecret } = await destinationFor({ database: store.database, vault }, payer.as.ADMIN, input);
  return webhookSecret ?? '';
};
const declare = (input: Partial<SetBalancePlanInput> = {}) =>
  setBalancePlan({ database: store.database }, payer.as.ADMIN, {
    connection: payer.connection.id,
    monthlyCredits: 100n,
    renewalDay: 1,
    thresholds: [50, 90],
    ...input,
  });
const record = (credits: bigint) =>
  recordBalance(delivery, payer.as.ADMIN, { connection: payer.connection.id, credits });
const warnings = async () => {
  const deps = { database: store.database, refreshBalance: () => Promise.resolve() };
  return (await createBalanceReader(deps)(payer.as.VIEWER, payer.connection.id)).warnings;
};
const always = { rowsMax: 20, everySeconds: 0 };

it('raises an alert once a month and sends it once when several instances check', async () => {
  await listen();
  await declare();
  await record(40n);
  expect(await warnings()).toMatchObject([{ threshold: 50, raisedAt: null, deliveries: [] }]);
  await Promise.all([1, 2, 3, 4].map(() => watchBalances(delivery, always)));
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await watchBalances(delivery, always)).toBe(1);
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(receiver.deliveries).toHaveLength(1);
  expect(await warnings()).toMatchObject([
    { threshold: 50, used: 60n, raisedAt: expect.any(Date), deliveries: [{ deliveredAt: expect.any(Date) }] },
  ]);

  await record(5n);
  await watchBalances(delivery, always);
  await deliverAlerts(delivery);
  expect(receiver.deliveries.map(({ body }) => JSON.parse(body).threshold)).toEqual([50, 90]);
});

it('posts the account and its balance by the Standard Webhooks convention', async () => {
  const webhookSecret = await listen();
  const balance = await declare();
  expect(webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const [startsAt, renewsAt] = [balance.pools[0]?.startsAt, balance.renewsAt];
  await record(40n);
  await watchBalances(delivery);
  await deliverAlerts(delivery);
  const { headers, body } = receiver.deliveries[0]!;
  const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
  const { accountId, id, name } = payer.connection;
  expect(new Webhook(webhookSecret).verify(body, signed)).toEqual({
    type: 'balance.threshold_reached',
    account: { id: accountId, provider: 'FIRMABLE', connections: [{ id: `con_${id}`, name }] },
    threshold: 50,
    monthlyCredits: 100,
    used: 60,
    remaining: 40,
    period: { startsAt: startsAt?.toISOString(), renewsAt: renewsAt?.toISOString() },
    raisedAt: expect.stringMatching(/Z$/),
  });
});

it('retries a failed delivery later with the same id', async () => {
  await listen();
  await declare({ thresholds: [50] });
  await record(0n);
  await watchBalances(delivery);
  receiver.answers.push(503, 'NEVER');
  for (let round = 0; round < 3; round += 1) {
    expect(await deliverAlerts(delivery)).toBe(1);
    expect(await deliverAlerts(delivery)).toBe(0);
    await passTime(store.database);
  }
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(receiver.deliveries).toHaveLength(3);
  expect(await warnings()).toMatchObject([{ deliveries: [{ deliveredAt: expect.any(Date) }] }]);
});

it('raises alerts and sends nothing when there is no destination', async () => {
  await declare();
  await record(10n);
  await watchBalances(delivery);
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(await warnings()).toMatchObject([
    { threshold: 50, raisedAt: expect.any(Date), deliveries: [] },
    { threshold: 90, raisedAt: expect.any(Date), deliveries: [] },
  ]);
});

it('checks an account once a minute, and at once when its plan or readings change', async () => {
  await declare();
  expect(await watchBalances(delivery)).toBe(1);
  expect(await watchBalances(delivery)).toBe(0);
  await record(1n);
  expect(await watchBalances(delivery)).toBe(1);
  await declare({ thresholds: [] });
  expect(await watchBalances(delivery, always)).toBe(0);
  await declare();
  await deleteConnection({ database: store.database }, payer.as.ADMIN, payer.connection.id);
  expect(await watchBalances(delivery, always)).toBe(0);
});

it('checks and sends on schedule until it is stopped', async () => {
  await listen();
  await declare({ thresholds: [50] });
  await record(0n);
  const stops = [startBalanceWatch(delivery, 5), startAlertDelivery(delivery, 5)];
  await vi.waitFor(() => expect(receiver.deliveries).toHaveLength(1));
  await Promise.all(stops.map((stop) => stop()));
  expect(await warnings()).toMatchObject([{ deliveries: [{ deliveredAt: expect.any(Date) }] }]);
  await declare({ thresholds: [60] });
  expect(await watchBalances(delivery)).toBe(1);
});

import { createHmac, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SetBalancePlanInput } from '../../src/balances/balance-input.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { type DeliveryDeps, deliverCrossings } from '../../src/balances/deliver-crossings.js';
import { getBalance } from '../../src/balances/get-balance.js';
import { startBalanceWatch } from '../../src/balances/keep-watching.js';
import { recordBalance } from '../../src/balances/record-balance.js';
import { webhookSecrets } from '../../src/alerts/webhook-endpoints.js';
import { rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { watchBalances } from '../../src/balances/watch-balances.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { type Receiver, startReceiver } from '../budgets/start-receiver.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { silentLog } from '../support/silent-log.js';
import { createPayer } from './setup.js';

let store: TestDatabase;
let receiver: Receiver;
let vault: Vault;
let delivery: DeliveryDeps;
let payer: Awaited<ReturnType<typeof createPayer>>;
const secrets = [randomBytes(32)];
beforeEach(async () => {
  store = await createTestDatabase();
  receiver = await startReceiver();
  vault = createVault({ database: store.database, secrets });
  delivery = {
    database: store.database,
    vault,
    log: silentLog,
    timeoutMs: 300,
    showId: (kind, id) => `${kind}!${id}`,
  };
  payer = await createPayer(store.database);
});
afterEach(async () => {
  await receiver.close();
  await store.close();
});

const declare = (input: Partial<SetBalancePlanInput> = {}) =>
  setBalancePlan({ database: store.database, vault }, payer.as.ADMIN, {
    connection: payer.connection.id,
    monthlyCredits: 100n,
    renewalDay: 1,
    thresholds: [50, 90],
    webhookUrl: receiver.url,
    ...input,
  });
const record = (credits: bigint) =>
  recordBalance(delivery, payer.as.ADMIN, { connection: payer.connection.id, credits });
const warnings = async () => {
  const deps = { database: store.database, refreshBalance: () => Promise.resolve() };
  return (await getBalance(deps, payer.as.VIEWER, payer.connection.id)).warnings;
};
const always = { rowsMax: 20, everySeconds: 0 };

test('a reached threshold is written down once a month, by however many that look, and sent once', async () => {
  await declare();
  await record(40n);
  expect(await warnings()).toMatchObject([{ threshold: 50, crossedAt: null, deliveredAt: null }]);
  await Promise.all([1, 2, 3, 4].map(() => watchBalances(delivery, always)));
  expect(await deliverCrossings(delivery)).toBe(1);
  expect(await watchBalances(delivery, always)).toBe(1);
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(receiver.deliveries).toHaveLength(1);
  expect(await warnings()).toMatchObject([
    { threshold: 50, used: 60n, crossedAt: expect.any(Date), deliveredAt: expect.any(Date) },
  ]);

  await record(5n);
  await watchBalances(delivery, always);
  await deliverCrossings(delivery);
  expect(receiver.deliveries.map(({ body }) => JSON.parse(body).threshold)).toEqual([50, 90]);
});

test('what is sent says all that matters, signed so that the receiver can tell', async () => {
  const { webhookSecret, balance } = await declare();
  expect(webhookSecret).toMatch(/^whsec_[A-Za-z0-9_-]{43}$/);
  const [startsAt, renewsAt] = [balance.pools[0]?.startsAt, balance.renewsAt];
  await record(40n);
  await watchBalances(delivery);
  await deliverCrossings(delivery);
  const { headers, body } = receiver.deliveries[0]!;
  const timestamp = headers['x-firmable-gateway-timestamp'];
  const expected = createHmac('sha256', webhookSecret ?? '')
    .update(`${timestamp}.${body}`)
    .digest('hex');
  expect(headers['x-firmable-gateway-signature']).toBe(`v1=${expected}`);
  const { accountId, id, name } = payer.connection;
  expect(JSON.parse(body)).toEqual({
    type: 'balance.threshold_crossed',
    deliveryId: `${accountId}:${startsAt?.toISOString()}:50`,
    account: { id: accountId, provider: 'FIRMABLE', connections: [{ id: `connection!${id}`, name }] },
    threshold: 50,
    monthlyCredits: 100,
    used: 60,
    remaining: 40,
    period: { startsAt: startsAt?.toISOString(), renewsAt: renewsAt?.toISOString() },
    crossedAt: expect.stringMatching(/Z$/),
  });
});

test('a delivery that is not taken is tried again later, under the same deliveryId', async () => {
  await declare({ thresholds: [50] });
  await record(0n);
  await watchBalances(delivery);
  receiver.answers.push(503, 'NEVER');
  for (let round = 0; round < 3; round += 1) {
    expect(await deliverCrossings(delivery)).toBe(1);
    expect(await deliverCrossings(delivery)).toBe(0);
    await store.database
      .sql`update threshold_alerts set next_attempt_at = clock_timestamp() where next_attempt_at is not null`;
  }
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(new Set(receiver.deliveries.map(({ body }) => JSON.parse(body).deliveryId)).size).toBe(1);
  expect(receiver.deliveries).toHaveLength(3);
  expect(await warnings()).toMatchObject([{ deliveredAt: expect.any(Date) }]);
});

test('without a webhook thresholds are written down all the same, and nothing is sent', async () => {
  await declare({ webhookUrl: null });
  await record(10n);
  await watchBalances(delivery);
  expect(await deliverCrossings(delivery)).toBe(0);
  expect(await warnings()).toMatchObject([
    { threshold: 50, crossedAt: expect.any(Date), deliveredAt: null },
    { threshold: 90, crossedAt: expect.any(Date), deliveredAt: null },
  ]);
});

test('an account is looked at once a minute, and at once when something was said of it', async () => {
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

test('the secret of a webhook is kept for its next address, made anew after it was taken away, and stored sealed', async () => {
  const first = await declare();
  expect((await declare({ webhookUrl: `${receiver.url}&moved=1` })).webhookSecret).toBeNull();
  await declare({ webhookUrl: null });
  const second = await declare();
  expect(second.webhookSecret).toMatch(/^whsec_/);
  expect(second.webhookSecret).not.toBe(first.webhookSecret);
  const dump = await dumpTables(store.database);
  for (const face of facesOf(second.webhookSecret ?? '')) expect(dump).not.toContain(face);

  const fresh = createVault({ database: store.database, secrets: [randomBytes(32), ...secrets] });
  const both = { database: store.database, vault: fresh };
  const rotate = async (deps = both) =>
    (await rotateEncryptionKeys(deps, webhookSecrets)).counts['webhook-secret'];
  expect(await rotate()).toEqual({ rotated: 1, unchanged: 0, unopenable: 0 });
  expect(await rotate()).toEqual({ rotated: 0, unchanged: 1, unopenable: 0 });
  const lost = createVault({ database: store.database, secrets });
  expect(await rotate({ database: store.database, vault: lost })).toEqual({
    rotated: 0,
    unchanged: 0,
    unopenable: 1,
  });
});

test('the keeper looks and sends by itself until it is stopped', async () => {
  await declare({ thresholds: [50] });
  await record(0n);
  const stop = startBalanceWatch(delivery, 5);
  await vi.waitFor(() => expect(receiver.deliveries).toHaveLength(1));
  await stop();
  expect(await warnings()).toMatchObject([{ deliveredAt: expect.any(Date) }]);
  await declare({ thresholds: [60] });
  expect(await watchBalances(delivery)).toBe(1);
});

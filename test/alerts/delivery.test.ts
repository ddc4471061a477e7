import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { rotateWebhookSecret } from '../../src/alerts/rotate-webhook-secret.js';
import { getBudget } from '../../src/budgets/read-budgets.js';
import { createWorkspace } from '../support/workspace.js';
import { reservationFor, budgetsOf, type Deps, openInstances, set, spend } from '../budgets/setup.js';
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

/** The headers that a verifier needs. */
const signedHeaders = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headers[name] ?? '']),
  );

it('posts a reached threshold by the Standard Webhooks convention', async () => {
  const { budget, id, secret } = await cross();
  expect(await deliverAlerts(delivery)).toBe(1);
  const { path, headers, body } = receiver.deliveries[0]!;
  expect(path).toBe('/hook?team=revops');
  expect(headers['content-type']).toBe('application/json');
  expect(headers['webhook-id']).toMatch(/^alr_[0-9a-f-]{36}$/);
  const startsAt = budget.startsAt!.toISOString();
  expect(new Webhook(secret).verify(body, signedHeaders(headers))).toEqual({
    type: 'budget.threshold_reached',
    budget: {
      id: `bud_${id}`,
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
    raisedAt: expect.stringMatching(/Z$/),
  });
  expect((await getBudget(deps, admin, id))!.alerts).toMatchObject([
    { deliveries: [{ deliveredAt: expect.any(Date), attempts: 1, nextAttemptAt: null }] },
  ]);
});

it('signs the id and the timestamp, and with no other secret', async () => {
  const { secret } = await cross();
  await deliverAlerts(delivery);
  const { headers, body } = receiver.deliveries[0]!;
  const signed = signedHeaders(headers);
  const webhook = new Webhook(secret);
  expect(() => webhook.verify(body, { ...signed, 'webhook-id': 'alr_other' })).toThrow('signature');
  expect(() => webhook.verify(`${body} `, signed)).toThrow('signature');
  const later = String(Number(signed['webhook-timestamp']) + 1);
  expect(() => webhook.verify(body, { ...signed, 'webhook-timestamp': later })).toThrow('signature');
  const other = new Webhook(`whsec_${randomBytes(32).toString('base64')}`);
  expect(() => other.verify(body, signed)).toThrow('signature');
});

it('signs with both secrets for 24 hours after a rotation, and with the new one afterwards', async () => {
  const { destination, secret } = await cross();
  const { webhookSecret, previousExpiresAt } = await rotateWebhookSecret(deps, admin, destination);
  const hours = (previousExpiresAt.getTime() - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
  receiver.answers.push(500);
  await deliverAlerts(delivery);
  await store.database.sql`update alert_destinations set previous_secret_expires_at = clock_timestamp()`;
  await passTime(store.database);
  await deliverAlerts(delivery);
  const [during, after] = receiver.deliveries.map(({ headers, body }) => ({
    signed: signedHeaders(headers),
    body,
  }));
  for (const one of [secret, webhookSecret]) {
    expect(new Webhook(one).verify(during!.body, during!.signed)).toMatchObject({ threshold: 100 });
  }
  expect(new Webhook(webhookSecret).verify(after!.body, after!.signed)).toMatchObject({ threshold: 100 });
  expect(() => new Webhook(secret).verify(after!.body, after!.signed)).toThrow('signature');
});

it('signs with a secret of the previous release, whose base64url decodes to the same bytes', async () => {
  const { destination: id } = await cross();
  const key = Buffer.alloc(32, 0xfb);
  const former = `whsec_${key.toString('base64url')}`;
  const sealed = deps.vault.seal({ workspaceId: admin.workspaceId, kind: 'webhook-secret', id }, former);
  await store.database.sql`update alert_destinations set secret_sealed = ${sealed}`;
  await deliverAlerts(delivery);
  const { headers, body } = receiver.deliveries[0]!;
  const webhook = new Webhook(`whsec_${key.toString('base64')}`);
  expect(webhook.verify(body, signedHeaders(headers))).toMatchObject({ threshold: 100 });
});

it('refuses to rotate the secret of a chat service, of another workspace, and to other roles', async () => {
  const url = 'http://chat.example/services/T0/B0/x';
  const { destination } = await destinationFor(deps, admin, { kind: 'SLACK', url });
  const { id } = destination;
  await expect(rotateWebhookSecret(deps, admin, id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(rotateWebhookSecret(deps, { ...admin, role: 'MANAGER' }, id)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const other = (await createWorkspace(store.database)).as.ADMIN;
  await expect(rotateWebhookSecret(deps, other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(rotateWebhookSecret(deps, admin, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('retries after a 500 and a timeout with the same id, and not after a 2xx', async () => {
  await cross();
  receiver.answers.push(500, 'NEVER', 202);
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: false, waitSeconds: 5 });
  expect(await deliverAlerts(delivery)).toBe(0);
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await queueOf(store.database)).toMatchObject({
    attempts: 2,
    delivered: false,
    waitSeconds: 30,
  });
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(1);
  expect(await queueOf(store.database)).toEqual({ attempts: 3, delivered: true, waitSeconds: null });
  await passTime(store.database);
  expect(await deliverAlerts(delivery)).toBe(0);
  expect(receiver.deliveries).toHaveLength(3);
  expect(new Set(receiver.deliveries.map(({ body }) => body)).size).toBe(1);
  expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

it('sends each alert once when three instances deliver at once', async () => {
  await destinationFor(deps, admin, { url: receiver.url });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await set(deps, admin, { name, limit: 1n, mode: 'SOFT', thresholds: [50, 100] });
  }
  await spend(store.ledgers[0], reservationFor(admin));
  const taken = await Promise.all([1, 2, 3].map(() => deliverAlerts(delivery)));
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(12);
  const ids = receiver.deliveries.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(12);
  expect(new Set(ids).size).toBe(12);
});

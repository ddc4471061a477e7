import { ProxyAgent } from 'undici';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import type { DeliveryDeps } from '../../src/alerts/outbox.js';
import { sealPlainAddresses } from '../../src/alerts/webhook-endpoints.js';
import { getBudget } from '../../src/budgets/read-budgets.js';
import { budgetsOf, type Deps, openInstances, reservationFor, set, spend } from '../budgets/setup.js';
import { dumpTables } from '../support/dump.js';
import { type Proxy, startProxy } from '../support/start-proxy.js';
import { createWorkspace } from '../support/workspace.js';
import { deliverAlerts, deliveryOf } from './delivery-of.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let receiver: Receiver;
let proxy: Proxy;
let dispatcher: ProxyAgent;
let deps: Deps;
let delivery: DeliveryDeps;
let admin: Caller;
beforeEach(async () => {
  store = await openInstances();
  receiver = await startReceiver();
  // Every host is the receiver: the names of the services do not resolve here.
  const port = Number(new URL(receiver.url).port);
  proxy = await startProxy(() => port);
  dispatcher = new ProxyAgent({ uri: proxy.url, proxyTunnel: true });
  deps = budgetsOf(store.database);
  delivery = { ...deliveryOf(deps), dispatcherFor: () => dispatcher };
  admin = (await createWorkspace(store.database)).as.ADMIN;
});
afterEach(async () => {
  await dispatcher.destroy();
  await proxy.close();
  await receiver.close();
  await store.close();
});

const state = {
  name: 'R&D <!channel>',
  period: 'MONTH',
  mode: 'SOFT',
  limit: 1n,
  thresholds: [100],
} as const;
/** A budget whose one threshold has just been reached. */
const cross = async (webhookUrl: string): Promise<string> => {
  const { budget } = await set(deps, admin, { ...state, thresholds: [...state.thresholds], webhookUrl });
  await spend(store.ledgers[0], reservationFor(admin));
  return budget.id;
};
const alertOf = async (id: string) => (await getBudget(deps, admin, id))?.alerts[0];
const passTime = () =>
  store.database
    .sql`update threshold_alerts set next_attempt_at = clock_timestamp() where next_attempt_at is not null`;
const attemptAll = async (): Promise<number> => {
  let attempts = 0;
  for (let rounds = 0; rounds < 12; rounds += 1) {
    attempts += await deliverAlerts(delivery);
    await passTime();
  }
  return attempts;
};

const title = 'Budget "R&D <!channel>" reached 100% of its limit';
const secret = 'T0000/B0000/XXXXsecretXXXX1234';
const services: [string, string, object][] = [
  [
    'Slack',
    `http://hooks.slack.com/services/${secret}`,
    {
      text: expect.stringMatching(
        /^\*Budget "R&amp;D &lt;!channel&gt;" reached 100% of its limit\*\nSpent: 1 of 1 credits\n/,
      ),
    },
  ],
  [
    'a workflow of Teams',
    `http://prod-07.australiaeast.logic.azure.com/workflows/${secret}/triggers/manual/paths/invoke?sig=abc`,
    {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: expect.objectContaining({
            type: 'AdaptiveCard',
            body: [
              expect.objectContaining({ text: 'Budget "R&D \\<!channel\\>" reached 100% of its limit' }),
              {
                type: 'FactSet',
                facts: expect.arrayContaining([{ title: 'Spent', value: '1 of 1 credits' }]),
              },
            ],
          }),
        },
      ],
    },
  ],
  [
    'a workflow of Power Automate',
    `http://default1.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${secret}?sig=x`,
    expect.objectContaining({ type: 'message' }),
  ],
  [
    'an old connector of Teams',
    `http://contoso.webhook.office.com/webhookb2/${secret}`,
    expect.objectContaining({
      '@type': 'MessageCard',
      '@context': 'https://schema.org/extensions',
      summary: title,
    }),
  ],
  [
    'Google Chat',
    `http://chat.googleapis.com/v1/spaces/AAAA/messages?key=k&token=${secret}`,
    { text: expect.stringContaining('*Budget "R&D ‹!channel›" reached 100%') },
  ],
  [
    'Discord',
    `http://discord.com/api/webhooks/1/${secret}`,
    { content: expect.stringContaining('reached 100%'), allowed_mentions: { parse: [] } },
  ],
];

it.each(services)('posts the format of %s, without a signature', async (_, url, body) => {
  receiver.answers.push(200);
  const id = await cross(url);
  expect(await attemptAll()).toBe(1);
  const [delivered, ...copies] = receiver.deliveries;
  expect(copies).toEqual([]);
  const { pathname, search, host } = new URL(url);
  expect(delivered?.path).toBe(`${pathname}${search}`);
  expect(proxy.connects[0]?.target).toBe(`${host}:80`);
  expect(JSON.parse(delivered?.body ?? '')).toEqual(body);
  expect(Object.keys(delivered?.headers ?? {}).filter((name) => name.startsWith('webhook-'))).toEqual([]);
  expect(await alertOf(id)).toMatchObject({ attempts: 1, deliveredAt: expect.any(Date), lastError: null });
});

it('stores a secret address sealed, shows its host, and keeps it when the shown form is sent back', async () => {
  const url = `http://hooks.slack.com/services/${secret}`;
  const id = await cross(url);
  expect(await dumpTables(store.database)).not.toContain(secret);
  const shown = (await getBudget(deps, admin, id))?.webhookUrl;
  expect(shown).toBe('http://hooks.slack.com/…');
  await set(deps, admin, { ...state, thresholds: [100], id, webhookUrl: shown });
  await attemptAll();
  expect(receiver.deliveries[0]?.path).toContain(secret);
  await expect(
    set(deps, admin, { ...state, thresholds: [100], id, webhookUrl: 'https://chat.googleapis.com/…' }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: ['webhookUrl'] });
});

it('seals an address that an earlier release stored in plain text', async () => {
  const url = `http://hooks.slack.com/services/${secret}`;
  await cross('http://hooks.slack.com/services/T/B/other0other0other0other0');
  await store.database.sql`update webhook_endpoints set url = ${url}, url_sealed = null`;
  await sealPlainAddresses(store.database.db, deps.vault);
  expect(await dumpTables(store.database)).not.toContain(secret);
  await attemptAll();
  expect(receiver.deliveries[0]?.path).toContain(secret);
});

it('gives up at once, and says why, when a chat service refuses', async () => {
  receiver.answers.push(404);
  const id = await cross(`http://hooks.slack.com/services/${secret}`);
  expect(await attemptAll()).toBe(1);
  expect(await alertOf(id)).toMatchObject({
    attempts: 1,
    lastError: 'HTTP 404',
    lastAttemptAt: expect.any(Date),
    nextAttemptAt: null,
    deliveredAt: null,
  });
});

it('waits and tries again when a chat service is rate limited or down', async () => {
  receiver.answers.push(429, 503, 200);
  const id = await cross(`http://hooks.slack.com/services/${secret}`);
  expect(await attemptAll()).toBe(3);
  expect(await alertOf(id)).toMatchObject({ attempts: 3, deliveredAt: expect.any(Date), lastError: null });
});

it('sends a chat service one copy at most when its answers are lost', async () => {
  receiver.answers.push(...Array.from({ length: 10 }, () => 'CUT' as const));
  const id = await cross(`http://chat.googleapis.com/v1/spaces/A/messages?key=k&token=${secret}`);
  await attemptAll();
  expect(receiver.deliveries).toHaveLength(2);
  expect(await alertOf(id)).toMatchObject({
    nextAttemptAt: null,
    lastError: expect.stringMatching(/^the connection was cut/),
  });
});

it('counts a 302 of a script that has run as delivered, and one to a sign-in page or to https as failed', async () => {
  const exec = `http://script.google.com/macros/s/${secret}/exec`;
  receiver.answers.push({
    status: 302,
    location: 'https://script.googleusercontent.com/macros/echo?user_content_key=a',
  });
  const first = await cross(exec);
  expect(await attemptAll()).toBe(1);
  expect(await alertOf(first)).toMatchObject({ deliveredAt: expect.any(Date) });

  const failures = [
    ['https://accounts.google.com/ServiceLogin?continue=x', /^HTTP 302 to a sign-in page/],
    [exec.replace('http:', 'https:'), /^HTTP 302, and redirects are not followed/],
  ] as const;
  for (const [location, error] of failures) {
    await store.database.sql`delete from threshold_alerts`;
    await store.database.sql`delete from budgets`;
    receiver.answers.push({ status: 302, location });
    const id = await cross(exec);
    await deliverAlerts(delivery);
    expect(await alertOf(id)).toMatchObject({ deliveredAt: null, lastError: expect.stringMatching(error) });
  }
});

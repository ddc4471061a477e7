import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { updateDestination } from '../../src/alerts/change-destination.js';
import type { DestinationKind } from '../../src/alerts/alert.js';
import { sealPlainAddresses } from '../../src/alerts/destination.js';
import { getDestination } from '../../src/alerts/read-destinations.js';
import { createWebhookDispatcher } from '../../src/alerts/webhook-dispatcher.js';
import { listAlerts } from '../../src/alerts/read-alerts.js';
import { noProxies } from '../../src/platform/choose-proxy.js';
import { budgetsOf, type Deps, openInstances, reservationFor, set, spend } from '../budgets/setup.js';
import { dumpTables } from '../support/dump.js';
import { type Proxy, startProxy } from '../support/start-proxy.js';
import { createWorkspace } from '../support/workspace.js';
import { deliverAlerts, deliveryOf, destinationFor, passTime, senderOf } from './delivery-of.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let receiver: Receiver;
let proxy: Proxy;
let deps: Deps;
let delivery: ReturnType<typeof deliveryOf>;
let admin: Caller;
beforeEach(async () => {
  store = await openInstances();
  receiver = await startReceiver();
  // Every host is the receiver: the names of the services do not resolve here.
  const port = Number(new URL(receiver.url).port);
  proxy = await startProxy(() => port);
  deps = budgetsOf(store.database);
  const proxies = { ...noProxies, httpProxy: new URL(proxy.url) };
  delivery = deliveryOf(deps, senderOf(createWebhookDispatcher(proxies)));
  admin = (await createWorkspace(store.database)).as.ADMIN;
});
afterEach(async () => {
  await delivery.alertSender.close();
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
/** A budget whose one threshold has just been reached, with its destination. */
const cross = async (kind: DestinationKind, url: string): Promise<string> => {
  const { budget } = await set(deps, admin, {
    ...state,
    thresholds: [...state.thresholds],
    startFrom: 'NOW',
  });
  const input = { kind, url, budgetIds: [budget.id] };
  const { destination } = await destinationFor({ ...deps, alertSender: delivery.alertSender }, admin, input);
  await spend(store.ledgers[0], reservationFor(admin));
  return destination.id;
};
const deliveryTo = async (id: string) => {
  const { items } = await listAlerts(deps, admin, { first: 1, after: null });
  return items[0]?.deliveries.find(({ destination }) => destination.id === id);
};
const attemptAll = async (): Promise<number> => {
  let attempts = 0;
  for (let rounds = 0; rounds < 12; rounds += 1) {
    attempts += await deliverAlerts(delivery);
    await passTime(store.database);
  }
  return attempts;
};

const title = 'Budget "R&D <!channel>" reached 100% of its limit';
const secret = 'T0000/B0000/chatsecret1234';
const services: [string, DestinationKind, string, object][] = [
  [
    'Slack',
    'SLACK',
    `http://hooks.slack.com/services/${secret}`,
    {
      text: expect.stringMatching(
        /^\*Budget "R&amp;D &lt;!channel&gt;" reached 100% of its limit\*\nSpent: 1 of 1 credits\n/,
      ),
    },
  ],
  [
    'a workflow of Teams',
    'TEAMS',
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
    'TEAMS',
    `http://default1.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${secret}?sig=x`,
    expect.objectContaining({ type: 'message' }),
  ],
  [
    'an old connector of Teams',
    'TEAMS',
    `http://contoso.webhook.office.com/webhookb2/${secret}`,
    expect.objectContaining({
      '@type': 'MessageCard',
      '@context': 'https://schema.org/extensions',
      summary: title,
    }),
  ],
  [
    'Google Chat',
    'GOOGLE_CHAT',
    `http://chat.googleapis.com/v1/spaces/AAAA/messages?key=k&token=${secret}`,
    { text: expect.stringContaining('*Budget "R&D ‹!channel›" reached 100%') },
  ],
  [
    'Discord',
    'DISCORD',
    `http://discord.com/api/webhooks/1/${secret}`,
    { content: expect.stringContaining('reached 100%'), allowed_mentions: { parse: [] } },
  ],
];

it.each(services)('posts the format of %s, without a signature', async (_, kind, url, body) => {
  receiver.answers.push(200);
  const id = await cross(kind, url);
  expect(await attemptAll()).toBe(1);
  const [delivered, ...copies] = receiver.deliveries;
  expect(copies).toEqual([]);
  const { pathname, search, host } = new URL(url);
  expect(delivered?.path).toBe(`${pathname}${search}`);
  expect(proxy.connects[0]?.target).toBe(`${host}:80`);
  expect(JSON.parse(delivered?.body ?? '')).toEqual(body);
  expect(Object.keys(delivered?.headers ?? {}).filter((name) => name.startsWith('webhook-'))).toEqual([]);
  expect(await deliveryTo(id)).toMatchObject({ attempts: 1, deliveredAt: expect.any(Date), lastError: null });
});

it('stores a secret address sealed, shows its host, and keeps it when the shown form is sent back', async () => {
  const url = `http://hooks.slack.com/services/${secret}`;
  const id = await cross('SLACK', url);
  expect(await dumpTables(store.database)).not.toContain(secret);
  const shown = (await getDestination(deps, admin, id))?.url ?? '';
  expect(shown).toBe('http://hooks.slack.com/…');
  const change = (other: string) =>
    updateDestination({ ...deps, alertSender: delivery.alertSender }, admin, { id, url: other });
  await change(shown);
  await attemptAll();
  expect(receiver.deliveries[0]?.path).toContain(secret);
  await expect(change('https://chat.googleapis.com/…')).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: ['url'],
  });
});

it('seals an address that an earlier release stored in plain text', async () => {
  const url = `http://hooks.slack.com/services/${secret}`;
  await cross('SLACK', 'http://hooks.slack.com/services/T/B/other0other0other0other0');
  await store.database.sql`update alert_destinations set url = ${url}, url_sealed = null`;
  await sealPlainAddresses(store.database.db, deps.vault);
  expect(await dumpTables(store.database)).not.toContain(secret);
  await attemptAll();
  expect(receiver.deliveries[0]?.path).toContain(secret);
});

it('gives up at once, and says why, when a chat service refuses', async () => {
  receiver.answers.push(404);
  const id = await cross('SLACK', `http://hooks.slack.com/services/${secret}`);
  expect(await attemptAll()).toBe(1);
  expect(await deliveryTo(id)).toMatchObject({
    attempts: 1,
    lastError: 'HTTP 404',
    lastAttemptAt: expect.any(Date),
    nextAttemptAt: null,
    deliveredAt: null,
  });
});

it('waits and tries again when a chat service is rate limited or down', async () => {
  receiver.answers.push(429, 503, 200);
  const id = await cross('SLACK', `http://hooks.slack.com/services/${secret}`);
  expect(await attemptAll()).toBe(3);
  expect(await deliveryTo(id)).toMatchObject({ attempts: 3, deliveredAt: expect.any(Date), lastError: null });
});

it('sends a chat service one copy at most when its answers are lost', async () => {
  receiver.answers.push(...Array.from({ length: 10 }, () => 'CUT' as const));
  const id = await cross(
    'GOOGLE_CHAT',
    `http://chat.googleapis.com/v1/spaces/A/messages?key=k&token=${secret}`,
  );
  await attemptAll();
  expect(receiver.deliveries).toHaveLength(2);
  expect(await deliveryTo(id)).toMatchObject({
    nextAttemptAt: null,
    lastError: expect.stringMatching(/^the connection was cut/),
  });
});

it('counts a 302 of a script that has run as delivered, and one to a sign-in page or to https as failed', async () => {
  const exec = `http://script.google.com/macros/s/${secret}/exec`;
  receiver.answers.push({
    status: 302,
    headers: { location: 'https://script.googleusercontent.com/macros/echo?user_content_key=a' },
  });
  const first = await cross('WEBHOOK', exec);
  expect(await attemptAll()).toBe(1);
  expect(await deliveryTo(first)).toMatchObject({ deliveredAt: expect.any(Date) });

  const failures = [
    ['https://accounts.google.com/ServiceLogin?continue=x', /^HTTP 302 to a sign-in page/],
    [exec.replace('http:', 'https:'), /^HTTP 302, and redirects are not followed/],
  ] as const;
  for (const [location, error] of failures) {
    await store.database.sql`delete from alert_deliveries`;
    await store.database.sql`delete from alerts`;
    await store.database.sql`delete from budgets`;
    receiver.answers.push({ status: 302, headers: { location } });
    const id = await cross('WEBHOOK', exec);
    await deliverAlerts(delivery);
    expect(await deliveryTo(id)).toMatchObject({
      deliveredAt: null,
      lastError: expect.stringMatching(error),
    });
  }
});

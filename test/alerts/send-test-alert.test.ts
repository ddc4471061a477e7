import { afterAll, beforeAll, expect, it } from 'vitest';
import { toPublicId } from '../../src/access/public-ids.js';
import { auditRows } from '../access/audit-rows.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { createWorkspace } from '../support/workspace.js';
import { destinationFor } from './delivery-of.js';
import { type MailServer, startMailServer } from './start-mail-server.js';
import { type Receiver, startReceiver } from './start-receiver.js';

const canary = 'canaryPassw0rdOfSmtp';
let gateway: TestGateway;
let receiver: Receiver;
let server: MailServer;
const answers: string[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startMailServer({ password: canary });
  gateway = await startGateway({
    logLevel: 'debug',
    env: {
      WEBHOOK_PRIVATE_ADDRESSES: 'on',
      SMTP_URL: `smtp://alerts:${canary}@127.0.0.1:${server.port}`,
      ALERT_EMAIL_FROM: 'alerts@example.com',
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await server.close();
  await receiver.close();
});

type Tested = {
  delivered: boolean;
  status: number | null;
  error: string | null;
  userErrors: { code: string; message: string }[];
};

const test = async (id: string, headers = {}, through = gateway): Promise<Tested> => {
  const mutation = `mutation M($id: ID!) { sendTestAlert(id: $id) { delivered status error userErrors { code message } } }`;
  const answer = await through.post(mutation, { id }, headers);
  answers.push(JSON.stringify(answer.body));
  return dataOf<Tested>(answer, 'sendTestAlert');
};

let names = 0;
const create = async (input: object, through = gateway): Promise<{ id: string; secret: string | null }> => {
  names += 1;
  const mutation = `mutation M($input: CreateAlertDestinationInput!) { createAlertDestination(input: $input) {
    destination { id } webhookSecret userErrors { message } } }`;
  const answer = await through.post(mutation, { input: { name: `destination ${names}`, ...input } });
  const done = dataOf<{ destination: { id: string }; webhookSecret: string | null }>(
    answer,
    'createAlertDestination',
  );
  return { id: done.destination.id, secret: done.webhookSecret };
};

const wait = (): Promise<unknown> =>
  gateway.context.database.sql`update alert_destinations set tested_at = tested_at - interval '10 seconds'`;

const audited = async (id: string): Promise<unknown[]> => {
  const { workspaceId } = await gateway.context.findCaller(gateway.token);
  const rows = await auditRows(gateway.context.database, workspaceId);
  return rows
    .filter(({ action, subject }) => action === 'alertDestination.test' && subject === id)
    .map(({ after }) => after);
};

it('sends a signed test to a receiver, also if it is disabled, and returns its status or the cause', async () => {
  const secretPart = 'q7Zt0p4mW2xK9vB6nR1s';
  const { id, secret } = await create({
    kind: 'WEBHOOK',
    url: receiver.url.replace('/hook', `/${secretPart}`),
    enabled: false,
  });
  receiver.answers.push(202, 500);
  expect(await test(id)).toEqual({ delivered: true, status: 202, error: null, userErrors: [] });
  expect(receiver.deliveries.map(({ body }): unknown => JSON.parse(body))).toMatchObject([
    { type: 'alert.test', destination: expect.stringContaining('destination ') },
  ]);
  expect(receiver.deliveries[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  expect(await test(id)).toMatchObject({ delivered: false, userErrors: [{ code: 'RATE_LIMITED' }] });
  expect(receiver.deliveries).toHaveLength(1);
  await wait();
  const failed = await test(id);
  expect(failed).toEqual({ delivered: false, status: 500, error: 'HTTP 500', userErrors: [] });
  await receiver.close();
  await wait();
  expect(await test(id)).toMatchObject({
    delivered: false,
    status: null,
    error: 'no connection (ECONNREFUSED)',
  });
  expect(await audited(id)).toEqual([
    { delivered: true, status: 202, error: null },
    { delivered: false, status: 500, error: 'HTTP 500' },
    { delivered: false, status: null, error: 'no connection (ECONNREFUSED)' },
  ]);
  const said = answers.join('\n') + gateway.logged();
  for (const part of [secretPart, 'echoed-secret', secret ?? '']) expect(said).not.toContain(part);
});

it('sends a test by e-mail, and says why the server refuses without its words', async () => {
  const { id } = await create({ kind: 'EMAIL', recipients: ['ops@example.com'] });
  expect(await test(id)).toEqual({ delivered: true, status: 250, error: null, userErrors: [] });
  expect(server.mails).toMatchObject([{ from: 'alerts@example.com', to: ['ops@example.com'] }]);
  expect(server.mails[0]?.text).toContain('Test alert to');
  server.refusal = { status: 550, when: 'RCPT' };
  await wait();
  const refused = await test(id);
  expect(refused).toMatchObject({ delivered: false, status: 550 });
  expect(refused.error).toMatch(/^SMTP 550: the server refused/);
  expect(gateway.logged()).not.toContain('secret@example.com');
  await server.close();
  await wait();
  expect(await test(id)).toMatchObject({
    delivered: false,
    status: null,
    error: 'SMTP: no connection to the server',
  });
});

it('never logs, stores or returns the password of the SMTP server, also if it refuses the account', async () => {
  const refusing = await startMailServer({ password: 'another' });
  const smtpUrl = `smtp://alerts:${canary}@127.0.0.1:${refusing.port}`;
  const env = { SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: 'alerts@example.com' };
  const other = await startGateway({ logLevel: 'debug', env });
  try {
    const { id } = await create({ kind: 'EMAIL', recipients: ['ops@example.com'] }, other);
    const refused = await test(id, {}, other);
    expect(refused).toMatchObject({ delivered: false, status: 535 });
    expect(refused.error).toBe('SMTP 535: the server refused the account');
    const dumps = await Promise.all([other, gateway].map((one) => dumpTables(one.context.database)));
    const places = [...dumps, other.logged(), gateway.logged(), answers.join('\n')];
    for (const place of places) {
      for (const face of facesOf(canary)) expect(place).not.toContain(face);
    }
  } finally {
    await other.close();
    await refusing.close();
  }
});

it('sends one of many tests at once', async () => {
  const { id } = await create({ kind: 'WEBHOOK', url: 'http://127.0.0.1:9/' });
  const tested = await Promise.all(Array.from({ length: 8 }, () => test(id)));
  expect(tested.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(await audited(id)).toHaveLength(1);
});

it('refuses others than an ADMIN, and finds nothing of another workspace', async () => {
  const { id } = await create({ kind: 'WEBHOOK', url: 'http://127.0.0.1:9/' });
  for (const role of ['VIEWER', 'MEMBER'] as const) {
    const authorization = `Bearer ${await gateway.tokenOf(role)}`;
    expect(await test(id, { authorization })).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
  }
  const { as } = await createWorkspace(gateway.context.database, 'foreign');
  const foreign = await destinationFor(gateway.context, as.ADMIN, { url: 'http://127.0.0.1:9/' });
  const ids = [
    foreign.destination.id,
    toPublicId('destination', foreign.destination.id),
    'ald_x',
    id.slice(0, -1),
  ];
  for (const unknown of ids) {
    const tested = await test(unknown);
    expect(tested).toMatchObject({ delivered: false });
    expect(tested.userErrors[0]?.code).toMatch(/^(NOT_FOUND|INVALID_INPUT)$/);
  }
  expect(await audited(id)).toEqual([]);
});

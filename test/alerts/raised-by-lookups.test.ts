import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { parseMetrics } from '../http/parse-metrics.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import { type Receiver, startReceiver } from './start-receiver.js';

const maxWait = { timeout: 25_000 };

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let status: number;
let receiver: Receiver;
let gateway: TestGateway;
beforeEach(async () => {
  status = 200;
  upstream = await startUpstream((response) =>
    json(response, status, status === 200 ? fullCompany : { message: 'no' }),
  );
  receiver = await startReceiver();
  gateway = await startGateway({
    env: {
      FIRMABLE_BASE_URL: upstream.url,
      WEBHOOK_PRIVATE_ADDRESSES: 'on',
      MANAGED_FIRMABLE_KEY: `fbl_live_${randomBytes(12).toString('hex')}`,
    },
  });
  const create = `mutation M($input: CreateAlertDestinationInput!) { createAlertDestination(input: $input) {
    destination { id } userErrors { message } } }`;
  const made = await gateway.post(create, { input: { kind: 'WEBHOOK', name: 'hook', url: receiver.url } });
  dataOf(made, 'createAlertDestination');
});
afterEach(async () => {
  await gateway.close();
  await receiver.close();
  await upstream.close();
});

const connect = async (): Promise<string> => {
  const key = `fbl_live_${randomBytes(12).toString('hex')}`;
  const create = `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
    connection { id } userErrors { message } } }`;
  const input = { provider: 'FIRMABLE', name: `connection ${key.slice(-6)}`, key, verify: false };
  return dataOf<{ connection: { id: string } }>(await gateway.post(create, { input }), 'createConnection')
    .connection.id;
};

let domains = 0;
const lookUp = async (connection: string | null, through = gateway): Promise<string | undefined> => {
  domains += 1;
  const query = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
    outcome problem { code } } }`;
  const variables = { by: { domain: `company-${domains}.example` }, options: { connection } };
  const answer = await through.post(query, variables);
  return dataOf<{ problem: { code: string } | null }>(answer, 'company').problem?.code;
};

const bodies = (): unknown[] => receiver.deliveries.map(({ body }): unknown => JSON.parse(body));

const alertCount = async (): Promise<number> =>
  (await gateway.context.database.sql`select from alerts`).count;
const unresolvedCount = async (): Promise<number> =>
  (await gateway.context.database.sql`select from alerts where resolved_at is null`).count;

const delivered = async (): Promise<number | undefined> => {
  const headers = { authorization: `Bearer ${gateway.token}` };
  const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  return parseMetrics(text)
    .get('firmable_gateway_alert_deliveries_total')
    ?.samples.find(({ labels }) => labels['kind'] === 'WEBHOOK' && labels['result'] === 'delivered')?.value;
};

it('delivers one alert when a key is refused, and another after it worked in between', async () => {
  const connection = await connect();
  status = 401;
  for (let lookups = 0; lookups < 3; lookups += 1) expect(await lookUp(connection)).toBe('KEY_REFUSED');
  await expect.poll(bodies, maxWait).toMatchObject([{ type: 'connection.key_refused', code: 'KEY_REFUSED' }]);
  expect(await lookUp(connection)).toBe('KEY_REFUSED');
  expect(await alertCount()).toBe(1);
  status = 200;
  await lookUp(connection);
  await expect.poll(unresolvedCount, maxWait).toBe(0);
  status = 401;
  expect(await lookUp(connection)).toBe('KEY_REFUSED');
  const refused = { type: 'connection.key_refused', provider: 'FIRMABLE' };
  await expect.poll(bodies, maxWait).toMatchObject([refused, refused]);
  const ids = receiver.deliveries.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
  expect(await unresolvedCount()).toBe(1);
  await expect.poll(delivered, maxWait).toBe(2);
});

it('delivers one alert when the circuit breakers of two gateways open, until a call is answered', async () => {
  const connection = await connect();
  const beside = await gateway.startBeside();
  status = 503;
  for (const through of [gateway, beside]) {
    for (let lookups = 0; lookups < 8; lookups += 1) await lookUp(connection, through);
    expect(through.logged()).toContain('circuit breaker opened');
  }
  // Closing waits for what is being written.
  await beside.close();
  await expect
    .poll(bodies, maxWait)
    .toMatchObject([{ type: 'provider.unavailable', provider: 'FIRMABLE', code: 'PROVIDER_UNAVAILABLE' }]);
  expect(await alertCount()).toBe(1);
  const other = await connect();
  status = 200;
  await lookUp(other);
  await expect.poll(unresolvedCount, maxWait).toBe(0);
  expect(receiver.deliveries).toHaveLength(1);
});

it('delivers one alert when the managed key is refused, until it works again', async () => {
  status = 401;
  for (let lookups = 0; lookups < 3; lookups += 1) expect(await lookUp(null)).toBe('KEY_REFUSED');
  await expect
    .poll(bodies, maxWait)
    .toMatchObject([{ type: 'managed_key.refused', provider: 'FIRMABLE', code: 'KEY_REFUSED' }]);
  const { body } = await gateway.post('{ alerts { nodes { title connection { id } } } }');
  expect(body.data).toEqual({
    alerts: { nodes: [{ title: 'Firmable refuses the managed key', connection: null }] },
  });
  // The watch goes on with an alert that is of no connection.
  const connection = await connect();
  expect(await lookUp(connection)).toBe('KEY_REFUSED');
  await expect.poll(() => bodies().length, maxWait).toBe(2);
  status = 200;
  await lookUp(null);
  await expect.poll(unresolvedCount, maxWait).toBe(1);
});

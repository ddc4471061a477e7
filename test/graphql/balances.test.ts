import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { dumpTables, facesOf } from '../support/dump.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'debug' });
});
afterAll(() => gateway.close());

type Balance = Record<string, unknown> & {
  remaining: number | null;
  latestReading: { observedAt: string } | null;
};
const dayMs = 86_400_000;

type Payload = { balance: Balance | null; userErrors: { code: string; field: string[] | null }[] };

const fields = `connection { id name } accountId asOf remaining estimated
  pools { name kind remaining startsAt endsAt }
  plan { monthlyCredits renewalDay timeZone rollover thresholds updatedAt pools { id name credits startsAt endsAt } }
  latestReading { id observedAt credits source } readings(first: 2) { totalCount nodes { credits source } pageInfo { hasNextPage } }
  drift { from to before after granted gatewaySpend externalSpend }
  burnPerDay7 burnPerDay30 depletesAt renewsAt renewsFirst warnings { threshold startsAt used monthlyCredits }`;

const connect = async (provider: string, key: string, headers = {}): Promise<string> =>
  dataOf<{ connection: { id: string } }>(
    await gateway.post(
      'mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }',
      { input: { provider, name: `${provider} ${randomBytes(4).toString('hex')}`, key, verify: false } },
      headers,
    ),
    'createConnection',
  ).connection.id;
const sandboxKey = (prefix = 'fbl'): string => `${prefix}_sandbox_${randomBytes(6).toString('hex')}`;

const declare = async (input: object, token = gateway.token): Promise<Payload> =>
  dataOf(
    await gateway.post(
      `mutation M($input: SetBalancePlanInput!) { setBalancePlan(input: $input) { balance { ${fields} } userErrors { code field } } }`,
      { input: { monthlyCredits: 500, renewalDay: 1, ...input } },
      { authorization: `Bearer ${token}` },
    ),
    'setBalancePlan',
  );
const record = async (input: object, token = gateway.token): Promise<Payload> =>
  dataOf(
    await gateway.post(
      `mutation M($input: RecordBalanceInput!) { recordBalance(input: $input) { balance { ${fields} } userErrors { code field } } }`,
      { input },
      { authorization: `Bearer ${token}` },
    ),
    'recordBalance',
  );
const read = async (connection: string, token = gateway.token): Promise<Balance> =>
  dataOf(
    await gateway.post(
      `query Q($connection: ID!) { balance(connection: $connection) { ${fields} } }`,
      { connection },
      { authorization: `Bearer ${token}` },
    ),
    'balance',
  );
const lookUp = (connection: string, domain: string = flagship.domain) =>
  gateway.post(
    'query Q($domain: String!, $connection: ID!) { company(by: {domain: $domain}, options: {connection: $connection}) { outcome receipt { creditsCharged } } }',
    { domain, connection },
  );

it('sets a plan, records a reading and estimates the balance when lookups are charged', async () => {
  const connection = await connect('FIRMABLE', sandboxKey());
  expect(await read(connection)).toMatchObject({ remaining: null, pools: [], plan: null, estimated: true });

  const declared = await declare({
    connection,
    rollover: false,
    timeZone: 'Australia/Sydney',
    // Neither today nor yesterday, whose renewal would grant credits between the readings.
    renewalDay: new Date(Date.now() - 10 * dayMs).getUTCDate(),
    thresholds: [50],
    pools: [
      { name: 'launch', credits: 40, startsAt: '2026-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' },
    ],
  });
  expect(declared.userErrors).toEqual([]);
  expect(declared.balance).toMatchObject({
    connection: { id: connection },
    remaining: 540,
    pools: [
      { name: 'Subscription', kind: 'SUBSCRIPTION', remaining: 500, endsAt: expect.stringMatching(/Z$/) },
      { name: 'launch', kind: 'ADD_ON', remaining: 40, endsAt: '2100-01-01T00:00:00.000Z' },
    ],
    plan: { pools: [{ id: expect.stringMatching(/^pool_[0-9a-f-]{36}$/), credits: 40 }] },
    renewsFirst: true,
    warnings: [],
  });

  const yesterday = new Date(Date.now() - dayMs).toISOString();
  await record({ connection, credits: 300, observedAt: yesterday });
  expect(dataOf(await lookUp(connection), 'company')).toMatchObject({ receipt: { creditsCharged: 1 } });
  await lookUp(connection);
  const recorded = await record({ connection, credits: 240 });
  expect(recorded).toMatchObject({
    userErrors: [],
    balance: {
      remaining: 240,
      latestReading: { id: expect.stringMatching(/^brd_/), credits: 240, source: 'RECORDED' },
      readings: { totalCount: 2, nodes: [{ credits: 240 }, { credits: 300 }] },
      drift: [{ before: 300, after: 240, granted: 0, gatewaySpend: 1, externalSpend: 59 }],
      warnings: [{ threshold: 50, used: 300, monthlyCredits: 500 }],
    },
  });
  expect(await read(connection, await gateway.tokenOf('VIEWER'))).toMatchObject({ remaining: 240 });
});

it('records a reading of 0 when the provider refuses because no credits are left', async () => {
  const connection = await connect('FIRMABLE', 'fbl_sandbox_broke');
  await record({ connection, credits: 30 });
  await lookUp(connection);
  await expect
    .poll(async () => (await read(connection)).latestReading, { timeout: 10_000 })
    .toMatchObject({ credits: 0, source: 'OUT_OF_CREDITS' });
  expect((await read(connection)).remaining).toBe(0);
});

it.each([
  ['PEOPLE_DATA_LABS', 'pdl'],
  ['APOLLO', 'apollo'],
])('returns the balance that %s reports, minus later charges', async (provider, prefix) => {
  const connection = await connect(provider, sandboxKey(prefix));
  const before = await read(connection);
  expect(before).toMatchObject({ estimated: false, latestReading: { source: 'REPORTED' } });
  expect(before.remaining).toBeGreaterThan(1);
  const { receipt } = dataOf<{ receipt: { creditsCharged: number } }>(await lookUp(connection), 'company');
  expect(receipt.creditsCharged).toBe(1);
  await expect
    .poll(async () => (await read(connection)).remaining, { timeout: 10_000 })
    .toBe((before.remaining ?? 0) - 1);
  expect(await read(connection)).toMatchObject({ estimated: false });
});

describe('a refused change returns data', () => {
  it.each<[string, object, string, string[]]>([
    ['a day that no month has', { renewalDay: 40 }, 'INVALID_INPUT', ['renewalDay']],
    ['credits below zero', { monthlyCredits: -1 }, 'INVALID_INPUT', ['monthlyCredits']],
    ['a connection that is not there', { connection: 'con_x' }, 'NOT_FOUND', ['connection']],
  ])('%s', async (_, input, code, field) => {
    const connection = await connect('FIRMABLE', sandboxKey());
    expect(await declare({ connection, ...input })).toEqual({ balance: null, userErrors: [{ code, field }] });
  });

  it('a balance of the future, or of a connection that is not there', async () => {
    const connection = await connect('FIRMABLE', sandboxKey());
    const ahead = await record({ connection, credits: 1, observedAt: '2100-01-01T00:00:00Z' });
    expect(ahead.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['observedAt'] }]);
    const nowhere = await record({ connection: 'con_x', credits: 1 });
    expect(nowhere.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['connection'] }]);
  });

  it.each(['MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER'] as const)(
    '%s may read balances and not change them',
    async (role) => {
      const connection = await connect('FIRMABLE', sandboxKey());
      const token = await gateway.tokenOf(role);
      expect((await declare({ connection }, token)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      expect((await record({ connection, credits: 1 }, token)).userErrors).toMatchObject([
        { code: 'FORBIDDEN' },
      ]);
      expect((await read(connection, token)).remaining).toBeNull();
    },
  );
});

it('returns a request error when the connection of a balance does not exist', async () => {
  const { body } = await gateway.post('{ balance(connection: "con_x") { remaining } }');
  expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
});

it('exposes neither key nor token when balances are read, logged and stored', async () => {
  const keys = [sandboxKey(), sandboxKey('apollo'), sandboxKey('pdl')];
  const said: string[] = [];
  for (const [index, provider] of ['FIRMABLE', 'APOLLO', 'PEOPLE_DATA_LABS'].entries()) {
    const connection = await connect(provider, keys[index] ?? '');
    const verify =
      'mutation M($id: ID!) { verifyConnection(id: $id) { connection { id } userErrors { message } } }';
    said.push(JSON.stringify(await gateway.post(verify, { id: connection })));
    said.push(JSON.stringify(await declare({ connection, pools: [{ name: 'more', credits: 4 }] })));
    said.push(JSON.stringify(await record({ connection, credits: 3 })));
    said.push(JSON.stringify(await read(connection)));
    said.push(JSON.stringify(await gateway.post('{ balance(connection: "fbl_x") { remaining } }')));
  }
  const everything = [...said, gateway.logged(), await dumpTables(gateway.context.database)].join('\n');
  expect(said.join('')).toContain('"remaining":3');
  for (const secret of [...keys, gateway.token]) {
    for (const face of facesOf(secret)) expect(everything).not.toContain(face);
  }
});

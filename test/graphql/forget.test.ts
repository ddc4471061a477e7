import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { dumpTables } from '../support/dump.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'debug' });
  for (const name of ['one', 'two']) {
    await gateway.post(
      `mutation { createConnection(input: { provider: FIRMABLE, name: "${name}", key: "fbl_sandbox_forget${name}" }) { connection { id } } }`,
    );
  }
});
afterAll(() => gateway.close());

type Forgot = { forgotten: number; unlocks: number; userErrors: { code: string; field: string[] }[] };
const forget = async (id: string, token = gateway.token): Promise<Forgot> =>
  dataOf<Forgot>(
    await gateway.post(
      'mutation M($id: ID!) { forgetRecord(input: { id: $id }) { forgotten unlocks userErrors { code field } } }',
      { id },
      { authorization: `Bearer ${token}` },
    ),
    'forgetRecord',
  );
const lookUp = async (by: object, connection: string | null = null) => {
  const query = `query Q($by: PersonKey!, $options: LookupOptions) { person(by: $by, options: $options) {
    outcome person { id } receipt { charge creditsCharged creditsSaved fromSnapshot attempts { outcome } } } }`;
  return dataOf<object>(await gateway.post(query, { by, options: { connection } }), 'person');
};
const connectionIds = async (): Promise<string[]> => {
  const listed = await gateway.post('{ connections(provider: FIRMABLE) { nodes { id } } }');
  return dataOf<{ nodes: { id: string }[] }>(listed, 'connections').nodes.map(({ id }) => id);
};
const unlockOf = async (
  recordId: string,
): Promise<{ id: string; identifiers: object[]; fetchedAt: string | null }> => {
  type Unlocks = {
    nodes: { id: string; recordId: string; identifiers: object[]; fetchedAt: string | null }[];
  };
  const answer = await gateway.post(
    '{ unlocks { nodes { id recordId identifiers { kind value source } fetchedAt } } }',
  );
  const unlock = dataOf<Unlocks>(answer, 'unlocks').nodes.find((one) => one.recordId === recordId);
  if (unlock === undefined) throw new Error('it is not unlocked');
  return unlock;
};
const moneyTrail = async (): Promise<string> => {
  const { sql } = gateway.context.database;
  const rows = await sql<{ row: string }[]>`
    select e::text as row from entries e union all select u::text from unlocks u
    union all select p::text from budget_periods p order by row`;
  return rows.map(({ row }) => row).join('\n');
};
const buyFlagship = () =>
  gateway.post(
    'query Q($domain: String) { company(by: { domain: $domain }) { outcome receipt { creditsCharged } } }',
    { domain: flagship.domain },
  );
const disagreements = async () => (await verifyLedger(gateway.context.database)).disagreements;

it('erases a person everywhere, keeps the entries, and is free when looked up again', async () => {
  const [mara] = samplePeople;
  if (mara === undefined) throw new Error('the sandbox has no people');
  await gateway.post(
    'mutation { setBudget(input: { name: "all", scope: WORKSPACE, period: TOTAL, limit: 100 }) { budget { id } } }',
  );
  const connections = await connectionIds();
  for (const connection of connections) {
    expect(await lookUp({ workEmail: mara.workEmail }, connection)).toMatchObject({ outcome: 'FOUND' });
  }
  const personal = [mara.name, mara.linkedin, mara.workEmail, mara.personalEmail];
  const before = await dumpTables(gateway.context.database);
  for (const one of personal) expect(before).toContain(one);
  const trail = await moneyTrail();
  expect(trail).toContain('person:id');

  const forgot = await forget(mara.id);
  expect(forgot).toMatchObject({ unlocks: connections.length, userErrors: [] });
  // In each account a copy, the LinkedIn name, and two addresses, each of which counts as work and as personal.
  expect(forgot.forgotten).toBeGreaterThanOrEqual(connections.length * 6);
  const after = (await dumpTables(gateway.context.database)) + gateway.logged();
  expect(personal.filter((one) => after.includes(one))).toEqual([]);
  expect(await moneyTrail()).toBe(trail);
  expect(await disagreements()).toEqual([]);
  expect(await unlockOf(mara.id)).toMatchObject({
    identifiers: [{ kind: 'id', value: mara.id, source: 'RESOLVED' }],
    fetchedAt: null,
  });
  const node = await gateway.post('query Q($id: ID!) { node(id: $id) { id } }', { id: mara.id });
  expect(node.body.data).toEqual({ node: null });

  expect(await lookUp({ personalEmail: mara.personalEmail })).toEqual({
    outcome: 'FOUND',
    person: { id: mara.id },
    receipt: {
      charge: 'ALREADY_UNLOCKED',
      creditsCharged: 0,
      creditsSaved: 1,
      fromSnapshot: false,
      attempts: [{ outcome: 'FOUND' }],
    },
  });
  expect(await lookUp({ workEmail: mara.workEmail })).toMatchObject({ receipt: { fromSnapshot: true } });
  expect(await disagreements()).toEqual([]);
});

it('erases a record when named by its id, with or without its type, or by an unlock', async () => {
  await buyFlagship();
  const { id } = await unlockOf(flagship.id);
  for (const name of [flagship.id, `Company:${flagship.id}`, flagship.id.toUpperCase(), id]) {
    await buyFlagship();
    const { forgotten, unlocks } = await forget(name);
    expect([name, unlocks, forgotten > 1]).toEqual([name, 1, true]);
    expect(await forget(name)).toEqual({ forgotten: 0, unlocks: 1, userErrors: [] });
  }
});

it.each([
  'fp999999999999',
  'Person:fp999999999999',
  `Person:${flagship.id}`,
  'unl_00000000-0000-7000-8000-000000000000',
  'unl_nonsense',
  'malformed',
  '',
])('what was never bought is NOT_FOUND: %j', async (id) => {
  expect(await forget(id)).toEqual({
    forgotten: 0,
    unlocks: 0,
    userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
  });
});

it.each([
  ['ADMIN', 'NOT_FOUND'],
  ['MANAGER', 'NOT_FOUND'],
  ['INTEGRATION', 'FORBIDDEN'],
  ['MEMBER', 'FORBIDDEN'],
  ['VIEWER', 'FORBIDDEN'],
] as const)('%s hears %s', async (role, code) => {
  expect((await forget('fp1', await gateway.tokenOf(role))).userErrors).toMatchObject([{ code }]);
});

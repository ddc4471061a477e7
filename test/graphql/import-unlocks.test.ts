import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
let connection = '';
beforeAll(async () => {
  gateway = await startGateway();
  connection = await connect('FIRMABLE', 'Firmable', 'fbl_sandbox_import');
});
afterAll(() => gateway.close());

type Payload = {
  imported: number;
  alreadyKnown: number;
  invalid: { line: number; value: string; reason: string }[];
  unparsedIdentifiers: { line: number; value: string; reason: string }[];
  userErrors: { code: string; message: string; field: string[] | null }[];
};

const connect = async (provider: string, name: string, key: string): Promise<string> => {
  const created = await gateway.post(
    `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } userErrors { message } } }`,
    { input: { provider, name, key, makeDefault: true } },
  );
  return dataOf<{ connection: { id: string } }>(created, 'createConnection').connection.id;
};

const importWith = async (input: object, token?: string): Promise<Payload> =>
  dataOf<Payload>(
    await gateway.post(
      `mutation M($input: ImportUnlocksInput!) { importUnlocks(input: $input) {
        imported alreadyKnown invalid { line value reason } unparsedIdentifiers { line value reason } userErrors { code message field } } }`,
      { input: { connection, operation: 'COMPANY', ...input } },
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    ),
    'importUnlocks',
  );

it('returns a declared record for free, with the credits saved, when looked up by any of its identifiers', async () => {
  const csv = `Firmable ID,Domain,ABN\n${flagship.id},${flagship.domain},12\nf000000300,x.example,\n`;
  expect(await importWith({ csv })).toEqual({
    imported: 1,
    alreadyKnown: 0,
    invalid: [
      {
        line: 3,
        value: 'f000000300',
        reason: 'This is not a complete id of a COMPANY at Firmable: send it with all its digits.',
      },
    ],
    unparsedIdentifiers: [
      {
        line: 2,
        value: '12',
        reason:
          'This is not an ABN: an ABN has eleven digits, and this has 2. The record is imported without it.',
      },
    ],
    userErrors: [],
  });
  const requested = await gateway.post(
    `query Q($by: CompanyKey!, $connection: ID!) { company(by: $by, options: { connection: $connection, maxCredits: 0 }) {
      outcome company { name } receipt { charge creditsCharged creditsSaved fromSnapshot } } }`,
    { by: { domain: flagship.domain }, connection },
  );
  expect(dataOf(requested, 'company')).toEqual({
    outcome: 'FOUND',
    company: { name: flagship.name },
    receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0, creditsSaved: 1, fromSnapshot: false },
  });
  const unlocks = await gateway.post('{ unlocks { nodes { recordId origin creditsPaid entryId } } }');
  expect(dataOf(unlocks, 'unlocks')).toMatchObject({
    nodes: expect.arrayContaining([
      { recordId: flagship.id, origin: 'DECLARED', creditsPaid: 1, entryId: null },
    ]),
  });
  expect((await verifyLedger(gateway.context.database)).disagreements).toEqual([]);
});

it('imports nothing new when an unlock is declared twice', async () => {
  const ids = ['fp000000999001', 'fp000000999002', 'fp000000999001'];
  expect(await importWith({ operation: 'PERSON', ids })).toMatchObject({ imported: 2, alreadyKnown: 1 });
  expect(await importWith({ operation: 'PERSON', ids })).toMatchObject({ imported: 0, alreadyKnown: 3 });
});

it('reports a record as known when the gateway bought it', async () => {
  const [person] = samplePeople;
  await gateway.post(
    `query Q($by: PersonKey!, $connection: ID!) { person(by: $by, options: { connection: $connection }) { outcome } }`,
    { by: { id: person?.id }, connection },
  );
  expect(await importWith({ operation: 'PERSON', ids: [person?.id] })).toMatchObject({
    imported: 0,
    alreadyKnown: 1,
  });
});

it.each([
  ['INTEGRATION', 'FORBIDDEN'],
  ['MEMBER', 'FORBIDDEN'],
  ['VIEWER', 'FORBIDDEN'],
  ['MANAGER', undefined],
] as const)('a %s may not declare unlocks, unless it may: %s', async (role, code) => {
  const { userErrors } = await importWith({ ids: ['f000000999003'] }, await gateway.tokenOf(role));
  expect(userErrors[0]?.code).toBe(code);
});

it.each<[string, object, string, string[] | null]>([
  ['a connection of nobody', { connection: 'con_1', ids: ['f1'] }, 'NOT_FOUND', ['connection']],
  ['a search', { operation: 'PEOPLE_SEARCH', ids: ['f1'] }, 'INVALID_INPUT', ['operation']],
  ['a file without ids', { csv: 'name\nA' }, 'INVALID_INPUT', ['csv']],
  ['neither ids nor a file', {}, 'INVALID_INPUT', null],
  [
    'more than 10,000 lines',
    { ids: Array.from({ length: 10_001 }, (_, index) => `f${index}`) },
    'INVALID_INPUT',
    ['ids'],
  ],
])('returns %s in userErrors and imports nothing', async (_, input, code, field) => {
  expect(await importWith(input)).toMatchObject({ imported: 0, userErrors: [{ code, field }] });
});

it('refuses an import when the provider charges for every fetch', async () => {
  const other = await connect('PEOPLE_DATA_LABS', 'PDL', 'pdl_sandbox_import');
  const { userErrors } = await importWith({ connection: other, ids: ['f000000999004'] });
  expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['connection'] }]);
});

it('reads a list, reports its columns and lines and imports nothing in a dry run', async () => {
  const csv =
    'Name,Company ID,Website,Website\nDry,f000000900001,dry.example,\nDry,f000000900001,,\nBad,x,,\n';
  const dryRun = `mutation M($input: ImportUnlocksInput!) { importUnlocks(input: $input) {
    imported alreadyKnown columns { number heading kind } invalid { line } userErrors { message } } }`;
  const input = { connection, operation: 'COMPANY', csv, dryRun: true };
  const facts = {
    imported: 1,
    alreadyKnown: 1,
    columns: [
      { number: 2, heading: 'Company ID', kind: 'ID' },
      { number: 3, heading: 'Website', kind: 'DOMAIN' },
      { number: 4, heading: 'Website', kind: 'DOMAIN' },
    ],
    invalid: [{ line: 4 }],
    userErrors: [],
  };
  expect(dataOf(await gateway.post(dryRun, { input }), 'importUnlocks')).toEqual(facts);
  expect(dataOf(await gateway.post(dryRun, { input }), 'importUnlocks')).toEqual(facts);
  expect(await importWith({ csv })).toMatchObject({ imported: 1, alreadyKnown: 1 });
  const without = { ...input, csv: undefined, ids: ['f000000900002'] };
  expect(dataOf(await gateway.post(dryRun, { input: without }), 'importUnlocks')).toMatchObject({
    imported: 1,
    columns: [],
  });
  const bare = { ...input, csv: 'x;f000000900003' };
  expect(dataOf(await gateway.post(dryRun, { input: bare }), 'importUnlocks')).toMatchObject({
    imported: 1,
    columns: [{ number: 2, heading: null, kind: 'ID' }],
  });
});

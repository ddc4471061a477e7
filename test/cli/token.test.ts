import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { systemClock } from '../../src/platform/time.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { runBuilt } from '../support/gateway.js';

let store: TestDatabase;
const env = () => ({ DATABASE_URL: store.url, ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64') });
beforeAll(async () => {
  store = await createTestDatabase();
  const created = await runBuilt('workspace', env(), ['create', 'Acme']);
  if (created.code !== 0) throw new Error(created.output);
}, 120_000);
afterAll(() => store.close());

const token = (name: string, ...args: string[]) =>
  runBuilt('token', env(), [name, '--workspace', 'Acme', ...args]);
const find = (secret: string) => createCallerFinder({ database: store.database, clock: systemClock })(secret);
const secretsIn = (output: string): string[] => output.match(/fgw_[\w-]+/g) ?? [];

it('creates, lists, changes, rotates and revokes a token, and prints each secret once', async () => {
  const created = await token(
    'create',
    'Clay',
    '--role',
    'member',
    '--workflow',
    'clay',
    '--operations',
    'company,PEOPLE_SEARCH',
    '--workflows',
    'clay, crm',
    '--no-spend',
    '--requests-per-second',
    '10',
    '--lookups-per-day',
    '500',
    '--credits-per-day',
    '100',
    '--expires-at',
    '2099-01-31T00:00:00Z',
  );
  expect(created.code).toBe(0);
  const [first = '', ...others] = secretsIn(created.output);
  expect(others).toEqual([]);
  expect(created.output).toMatch(/shown only once: fgw_[\w-]+\n$/);
  expect(await find(first)).toMatchObject({
    role: 'MEMBER',
    workflow: 'clay',
    scopes: {
      operations: ['COMPANY', 'PEOPLE_SEARCH'],
      connections: null,
      workflows: ['clay', 'crm'],
      spend: false,
    },
    limits: { requestsPerSecond: 10, lookupsPerDay: 500n, creditsPerDay: 100n },
  });

  const listed = await token('list');
  expect(listed.code).toBe(0);
  for (const part of [
    `…${first.slice(-4)}  Clay`,
    'state: valid until 2099-01-31T00:00:00.000Z',
    'operations: COMPANY, PEOPLE_SEARCH; connections: all; workflows: clay, crm; spends: no',
    'limits: 10 requests a second, 500 lookups a day, 100 credits a day',
    'used today: 0 lookups, 0 credits',
    ' tokens in the workspace "Acme". Days are UTC.',
  ]) {
    expect(listed.output).toContain(part);
  }
  expect(secretsIn(listed.output)).toEqual([]);

  const updated = await token(
    'update',
    'Clay',
    '--name',
    'Clay 2',
    '--operations',
    'all',
    '--spend',
    '--lookups-per-day',
    'none',
    '--expires-at',
    'never',
  );
  expect(updated).toMatchObject({ code: 0, output: expect.stringContaining('state: valid;') });
  expect(secretsIn(updated.output)).toEqual([]);
  expect(await find(first)).toMatchObject({
    tokenName: 'Clay 2',
    scopes: { operations: null, workflows: ['clay', 'crm'], spend: true },
    limits: { requestsPerSecond: 10, lookupsPerDay: null, creditsPerDay: 100n },
  });

  const rotated = await token('rotate', 'Clay 2', '--overlap-seconds', '3600');
  const [second = '', ...more] = secretsIn(rotated.output);
  expect(more).toEqual([]);
  expect(rotated.output).toContain('The secret before this one is valid until ');
  expect(await find(first)).toMatchObject({ tokenName: 'Clay 2' });
  expect(await find(second)).toMatchObject({ tokenName: 'Clay 2' });

  expect(await token('revoke', 'Clay 2')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Revoked/),
  });
  for (const secret of [first, second]) await expect(find(secret)).rejects.toThrow('revoked');
  const dump = await dumpTables(store.database);
  for (const face of [first, second].flatMap(facesOf)) expect(dump).not.toContain(face);
  const after = await token('list');
  for (const face of [first, second].flatMap(facesOf)) expect(after.output).not.toContain(face);
}, 60_000);

it.each([
  ['there is no such workspace', ['list', '--workspace', 'Nothing'], 1, 'There is no workspace "Nothing"'],
  ['there is no such token', ['revoke', 'nobody', '--workspace', 'Acme'], 1, 'There is no token "nobody"'],
  ['no workspace is named', ['list'], 2, "required option '--workspace <name or id>'"],
  [
    'the role is unknown',
    ['create', 'x', '--workspace', 'Acme', '--role', 'root'],
    2,
    'There is no role root',
  ],
  [
    'an ADMIN would have scopes',
    ['create', 'x', '--workspace', 'Acme', '--role', 'ADMIN', '--no-spend'],
    2,
    'An ADMIN token manages tokens',
  ],
  [
    'an operation is unknown',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--operations', 'COMPANY,ROOT'],
    2,
    'There is no operation ROOT',
  ],
  [
    'a connection is unknown',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--connections', 'Sales'],
    1,
    'no connection "Sales"',
  ],
  [
    'a limit is no number',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--credits-per-day', '-1'],
    2,
    'whole number',
  ],
  [
    'a limit is 0',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--credits-per-day', '0'],
    2,
    'send spend: false',
  ],
  [
    'the expiry is no instant',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--expires-at', 'tomorrow'],
    2,
    'This is not an instant',
  ],
  [
    'the expiry is no day',
    ['create', 'x', '--workspace', 'Acme', '--role', 'MEMBER', '--expires-at', '2030-02-31T00:00:00Z'],
    2,
    'This is not an instant',
  ],
  [
    'the new limit is 0',
    ['update', 'admin', '--workspace', 'Acme', '--requests-per-second', '0'],
    2,
    'from 1 to 1000',
  ],
  [
    'the role and the limits do not go together',
    ['create', 'x', '--workspace', 'Acme', '--role', 'ADMIN', '--lookups-per-day', '5'],
    2,
    'choose another role',
  ],
  ['the new name is empty', ['update', 'admin', '--workspace', 'Acme', '--name', ''], 2, 'The name must be'],
  [
    'the id of a connection is unknown',
    [
      'create',
      'x',
      '--workspace',
      'Acme',
      '--role',
      'MEMBER',
      '--connections',
      'con_01890000-0000-7000-8000-000000000000',
    ],
    1,
    'connection',
  ],
  [
    'the overlap is too long',
    ['rotate', 'admin', '--workspace', 'Acme', '--overlap-seconds', '999999'],
    2,
    'from 0 to 604800',
  ],
])('exits and says why when %s', async (_, args, code, message) => {
  const answered = await runBuilt('token', env(), args);
  expect(answered).toMatchObject({ code, output: expect.stringContaining(message) });
  expect(secretsIn(answered.output)).toEqual([]);
});

it('names a token by its id when several have the name', async () => {
  for (let made = 0; made < 2; made += 1) await token('create', 'twin', '--role', 'VIEWER');
  expect(await token('revoke', 'twin')).toMatchObject({
    code: 2,
    output: expect.stringContaining('by its id'),
  });
  const [id = ''] = /tok_[0-9a-f-]{36}(?=.*twin)/.exec((await token('list')).output) ?? [];
  expect(await token('revoke', id)).toMatchObject({ code: 0 });
  expect(await token('revoke', 'twin')).toMatchObject({ code: 0 });
});

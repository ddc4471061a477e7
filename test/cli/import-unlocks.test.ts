import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listUnlocks } from '../../src/reports/list-unlocks.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeFolder, runBuilt } from '../support/gateway.js';
import { createWorkspace } from '../support/workspace.js';

const secrets = [randomBytes(32)];
let store: TestDatabase;
let acme: Awaited<ReturnType<typeof createWorkspace>>;
const { folder, remove } = makeFolder();

beforeAll(async () => {
  store = await createTestDatabase();
  acme = await createWorkspace(store.database, 'acme');
  const other = await createWorkspace(store.database, 'other');
  const deps = connectionsOf(store.database, secrets);
  await connect(deps, acme.as.ADMIN, { name: 'Sales', key: 'fbl_sandbox_a' });
  await connect(deps, acme.as.ADMIN, { name: 'Common', key: 'fbl_sandbox_b' });
  await connect(deps, other.as.ADMIN, { name: 'Common', key: 'fbl_sandbox_c' });
});
afterAll(async () => {
  remove();
  await store.close();
});

const fileOf = (text: string): string => {
  const file = path.join(folder, `${randomBytes(4).toString('hex')}.csv`);
  writeFileSync(file, text);
  return file;
};

const run = (...given: string[]) =>
  runBuilt(
    'import-unlocks',
    {
      DATABASE_URL: store.url,
      GATEWAY_SECRETS: secrets.map((secret) => secret.toString('base64')).join(),
      NODE_ENV: 'test',
    },
    given,
  );

const told = (imported: number, known: number): string =>
  `Declared ${imported} people as bought by the account of "Sales"; ${known} lines were known already, 0 name none.\n`;

test('a file is declared as bought by the account of a connection, and once only', async () => {
  const file = fileOf(
    'Person ID,Company ID,Name\nfp000000000001,f000000000001,A\nfp000000000002,f000000000001,B\n',
  );
  expect(await run('--connection', 'Sales', file)).toEqual({ code: 0, output: told(2, 0) });
  expect(await run('--connection', 'Sales', file)).toEqual({ code: 0, output: told(0, 2) });
  const { items } = await listUnlocks(store, acme.as.VIEWER, {
    first: 10,
    after: null,
    filter: { operation: 'PERSON' },
  });
  expect(new Set(items.map(({ recordId, origin }) => `${recordId} ${origin}`))).toEqual(
    new Set(['fp000000000001 DECLARED', 'fp000000000002 DECLARED']),
  );
}, 60_000);

test('lines that name nothing are told one by one, and fail the command, though the others are declared', async () => {
  const { code, output } = await run('--connection', 'Common', '--workspace', 'acme', fileOf('id\nf1\nx\n'));
  expect(code).toBe(1);
  expect(output).toContain('Declared 1 companies');
  expect(output).toContain('Line 3: "x": This is no id of a COMPANY at Firmable.');
});

test.each([
  ['without a connection', [], /npm run import -- --connection/],
  ['with an unknown connection', ['--connection', 'None'], /No connection is called "None"/],
  ['with a name of two workspaces', ['--connection', 'Common'], /add --workspace, one of acme .*, other /],
])('says what to do %s', async (_, given, message) => {
  const { code, output } = await run(...given, fileOf('id\nf1\n'));
  expect(code).toBe(1);
  expect(output).toMatch(message);
});

test('a file without ids is refused', async () => {
  const { code, output } = await run('--connection', 'Sales', fileOf('name\nA\n'));
  expect(code).toBe(1);
  expect(output).toMatch(/names no record of Firmable/);
});

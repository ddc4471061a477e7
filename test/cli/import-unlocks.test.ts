import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listUnlocks } from '../../src/usage/unlock.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeFolder, runBuilt } from '../support/gateway.js';
import { createWorkspace } from '../support/workspace.js';
import { makeWorkbook, textRow } from '../uploads/make-workbook.js';

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

const fileOf = (text: string | Buffer): string => {
  const file = path.join(folder, `${randomBytes(4).toString('hex')}.csv`);
  writeFileSync(file, text);
  return file;
};

const run = (...given: string[]) =>
  runBuilt(
    'import-unlocks',
    {
      DATABASE_URL: store.url,
      ENCRYPTION_KEYS: secrets.map((secret) => secret.toString('base64')).join(),
      NODE_ENV: 'test',
    },
    given,
  );

const declared = async (): Promise<string[]> => {
  const { items } = await listUnlocks(store, acme.as.VIEWER, { first: 100, after: null, filter: {} });
  return items.map(({ recordId, origin }) => `${recordId} ${origin}`);
};

const reported = (imported: number, known: number): string =>
  `Declared ${imported} people as bought by the account of "Sales". Lines already known: ${known}. Invalid lines: 0.\n`;

it('declares a record once when its file is imported twice', async () => {
  const file = fileOf('Person ID,Name\nfp000000000001,A\nfp000000000002,B\n');
  expect(await run('--connection', 'Sales', file)).toEqual({ code: 0, output: reported(2, 0) });
  expect(await run('--connection', 'Sales', file)).toEqual({ code: 0, output: reported(0, 2) });
  expect(await declared()).toEqual(
    expect.arrayContaining(['fp000000000001 DECLARED', 'fp000000000002 DECLARED']),
  );
}, 60_000);

it('declares nothing when the file has ids of both kinds and --kind is missing', async () => {
  const file = fileOf(
    'Person ID,Company ID,Email\nfp000000000003,f000000000003,bad\n,f000000000004,\n,f000000000005,\n',
  );
  const refused = await run('--connection', 'Sales', file);
  expect(refused.code).toBe(2);
  expect(refused.output).toMatch(
    /^This file has ids of both kinds.* in 3 lines .* in 1\. .*--kind person\.\n$/,
  );

  const { code, output } = await run('--connection', 'Sales', file, '--kind', 'person');
  expect(code).toBe(1);
  expect(output).toContain('Declared 1 people as bought by the account of "Sales"');
  expect(output).toContain('Line 3: The line has no id.');
  expect(output).toContain('Identifiers that could not be parsed: 1.');
  expect(output).toContain(
    'Line 2: "bad": This is not an e-mail address: write it like name@example.com. The record is imported without it.',
  );
  const all = await declared();
  expect(all).toContain('fp000000000003 DECLARED');
  expect(all).not.toContain('f000000000003 DECLARED');
}, 60_000);

const unicodeText = (id: string) => Buffer.from(`\uFEFFPerson ID\tName\r\n${id}\tZoë\r\n`, 'utf16le');

it('reads both byte orders when the file is UTF-16, as the "Unicode Text" of Excel', async () => {
  expect(await run('--connection', 'Sales', fileOf(unicodeText('fp000000000021')))).toEqual({
    code: 0,
    output: reported(1, 0),
  });
  expect(await run('--connection', 'Sales', fileOf(unicodeText('fp000000000022').swap16()))).toEqual({
    code: 0,
    output: reported(1, 0),
  });
}, 60_000);

it('succeeds when an identifier cannot be parsed', async () => {
  const { code, output } = await run('--connection', 'Sales', fileOf('id,abn\nf000000000009,12\n'));
  expect(code).toBe(0);
  expect(output).toContain('Line 2: "12": This is not an ABN');
});

it.each([
  ['is not there', path.join(folder, 'none.csv'), /^There is no file \S*none\.csv: check .*\n$/],
  ['is a folder', folder, /^\S+ is a folder: name a CSV file in it\.\n$/],
  [
    'has a name that no file can have',
    `${folder}/${'x'.repeat(300)}`,
    /^\S+ cannot be read \(ENAMETOOLONG\): .*\n$/,
  ],
])('reports one line when the file %s', async (_, file, message) => {
  const { code, output } = await run('--connection', 'Sales', file);
  expect(code).toBe(2);
  expect(output).toMatch(message);
});

it('reports each invalid line, declares the others and fails when some lines are invalid', async () => {
  const { code, output } = await run(
    '--connection',
    'Common',
    '--workspace',
    'acme',
    fileOf('id\nf000000000001\nx\n'),
  );
  expect(code).toBe(1);
  expect(output).toContain('Declared 1 companies');
  expect(output).toContain('Line 3: "x": This is not an id of a COMPANY at Firmable.');
});

it.each([
  [2, 'no connection', [], /required option '--connection <name>' not specified/],
  [2, 'an unknown kind', ['--connection', 'Sales', '--kind', 'search'], /Choose company or person\./],
  [1, 'an unknown connection', ['--connection', 'None'], /There is no connection "None"/],
  [
    1,
    'a workspace without such a connection',
    ['--connection', 'Sales', '--workspace', 'Nope'],
    /The workspace "Nope" has no connection "Sales": choose one of acme \(/,
  ],
  [
    2,
    'a connection of two workspaces',
    ['--connection', 'Common'],
    /add --workspace with one of acme .*, other /,
  ],
])('exits with %i when the arguments name %s', async (exitCode, _, given, message) => {
  const { code, output } = await run(...given, fileOf('id\nf1\n'));
  expect(code).toBe(exitCode);
  expect(output).toMatch(message);
});

it('fails when the file has no ids', async () => {
  const { code, output } = await run('--connection', 'Sales', fileOf('name\nA\n'));
  expect(code).toBe(2);
  expect(output).toMatch(/has no ids of Firmable/);
});

it.each([
  [
    'a workbook or an archive',
    makeWorkbook([{ name: 'A', rows: textRow('Person ID') + textRow('fp000000000001') }]),
  ],
  ['a workbook of Excel 97-2003 (.xls), or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a gzip archive', Buffer.from('1f8b0800', 'hex')],
  ['an HTML page', Buffer.from('<table><tr><td>Person ID</td></tr></table>')],
])('says that it needs a CSV file when it gets %s', async (what, bytes) => {
  const { code, output } = await run('--connection', 'Sales', fileOf(bytes));
  expect(code).toBe(2);
  expect(output).toContain(` is ${what}: save the table as CSV, and name that file.`);
});

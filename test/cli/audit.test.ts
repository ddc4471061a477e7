import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayWorkspaceId } from '../../src/access/audit-log.js';
import { auditRows } from '../access/audit-rows.js';
import { createVault } from '../../src/connections/vault.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeFolder, runBuilt } from '../support/gateway.js';

const { folder, remove } = makeFolder();
let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(async () => {
  await store.close();
  remove();
});

const [older, newer] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
const run = (command: string, args: string[], keys = older) =>
  runBuilt(
    command,
    { DATABASE_URL: store.url, ENCRYPTION_KEYS: keys ?? '', MANAGED_CREDITS: 'FREE=100' },
    args,
  );

it('lists and exports what the commands of the operator change, in each workspace and over all', async () => {
  const created = await run('workspace', ['create', 'Northwind', '--plan', 'FREE']);
  const workspaceId = /[0-9a-f-]{36}/.exec(created.output)?.[0] ?? '';
  const secret = /fgw_[\w-]+/.exec(created.output)?.[0] ?? '';
  expect((await run('workspace', ['plan', 'Northwind', 'STARTER'])).code).toBe(0);
  // The same plan again changes nothing.
  expect((await run('workspace', ['plan', 'Northwind', 'STARTER'])).code).toBe(0);
  expect(await auditRows(store.database, workspaceId)).toMatchObject([
    { action: 'workspace.create', actor: 'workspace create', after: { name: 'Northwind', plan: 'FREE' } },
    { action: 'token.create', actor: 'workspace create', after: { name: 'admin', role: 'ADMIN' } },
    { action: 'budget.set', actor: 'workspace create', before: null, after: { limit: 100 } },
    { action: 'workspace.setPlan', before: { plan: 'FREE' }, after: { plan: 'STARTER' } },
    { action: 'budget.set', actor: 'workspace plan', before: { limit: 100 }, after: null },
  ]);

  await createVault({ database: store.database, secrets: [Buffer.alloc(32, 1)] }).fingerprint('any', 'text');
  expect((await run('rotate-encryption-keys', [], `${newer},${older}`)).code).toBe(0);
  for (const id of [workspaceId, gatewayWorkspaceId]) {
    expect((await auditRows(store.database, id)).at(-1)).toMatchObject({
      action: 'encryptionKeys.rotate',
      actor: 'rotate-encryption-keys',
      after: { encryptionKeyId: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
  }

  const listed = await run('audit', ['list']);
  expect(listed.code).toBe(0);
  const lines = listed.output.trim().split('\n');
  expect(lines).toHaveLength(7);
  expect(listed.output).toMatch(
    /Northwind {2}workspace\.setPlan {2}[0-9a-f-]{36} {2}operator "workspace plan" \(.+ on .+\)/,
  );
  expect(listed.output).toContain('all workspaces  encryptionKeys.rotate');
  const filtered = await run('audit', [
    'list',
    '--workspace',
    'Northwind',
    '--action',
    'budget',
    '--limit',
    '1',
  ]);
  expect(filtered.output.trim().split('\n')).toHaveLength(1);
  expect((await run('audit', ['list', '--actor', 'nobody'])).output).toContain('There are no such changes.');

  const file = path.join(folder, 'audit.csv');
  expect(await run('audit', ['export', '--format', 'csv', '--output', file])).toMatchObject({ code: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
  expect(rows.map(({ workspace, action }) => [workspace, action])).toContainEqual([
    'Northwind',
    'token.create',
  ]);
  expect(rows.every(({ account, host }) => account !== '' && host !== '')).toBe(true);
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  const again = await run('audit', ['export', '--output', file]);
  expect(again).toMatchObject({ code: 2, output: expect.stringContaining('exists already') });

  const ndjson = await run('audit', ['export', '--to', '2100-01-01T00:00:00Z', '--action', 'token.create']);
  const [line = '', ...rest] = ndjson.output.trim().split('\n');
  expect(rest).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({
    workspace: 'Northwind',
    action: 'token.create',
    byOperator: true,
  });
}, 240_000);

it.each([
  [['list', '--workspace', 'nobody'], 1, 'There is no workspace "nobody"'],
  [['list', '--action', 'createToken'], 2, 'There is no such action'],
  [['export', '--action', 'createToken'], 2, 'There is no such action'],
  [['export', '--output', ''], 2, 'name a file or a folder'],
  [['export', '--output', '/dev/null/audit'], 2, 'cannot be written (ENOTDIR)'],
  [
    ['list', '--from', '2026-02-01T00:00:00Z', '--to', '2026-01-01T00:00:00Z'],
    2,
    '"to" must be later than "from"',
  ],
  [['list', '--limit', '0'], 2, 'The limit is a whole number'],
  [['list', '--from', 'yesterday'], 2, 'This is not an instant'],
  [['export', '--format', 'xml'], 2, 'Allowed choices are csv, ndjson'],
  [['delete'], 2, 'unknown command'],
])(
  'exits with an explanation when the arguments are %j',
  async (args, code, output) => {
    expect(await run('audit', args)).toMatchObject({ code, output: expect.stringContaining(output) });
  },
  60_000,
);

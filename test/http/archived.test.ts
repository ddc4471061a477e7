import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toPublicId } from '../../src/access/public-ids.js';
import { archiveMonth } from '../../src/ledger/archive/archive-month.js';
import { createOldPartitions, writeOldLedger } from '../ledger/archive/setup.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let folder: string;
let archivedId = '';
/** How many entries are not in the archive: those of a demo, and of March and April. */
let left = 0;
let old = 0;
beforeAll(async () => {
  gateway = await startGateway();
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-archive-'));
  const { database } = gateway.context;
  const [workspace] = await database.sql<{ id: string }[]>`select id from workspaces`;
  if (workspace === undefined) throw new Error('no workspace');
  await createOldPartitions(database);
  await writeOldLedger(database, workspace.id);
  const [entry] = await database.sql<{ id: string }[]>`select id from entries_2025_01 limit 1`;
  archivedId = toPublicId('entry', entry?.id ?? '');
  for (const month of ['2025-01', '2025-02']) await archiveMonth(database.sql, folder, month);
  const [present] = await database.sql<{ old: number; entries: number }[]>`
    select count(*) filter (where id < uuid_v7_floor('2025-05-01Z'))::int as old, count(*)::int as entries from entries`;
  old = present?.old ?? 0;
  left = present?.entries ?? 0;
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const header = () => ({ authorization: `Bearer ${gateway.token}` });

it('says in a list where the archive begins, and refuses what is in it', async () => {
  expect(old).toBe(13);
  const list = await gateway.post('{ entries(first: 1) { archivedBefore totalCount nodes { occurredAt } } }');
  expect(list.body).toMatchObject({
    data: { entries: { archivedBefore: '2025-03-01T00:00:00.000Z', totalCount: left } },
  });
  for (const query of [
    `{ node(id: "${archivedId}") { id } }`,
    '{ entries(filter: { from: "2025-02-01T00:00:00Z" }) { totalCount } }',
    '{ usage(from: "2025-01-07T13:07:00Z", to: "2025-03-01T00:00:00Z") { totals { creditsCharged } } }',
  ]) {
    expect((await gateway.post(query)).body).toMatchObject({
      errors: [{ extensions: { code: 'ARCHIVED' } }],
    });
  }
  const usage =
    '{ usage(from: "2025-01-01T00:00:00Z", to: "2025-03-01T00:00:00Z") { totals { creditsCharged } } }';
  expect((await gateway.post(usage)).body).toMatchObject({
    data: { usage: { totals: { creditsCharged: 15 } } },
  });
});

it('says it in the header of an export, and refuses one that begins in the archive', async () => {
  const all = await fetch(`${gateway.url}/export/entries.csv`, { headers: header() });
  expect(all.headers.get('x-archived-before')).toBe('2025-03-01T00:00:00.000Z');
  expect((await all.text()).trimEnd().split('\r\n')).toHaveLength(left + 1);
  const usage = await fetch(`${gateway.url}/export/usage.csv?from=2025-01-01&to=2025-03-01`, {
    headers: header(),
  });
  expect([usage.status, usage.headers.get('x-archived-before')]).toEqual([200, null]);
  const refused = await fetch(`${gateway.url}/export/entries.csv?from=2025-02-01`, { headers: header() });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'ARCHIVED', error: expect.stringContaining('2025-02') });
});

it('writes no key and no token to the files', () => {
  const text = ['2025-01', '2025-02'].map(
    (month) =>
      readFileSync(path.join(folder, `entries-${month}.json`), 'utf8') +
      gunzipSync(readFileSync(path.join(folder, `entries-${month}.csv.gz`))).toString('utf8'),
  );
  expect(text.join()).not.toContain(gateway.token);
  expect(text.join()).not.toMatch(/fgw_|fbl_|company:|person:/);
});

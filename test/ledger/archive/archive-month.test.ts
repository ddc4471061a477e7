import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveMonth, listMonths, refusalOf } from '../../../src/ledger/archive/archive-month.js';
import { readManifest } from '../../../src/ledger/archive/manifest.js';
import { restoreMonth } from '../../../src/ledger/archive/restore-month.js';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import { createPartitions } from '../../../src/ledger/maintenance.js';
import { migrate } from '../../../src/platform/migrate.js';
import { openDatabase } from '../../../src/platform/database.js';
import type { TestDatabase } from '../../support/database.js';
import { buy, openLedger, requestFor } from '../setup.js';
import { type Archive, openArchive } from './open-archive.js';
import { createOldPartitions, idAt } from './setup.js';

let archive: Archive;
let store: TestDatabase;
let folder: string;
beforeEach(async () => {
  archive = await openArchive();
  ({ store, folder } = archive);
});
afterEach(() => archive.close());

const allEntries = async (): Promise<string[]> => {
  const rows = await store.database.sql<{ row: string }[]>`select e::text as row from entries e order by id`;
  return rows.map(({ row }) => row);
};

/** The month before the present one by so many. */
const monthAgo = (ago: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1)).toISOString().slice(0, 7);
};

it('moves months into files, of which the ledger still counts every credit', async () => {
  const { sql } = store.database;
  expect(await archive.disagreements()).toEqual([]);
  expect(await listMonths(sql, '2025-03')).toEqual(['2025-01', '2025-02']);
  const before = await allEntries();
  for (const month of ['2025-01', '2025-02']) await archiveMonth(sql, folder, month);

  expect(await archive.partitions()).not.toContain('entries_2025_01');
  const audited = await sql`
    select distinct workspace_id, action, actor, after ->> 'month' as month from audit_events where action = 'entries.archive'`;
  expect(audited).toHaveLength(4);
  const found = await verifyLedger(store.database);
  expect(found.disagreements).toEqual([]);
  expect(found.entries + found.archived).toBe(before.length);
  expect(found.archived).toBeGreaterThan(20);

  const manifest = readManifest(folder, '2025-01');
  const file = readFileSync(path.join(folder, 'entries-2025-01.csv.gz'));
  expect(createHash('sha256').update(file).digest('hex')).toBe(manifest.fileSha256);
  const lines = gunzipSync(file).toString('utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(manifest.entries + 1);
  expect(lines[0]?.split(',')).toEqual(manifest.columns);
  expect(statSync(path.join(folder, 'entries-2025-01.csv.gz')).mode & 0o077).toBe(0);
});

it('restores what was archived, row for row', async () => {
  const before = await allEntries();
  const { sql } = store.database;
  for (const month of ['2025-01', '2025-02', '2025-03']) await archiveMonth(sql, folder, month);
  for (const month of ['2025-02', '2025-01', '2025-03']) {
    await restoreMonth(sql, folder, month);
    expect(await archive.disagreements()).toEqual([]);
  }
  expect(await allEntries()).toEqual(before);
  expect((await verifyLedger(store.database)).archived).toBe(0);
  for (const change of [
    'truncate entries_2025_01',
    'delete from entries_2025_01',
    'update entries set credits = 2',
  ]) {
    await expect(sql.unsafe(change)).rejects.toThrow('append-only');
  }
  // And archives it again, with the same text.
  await archiveMonth(sql, folder, '2025-01');
  expect(await archive.disagreements()).toEqual([]);
});

it('creates no partition for an archived month, and starts on the database as before', async () => {
  await archiveMonth(store.database.sql, folder, '2025-01');
  await migrate(store.address);
  expect(await createPartitions(store.database.sql)).toBe(0);
  await createOldPartitions(store.database);
  expect(await archive.partitions()).not.toContain('entries_2025_01');
});

it('keeps months with open calls, and the months that budgets count', async () => {
  const { sql } = store.database;
  const [ledger] = archive.ledgers;
  const id = idAt(new Date('2025-01-31T23:00:00Z'));
  await sql`
    insert into reservations (
      workspace_id, id, account_id, lookup_key, variant, state, credits, lookup_id, operation, token_id, budget_ids,
      budget_starts, reserved_at, expires_at)
    values (${ledger.workspaceId}, ${id}, ${ledger.accountId}, 'a', 'AU', 'PENDING_CONFIRMATION', 1, ${id}, 'COMPANY',
      ${id}, '{}', '{}', now(), now())`;
  expect(await refusalOf(sql, '2025-01')).toContain('1 presumed charges are open');
  await expect(archiveMonth(sql, folder, '2025-01')).rejects.toThrow('presumed charges are open');
  await sql`update reservations set state = 'HELD'`;
  await expect(archiveMonth(sql, folder, '2025-01')).rejects.toThrow('1 calls are not settled');
  expect(await refusalOf(sql, '2025-02')).toBeNull();
  expect(await refusalOf(sql, monthAgo(0))).toContain('budgets count them');
  expect(await refusalOf(sql, monthAgo(1))).toContain('budgets count them');
  expect(await refusalOf(sql, monthAgo(2))).toBeNull();
  expect(existsSync(path.join(folder, 'entries-2025-01.json'))).toBe(false);
});

it('refuses a file that was changed, is cut off, or belongs to another archive', async () => {
  const { sql } = store.database;
  await archiveMonth(sql, folder, '2025-01');
  const file = path.join(folder, 'entries-2025-01.csv.gz');
  const intact = readFileSync(file);
  for (const wrong of [Buffer.concat([intact, Buffer.from([0])]), intact.subarray(0, -20), Buffer.alloc(0)]) {
    writeFileSync(file, wrong);
    await expect(restoreMonth(sql, folder, '2025-01')).rejects.toThrow('nothing was changed');
  }
  writeFileSync(file, intact);
  await sql`update archived_months set digest = digest + 1 where workspace_id = ${archive.ledgers[0].workspaceId}`;
  await expect(restoreMonth(sql, folder, '2025-01')).rejects.toThrow('another archive');
  await sql`update archived_months set digest = digest - 1 where workspace_id = ${archive.ledgers[0].workspaceId}`;
  await expect(restoreMonth(sql, folder, '2025-02')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(restoreMonth(sql, path.join(folder, 'none'), '2025-01')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await restoreMonth(sql, folder, '2025-01');
  await expect(restoreMonth(sql, folder, '2025-01')).rejects.toThrow('is not archived');
});

it('does not overwrite a file with other entries', async () => {
  writeFileSync(path.join(folder, 'entries-2025-01.csv.gz'), 'something else');
  await expect(archiveMonth(store.database.sql, folder, '2025-01')).rejects.toThrow('name another folder');
  expect(readFileSync(path.join(folder, 'entries-2025-01.csv.gz'), 'utf8')).toBe('something else');
  expect(await archive.partitions()).toContain('entries_2025_01');
});

it('lets lookups go on while a statement reads the month, and waits for its end', async () => {
  const ledger = openLedger(store.database);
  const account = { workspaceId: archive.ledgers[0].workspaceId, accountId: archive.ledgers[0].accountId };
  await buy(ledger, requestFor(account, 'a'), 'record');
  const other = openDatabase(store.address, { connectionsMax: 2 });
  const archiving = await other.sql.begin(async (reading) => {
    await reading`select count(*) from entries`;
    const work = archiveMonth(store.database.sql, folder, '2025-01');
    for (let count = 0; count < 20; count += 1) {
      await expect(ledger.reserve(requestFor(account, 'a'))).resolves.toMatchObject({ status: 'HIT' });
    }
    expect(await reading`select to_regclass('entries_2025_01') is not null as there`).toEqual([
      { there: true },
    ]);
    return { work };
  });
  await archiving.work;
  expect(await archive.partitions()).not.toContain('entries_2025_01');
  await other.close();
  await ledger.close(1_000);
});

it('lets one of two commands archive a month, and the other one fail', async () => {
  const results = await Promise.allSettled(
    [1, 2].map(() => archiveMonth(store.database.sql, folder, '2025-01')),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await archive.disagreements()).toEqual([]);
});

it('archives and restores a month that is written in several parts', async () => {
  const { sql } = store.database;
  const [{ workspaceId, accountId }] = archive.ledgers;
  await sql`
    insert into entries (
      workspace_id, id, occurred_at, outcome, charge, credits, saved, account_id, lookup_id, operation, provider, token_id)
    select ${workspaceId}::uuid, i.id, i.at, 'NOT_FOUND', 'NOT_FOUND', 0, 0, ${accountId}::uuid, i.id, 'COMPANY', 'FIRMABLE',
      ${workspaceId}::uuid
    from (
      select overlay(uuid_v7()::text placing left(uuid_v7_floor(t)::text, 13) from 1 for 13)::uuid as id, t as at
      from generate_series(timestamptz '2025-01-05Z', '2025-01-05 23:59:59Z', interval '4 seconds') t
    ) i`;
  expect((await archiveMonth(sql, folder, '2025-01')).entries).toBeGreaterThan(21_000);
  expect(await archive.disagreements()).toEqual([]);
  expect(await restoreMonth(sql, folder, '2025-01')).toBeGreaterThan(21_000);
  expect(await archive.disagreements()).toEqual([]);
}, 60_000);

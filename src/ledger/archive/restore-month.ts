import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GatewayError } from '../../errors.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { hashFile, hashTable, readColumns, readEntries } from './entry-file.js';
import { type Manifest, readManifest, recordArchive } from './manifest.js';
import {
  firstDayOf,
  inArchiveTransaction,
  lockEntries,
  type Month,
  partitionOf,
  summarize,
} from './month.js';

/**
 * Puts the entries of an archived month back, from the files that archiveMonth has written: in one transaction, beside
 * running instances. The entries are compared with the file, and their sums with those that the database has kept.
 * Usage, budgets and unlocks still count them, so nothing is counted again. Returns how many entries. Throws NOT_FOUND
 * for a month that is not archived, and UNAVAILABLE for files that do not fit.
 */
export const restoreMonth = async (sql: Sql, folder: string, month: Month): Promise<number> => {
  const manifest = readManifest(folder, month);
  const file = path.join(folder, manifest.file);
  await checkFile(file, manifest);
  return await inArchiveTransaction(sql, async (tx) => {
    await checkArchived(tx, month, manifest);
    const table = partitionOf(month);
    await tx`create table ${tx(table)} (like entries including all)`;
    await readEntries(tx, table, await columnsFor(tx, manifest), file);
    const isSame =
      (await hashTable(tx, table, manifest.columns)) === manifest.textSha256 &&
      isDeepStrictEqual(await summarize(tx, table), manifest.workspaces);
    if (!isSame) throw unfit(file, 'other entries than its manifest says');
    await tx.unsafe(`
      analyze "${table}";
      create trigger "${table}_no_truncate" before truncate on "${table}"
        for each statement execute function forbid_change()`);
    const bounds = await readBounds(tx, month);
    // With it, PostgreSQL attaches the partition without reading it under the lock.
    await tx.unsafe(
      `alter table "${table}" add constraint in_month check (id >= '${bounds.start}' and id < '${bounds.end}')`,
    );
    await recordArchive(tx, manifest, { action: 'entries.restore', operator: 'restore-entries' });
    await lockEntries(tx);
    const [late] = await tx`
      select from entries_other where id >= ${bounds.start} and id < ${bounds.end} limit 1`;
    if (late === undefined) {
      await tx.unsafe(`
        alter table entries attach partition "${table}" for values from ('${bounds.start}') to ('${bounds.end}');
        alter table "${table}" drop constraint in_month`);
    } else {
      // An entry of the month was written since. Entries of one month are in one place; the trigger that counts entries
      // is on the whole table, so these are not counted again.
      const columns = manifest.columns.map((column) => `"${column}"`).join(', ');
      await tx.unsafe(`
        insert into entries_other (${columns}) select ${columns} from "${table}";
        drop table "${table}"`);
    }
    await tx`delete from archived_months where month = ${firstDayOf(month)}::text::date`;
    return manifest.entries;
  });
};

const checkFile = async (file: string, manifest: Manifest): Promise<void> => {
  const found = await hashFile(file).catch(() => null);
  if (found?.file !== manifest.fileSha256 || found.text !== manifest.textSha256) {
    throw unfit(file, 'another checksum than its manifest says, or cannot be read');
  }
};

const checkArchived = async (tx: Transaction, month: Month, manifest: Manifest): Promise<void> => {
  const rows = await tx<{ workspaceId: string; entries: string; sha256: string; digest: string }[]>`
    select workspace_id as "workspaceId", entries::text, digest::text, sha256
    from archived_months where month = ${firstDayOf(month)}::text::date order by workspace_id`;
  if (rows.length === 0) {
    throw new GatewayError(
      'NOT_FOUND',
      `${month} is not archived in this database: there is nothing to restore.`,
    );
  }
  const expected = manifest.workspaces.map(({ workspaceId, entries, digest }) => ({
    workspaceId,
    entries,
    digest,
    sha256: manifest.textSha256,
  }));
  if (!isDeepStrictEqual([...rows], expected))
    throw unfit(manifest.file, 'another archive than the one of this database');
};

/** The columns of the file, all of which this version must have. */
const columnsFor = async (tx: Transaction, manifest: Manifest): Promise<string[]> => {
  const present = new Set(await readColumns(tx));
  const unknown = manifest.columns.filter((column) => !present.has(column));
  if (unknown.length === 0) return manifest.columns;
  throw unfit(manifest.file, `columns that this version does not have (${unknown.join(', ')})`);
};

const readBounds = async (tx: Transaction, month: Month): Promise<{ start: string; end: string }> => {
  const [bounds] = await tx<{ start: string; end: string }[]>`
    select uuid_v7_floor(m at time zone 'UTC')::text as start,
      uuid_v7_floor((m + interval '1 month') at time zone 'UTC')::text as end
    from (select ${firstDayOf(month)}::text::timestamp as m) one_row`;
  if (bounds === undefined) throw new Error('PostgreSQL returned no bounds');
  return bounds;
};

const unfit = (file: string, fault: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `${file} has ${fault}: nothing was changed. Use an intact copy of the archive.`,
  );

import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GatewayError } from '../../errors.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { flush, hashFile, hashTable, readColumns, readEntries, writeEntries } from './entry-file.js';
import { entriesFileOf, type Manifest, recordArchive, writeManifest } from './manifest.js';
import {
  firstDayOf,
  inArchiveTransaction,
  lockEntries,
  type Month,
  partitionOf,
  summarize,
} from './month.js';

/** The months before `before` that have entries in partitions of their own, oldest first. */
export const listMonths = async (sql: Sql, before: Month): Promise<Month[]> => {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'entries'::regclass and c.relname < ${partitionOf(before)} and c.relname ~ '^entries_\\d{4}_\\d\\d$'
    order by 1`;
  const months: Month[] = [];
  for (const { name } of rows) {
    const [first] = await sql`select from ${sql(name)} limit 1`;
    if (first !== undefined) months.push(name.slice('entries_'.length).replace('_', '-'));
  }
  return months;
};

/**
 * Why a month must stay in the database; null if it may be archived. The present month and the one before are still counted
 * by budgets, and a call or a presumed charge that is open will be settled or corrected. A charge that was confirmed is not
 * open: a later lookup takes it as its payment.
 */
export const refusalOf = async (sql: Sql | Transaction, month: Month): Promise<string | null> => {
  const [found] = await sql<{ recent: boolean; held: number; presumed: number; decided: number }[]>`
    select m.starts_at + interval '2 months' > now() at time zone 'UTC' as recent,
      count(r.id) filter (where r.state = 'HELD')::int as held,
      count(r.id) filter (where r.state = 'PENDING_CONFIRMATION')::int as presumed,
      count(r.id) filter (where r.state = 'DECIDED' and r.expires_at < 'infinity')::int as decided
    from (select ${firstDayOf(month)}::text::timestamp as starts_at) m
    left join reservations r on r.id >= uuid_v7_floor(m.starts_at at time zone 'UTC')
      and r.id < uuid_v7_floor((m.starts_at + interval '1 month') at time zone 'UTC')
    group by m.starts_at`;
  if (found === undefined || found.recent) {
    return 'the present month and the one before stay in the database, because budgets count them';
  }
  if (found.presumed > 0) {
    return `${found.presumed} presumed charges are open: run resolve-presumed-charges, or decide them`;
  }
  if (found.decided > 0) {
    return `${found.decided} presumed charges were decided less than a day ago, and a late result may correct them`;
  }
  return found.held > 0 ? `${found.held} calls are not settled: wait until they have expired` : null;
};

/** Why something outside the ledger needs the entries of a month, which is given by its first day; null if nothing does. */
type OthersNeed = (sql: Sql | Transaction, firstDay: string) => Promise<string | null>;

export type ArchivedMonth = { month: Month; entries: number; credits: bigint; file: string };

/**
 * Writes the entries of a month to a file, reads the file back and compares it with the table, and then removes the month's
 * partition, in one transaction: until its commit nothing has changed, and afterwards the file is complete. Lookups go on
 * meanwhile. Throws UNAVAILABLE for a month that must stay, and BAD_REQUEST for a folder that cannot be written, or has a
 * file of the same name with other entries.
 */
export const archiveMonth = async (
  sql: Sql,
  folder: string,
  month: Month,
  othersNeed: OthersNeed = () => Promise.resolve(null),
): Promise<ArchivedMonth> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new GatewayError('BAD_REQUEST', `${folder} cannot be made: name another folder.`, { cause });
  }
  return await inArchiveTransaction(sql, async (tx) => {
    const table = partitionOf(month);
    // Nobody writes to an old month except an instance whose clock is wrong; it waits.
    await tx`lock table ${tx(table)} in share mode`;
    const refusal = (await refusalOf(tx, month)) ?? (await othersNeed(tx, firstDayOf(month)));
    if (refusal !== null) throw new GatewayError('UNAVAILABLE', `${month}: ${refusal}.`);
    const manifest = await writeFiles(tx, folder, month);
    await recordArchive(tx, manifest, { action: 'entries.archive', operator: 'archive-entries' });
    await lockEntries(tx);
    await tx`
      insert into archived_months (
        workspace_id, month, entries, lookups, attempts, from_snapshot, credits, saved, digest, budgets, occurred, file, sha256)
      select s.workspace_id, ${firstDayOf(month)}::text::date, s.entries, s.lookups, s.attempts, s.from_snapshot, s.credits,
        s.saved, s.digest, s.budgets, s.occurred, ${manifest.file}, ${manifest.textSha256}
      from json_to_recordset(${JSON.stringify(
        manifest.workspaces.map(({ workspaceId, fromSnapshot, budgets, ...sums }) => ({
          ...sums,
          workspace_id: workspaceId,
          from_snapshot: fromSnapshot,
          budgets: JSON.parse(budgets) as unknown,
        })),
      )}::text::json) as s (
        workspace_id uuid, entries bigint, lookups bigint, attempts bigint, from_snapshot bigint, credits bigint,
        saved bigint, digest numeric, budgets jsonb, occurred tstzmultirange)`;
    await tx`alter table entries detach partition ${tx(table)}`;
    await tx`drop table ${tx(table)}`;
    return {
      month,
      entries: manifest.entries,
      credits: BigInt(manifest.credits),
      file: path.join(folder, manifest.file),
    };
  });
};

const writeFiles = async (tx: Transaction, folder: string, month: Month): Promise<Manifest> => {
  const table = partitionOf(month);
  const columns = await readColumns(tx);
  const file = path.join(folder, entriesFileOf(month));
  const partial = `${file}.partial`;
  const written = await writeEntries(tx, table, columns, partial);
  if (existsSync(file) && (await hashOf(file)) !== written.text) {
    await rm(partial);
    throw new GatewayError(
      'BAD_REQUEST',
      `${file} exists, and does not have the entries of ${month} in this database: name another folder.`,
    );
  }
  const sums = await summarize(tx, table);
  await tx`create temporary table archived_entries (like entries) on commit drop`;
  await readEntries(tx, 'archived_entries', columns, partial);
  const isSame =
    isDeepStrictEqual(await hashFile(partial), written) &&
    (await hashTable(tx, 'archived_entries', columns)) === written.text &&
    isDeepStrictEqual(await summarize(tx, 'archived_entries'), sums);
  if (!isSame) {
    throw new GatewayError(
      'UNAVAILABLE',
      `${partial} is not what was written: check the disk. Nothing was changed.`,
    );
  }
  await rename(partial, file);
  await flush(folder);
  const total = (name: 'entries' | 'credits' | 'saved'): bigint =>
    sums.reduce((sum, one) => sum + BigInt(one[name]), 0n);
  const manifest: Manifest = {
    format: 1,
    month,
    file: entriesFileOf(month),
    fileSha256: written.file,
    textSha256: written.text,
    columns,
    entries: Number(total('entries')),
    credits: total('credits').toString(),
    saved: total('saved').toString(),
    workspaces: sums,
  };
  await writeManifest(folder, manifest);
  return manifest;
};

/** The hash of the text in a file; null for a file that cannot be read to its end. */
const hashOf = (file: string): Promise<string | null> =>
  hashFile(file).then(
    ({ text }) => text,
    () => null,
  );

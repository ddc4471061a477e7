import { and, desc, eq, type InferSelectModel, type SQL, sql } from 'drizzle-orm';
import { entries } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { archived, refuseArchived } from '../ledger/archived-entries.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, instantFormat, instantShape, type Listed, type Page } from '../platform/page.js';
import { type EntryFilter, matchingEntries, occurredSince } from './entry-filter.js';

type Row = InferSelectModel<typeof entries>;

/** An entry of the ledger as callers read it. */
export type Entry = Omit<Row, 'workspaceId' | 'credits' | 'saved' | 'budgetIds' | 'budgetStarts'> & {
  creditsCharged: bigint;
  creditsSaved: bigint;
};

export const entryColumns = {
  id: entries.id,
  lookupId: entries.lookupId,
  step: entries.step,
  kind: entries.kind,
  occurredAt: entries.occurredAt,
  recordedAt: entries.recordedAt,
  correctsEntryId: entries.correctsEntryId,
  outcome: entries.outcome,
  charge: entries.charge,
  creditsCharged: entries.credits,
  creditsSaved: entries.saved,
  accountId: entries.accountId,
  operation: entries.operation,
  provider: entries.provider,
  connectionId: entries.connectionId,
  payer: entries.payer,
  sandbox: entries.sandbox,
  tokenId: entries.tokenId,
  workflow: entries.workflow,
  jobId: entries.jobId,
  jobRow: entries.jobRow,
  unlockId: entries.unlockId,
  fromSnapshot: entries.fromSnapshot,
  problem: entries.problem,
  presumedCause: entries.presumedCause,
  decidedBy: entries.decidedBy,
  reason: entries.reason,
  latencyMs: entries.latencyMs,
} as const;

/** An entry; null if the workspace has none with this id. Throws FORBIDDEN, or ARCHIVED for one that may be archived. */
export const getEntry = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Entry | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await database.db
    .select(entryColumns)
    .from(entries)
    .where(and(eq(entries.workspaceId, caller.workspaceId), eq(entries.id, id)));
  if (row !== undefined) return row;
  const [missing] = await database.db.execute<{ month: string | null }>(sql`
    select case when is_archived(${caller.workspaceId}, ${id})
      then to_char(uuid_v7_time(${id}::uuid) at time zone 'UTC', 'YYYY-MM') end as month`);
  if (missing?.month != null) throw archived(missing.month);
  return null;
};

/** The order and the cursors of lists of entries. A position has an instant, with microseconds, and an id. */
export const entryCursors = cursorsOf('entries', [instantShape, idShape]);
export const newestFirst = [desc(entries.occurredAt), desc(entries.id)];
export const entryInstant = sql<string>`to_char(${entries.occurredAt} at time zone 'UTC', ${instantFormat})`;

/** The condition for what comes after a position; null: everything. */
export const afterPosition = (position: readonly string[] | null): SQL | undefined => {
  const [at, id] = position ?? [];
  return at === undefined
    ? undefined
    : sql`(${entries.occurredAt}, ${entries.id}) < (${at}::timestamptz, ${id}::uuid)`;
};

/**
 * The entries that match the filter, newest first. Entries that are written between two pages do not shift the pages.
 * Throws FORBIDDEN, BAD_REQUEST for the page or the filter, or ARCHIVED for a start or a lookup whose entries are archived.
 * Without a start the list ends where the archive begins; see readArchivedBefore.
 */
export const listEntries = async (
  { database }: { database: Database },
  caller: Caller,
  input: Page & { filter: EntryFilter },
): Promise<Listed<Entry>> => {
  authorize(caller, 'read');
  const { first, position } = entryCursors.readPage(input);
  const wanted = matchingEntries(caller, input.filter);
  const read = (since: Date | null) =>
    refuseArchived(async () =>
      database.db
        .select({ entry: entryColumns, at: entryInstant })
        .from(entries)
        .where(and(wanted, afterPosition(position), since === null ? undefined : occurredSince(since)))
        .orderBy(...newestFirst)
        .limit(first + 1),
    );
  const since = recentSince(input.filter, position?.[0]);
  const recent = since === null ? [] : await read(since);
  // Where the last weeks fill the page, earlier entries are not on it.
  const rows = recent.length > first ? recent : await read(null);
  return entryCursors.pageOf(
    rows,
    first,
    { item: ({ entry }) => entry, position: ({ at, entry }) => [at, entry.id] },
    () => refuseArchived(async () => database.db.$count(entries, wanted)),
  );
};

const recentMs = 31 * 86_400_000;

/**
 * An instant some weeks before the end of a list; null for a list with a start, or with a filter that few of these entries may
 * match. To plan a list over the partitions of two years, and to open them, takes 5 ms.
 */
const recentSince = ({ to, ...filter }: EntryFilter, before: string | undefined): Date | null => {
  const narrowing = Object.values({ ...filter, sandbox: null });
  if (narrowing.some((value) => value != null)) return null;
  const now = new Date();
  const end = before === undefined ? (to ?? now) : new Date(before);
  const since = Math.min(end.getTime(), now.getTime()) - recentMs;
  return since > 0 ? new Date(since) : null;
};

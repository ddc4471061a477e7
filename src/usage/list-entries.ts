import { and, desc, sql } from 'drizzle-orm';
import { entries } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import {
  idShape,
  instantFormat,
  instantShape,
  type Listed,
  type Page,
  pageOf,
  readPage,
} from '../platform/page.js';
import { type Entry, entryColumns } from './entry.js';
import { type EntryFilter, matchingEntries } from './entry-filter.js';

/**
 * The ledger's rows that pass the filter, newest first. Rows written between two pages do not shift them.
 * Throws FORBIDDEN, or BAD_REQUEST for the page or the filter.
 */
export const listEntries = async (
  { database }: { database: Database },
  caller: Caller,
  input: Page & { filter: EntryFilter },
): Promise<Listed<Entry>> => {
  authorize(caller, 'read');
  const { first, position } = readPage(input, [instantShape, idShape]);
  const wanted = matchingEntries(caller, input.filter);
  const [at, id] = position ?? [];
  const rows = await database.db
    .select({
      entry: entryColumns,
      at: sql<string>`to_char(${entries.at} at time zone 'UTC', ${instantFormat})`,
    })
    .from(entries)
    .where(
      and(
        wanted,
        at === undefined
          ? undefined
          : sql`(${entries.at}, ${entries.id}) < (${at}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy(desc(entries.at), desc(entries.id))
    .limit(first + 1);
  return pageOf(
    rows,
    first,
    { item: ({ entry }) => entry, position: ({ at, entry }) => [at, entry.id] },
    () => database.db.$count(entries, wanted),
  );
};

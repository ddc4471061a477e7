import { and, desc, sql } from 'drizzle-orm';
import { unlocks } from '../../../schema/tables/index.js';
import { authorize, type Caller } from '../../access/caller.js';
import { instantFormat } from '../../platform/page.js';
import { matchingUnlocks, type Unlock, type UnlockFilter, unlockColumns, unlockCursors } from '../unlock.js';
import { type Reading, readPages, type WithCursor } from './read-pages.js';
import { chooseColumns, type Column, type Export, type ExportDeps } from './table.js';
import { writePages } from './write-pages.js';

const rowsPerPage = 500;

/** The unlocks, newest first, with all their identifiers. Throws FORBIDDEN, or BAD_REQUEST for the filter or the cursor. */
export const exportUnlocks: Export<{ filter: UnlockFilter }> = async (deps, caller, input) => {
  authorize(caller, 'read');
  const reading = readUnlocks(caller, input.filter, rowsPerPage);
  const chosen = chooseColumns(columnsWith(deps), input.columns);
  return writePages(input.format, chosen, await readPages(deps, input.after, reading));
};

const columnsWith = (deps: ExportDeps): Column<WithCursor<UnlockRow>>[] => [
  ...unlockFields(deps),
  { name: 'fetchedAt', value: ({ fetchedAt }) => fetchedAt },
  { name: 'aliases', value: ({ identifiers }) => identifiers.map(({ lookupKey }) => lookupKey) },
  {
    name: 'resolvedAliases',
    value: ({ identifiers }) =>
      identifiers.filter(({ source }) => source === 'RESOLVED').map(({ lookupKey }) => lookupKey),
  },
  { name: 'cursor', value: ({ cursor }) => cursor },
];

export type UnlockRow = Unlock & { instant: string };

/** Reads the unlocks that match the filter, in the order and with the cursors of the API's `unlocks`. */
export const readUnlocks = (
  caller: Caller,
  filter: UnlockFilter,
  rowsPerPage: number,
): Reading<UnlockRow> => {
  return {
    cursors: unlockCursors,
    rowsPerPage,
    read: async (database, position, rowsMax) => {
      const { condition: wanted } = await matchingUnlocks(database, caller, filter);
      const [at, id] = position ?? [];
      return await database.db
        .select({
          ...unlockColumns,
          instant: sql<string>`to_char(${unlocks.unlockedAt} at time zone 'UTC', ${instantFormat})`,
        })
        .from(unlocks)
        .where(
          and(
            wanted,
            at === undefined
              ? undefined
              : sql`(${unlocks.unlockedAt}, ${unlocks.id}) < (${at}::timestamptz, ${id}::uuid)`,
          ),
        )
        .orderBy(desc(unlocks.unlockedAt), desc(unlocks.id))
        .limit(rowsMax);
    },
    positionOf: ({ instant, id }) => [instant, id],
  };
};

/** The first columns of unlocks and of records. */
export const unlockFields = ({ showId }: ExportDeps): Column<Unlock>[] => [
  { name: 'unlockId', value: ({ id }) => showId('unlock', id) },
  { name: 'recordId', value: ({ recordId }) => recordId },
  { name: 'operation', value: ({ operation }) => operation },
  { name: 'provider', value: ({ provider }) => provider },
  { name: 'accountId', value: ({ accountId }) => accountId },
  { name: 'sandbox', value: ({ sandbox }) => sandbox },
  { name: 'creditsPaid', value: ({ price }) => price },
  { name: 'origin', value: ({ origin }) => origin },
  { name: 'entryId', value: ({ entryId }) => (entryId === null ? null : showId('entry', entryId)) },
  { name: 'unlockedAt', value: ({ unlockedAt }) => unlockedAt },
];

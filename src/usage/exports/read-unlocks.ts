import { and, desc, sql } from 'drizzle-orm';
import { unlocks } from '../../../schema/index.js';
import type { Caller } from '../../access/caller.js';
import type { Database } from '../../platform/database.js';
import { idShape, instantFormat, instantShape } from '../../platform/page.js';
import { matchingUnlocks, type Unlock, unlockColumns, type UnlockFilter } from '../unlock.js';
import type { Reading } from './read-pages.js';
import type { Column, ExportDeps } from './table.js';

export type UnlockRow = Unlock & { instant: string };

/** Reads the workspace's unlocks that pass the filter, newest first, in the order and with the cursors of `unlocks`. */
export const readUnlocks = (
  database: Database,
  caller: Caller,
  filter: UnlockFilter,
  rowsPerPage: number,
): Reading<UnlockRow> => {
  const wanted = matchingUnlocks(database, caller, filter);
  return {
    shapes: [instantShape, idShape],
    rowsPerPage,
    read: async (position, rowsMax) => {
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

/** What every export of unlocks begins with. */
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

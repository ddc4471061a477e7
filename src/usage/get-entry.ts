import { and, eq } from 'drizzle-orm';
import { entries } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type Entry, entryColumns } from './entry.js';

/** One row of the ledger; null where the workspace has none with this id. Throws FORBIDDEN. */
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
  return row ?? null;
};

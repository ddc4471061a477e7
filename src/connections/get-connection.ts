import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type Connection, connectionColumns, isConnection } from './connection.js';

/** One connection; null where the workspace has none with this id, or has deleted it. Throws FORBIDDEN. */
export const getConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(isConnection(caller.workspaceId, id));
  return rows[0] ?? null;
};

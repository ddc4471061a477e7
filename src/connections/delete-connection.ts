import { sql } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import {
  type Connection,
  changed,
  connectionColumns,
  connectionNotFound,
  isConnection,
} from './connection.js';

/**
 * Wipes a connection's key and frees its name. The row stays, so that history keeps a name, and so does the account
 * with its unlocks: the same key, stored again, meets them. After the default is deleted there is none until one is
 * chosen: no other connection pays in its place in silence. Throws FORBIDDEN or NOT_FOUND.
 */
export const deleteConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  if (!isId(id)) throw connectionNotFound();
  const rows = await database.db
    .update(connections)
    .set({ keySealed: null, isDefault: false, deletedAt: sql`now()` })
    .where(isConnection(caller.workspaceId, id))
    .returning(connectionColumns);
  return changed(rows);
};

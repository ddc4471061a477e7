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
 * Lets a connection pay for nothing until it is enabled again. A disabled default stays the default, so that asks
 * without a connection are refused rather than paid by another in silence. Every instance heeds it within a second;
 * doing it twice changes nothing. Throws FORBIDDEN or NOT_FOUND.
 */
export const disableConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  if (!isId(id)) throw connectionNotFound();
  const rows = await database.db
    .update(connections)
    .set({ disabledAt: sql`coalesce(${connections.disabledAt}, now())` })
    .where(isConnection(caller.workspaceId, id))
    .returning(connectionColumns);
  return changed(rows);
};

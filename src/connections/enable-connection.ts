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
 * Lets a disabled connection pay again; doing it twice changes nothing. Throws FORBIDDEN or NOT_FOUND.
 */
export const enableConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  if (!isId(id)) throw connectionNotFound();
  const rows = await database.db
    .update(connections)
    .set({ disabledAt: null })
    .where(isConnection(caller.workspaceId, id))
    .returning(connectionColumns);
  return changed(rows);
};

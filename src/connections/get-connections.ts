import { and, eq, inArray } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type Connection, connectionColumns } from './connection.js';

/**
 * The connections with these ids, by id, deleted ones too: history needs their names. What this workspace does not
 * have is left out. Throws FORBIDDEN.
 */
export const getConnections = async (
  { database }: { database: Database },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Connection>> => {
  authorize(caller, 'read');
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(and(eq(connections.workspaceId, caller.workspaceId), inArray(connections.id, ids.filter(isId))));
  return new Map(rows.map((connection) => [connection.id, connection]));
};

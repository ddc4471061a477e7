import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { idShape, type Listed, type Page, pageOf, readPage } from '../platform/page.js';
import { type Connection, connectionColumns } from './connection.js';

/** The workspace's connections, oldest first, without deleted ones. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listConnections = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page & { provider?: string | null | undefined },
): Promise<Listed<Connection>> => {
  authorize(caller, 'read');
  const { first, position } = readPage(page, [idShape]);
  const wanted = and(
    eq(connections.workspaceId, caller.workspaceId),
    isNull(connections.deletedAt),
    typeof page.provider === 'string' ? eq(connections.provider, page.provider) : undefined,
  );
  // Ids are made in the order of time, so they are the order and the cursor at once.
  const [after] = position ?? [];
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(and(wanted, after === undefined ? undefined : gt(connections.id, after)))
    .orderBy(asc(connections.id))
    .limit(first + 1);
  return pageOf(rows, first, { item: (connection) => connection, position: ({ id }) => [id] }, () =>
    database.db.$count(connections, wanted),
  );
};

import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { alertDestinations, connections } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, type Listed, type Page } from '../platform/page.js';
import { type Destination, destinationColumns, isDestination } from './destination.js';

type Deps = { database: Pick<Database, 'db'> };

/** One destination; null if the workspace does not have it. Throws FORBIDDEN. */
export const getDestination = async (
  { database: { db } }: Deps,
  caller: Caller,
  id: string,
): Promise<Destination | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await db
    .select(destinationColumns)
    .from(alertDestinations)
    .where(isDestination(caller.workspaceId, id));
  return row ?? null;
};

const cursors = cursorsOf('alertDestinations', [idShape]);

/** The workspace's destinations, oldest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listDestinations = async (
  { database: { db } }: Deps,
  caller: Caller,
  page: Page,
): Promise<Listed<Destination>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const ours = eq(alertDestinations.workspaceId, caller.workspaceId);
  const [after] = position ?? [];
  const rows = await db
    .select(destinationColumns)
    .from(alertDestinations)
    .where(and(ours, after === undefined ? undefined : gt(alertDestinations.id, after)))
    .orderBy(asc(alertDestinations.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: (one) => one, position: ({ id }) => [id] }, () =>
    db.$count(alertDestinations, ours),
  );
};

/** The ids of the connections of these accounts, oldest first. Throws FORBIDDEN. */
export const readConnectionIds = async (
  { database: { db } }: Deps,
  caller: Caller,
  accountIds: readonly string[],
): Promise<string[]> => {
  authorize(caller, 'read');
  if (accountIds.length === 0) return [];
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, caller.workspaceId),
        inArray(connections.accountId, [...accountIds]),
        isNull(connections.deletedAt),
      ),
    )
    .orderBy(asc(connections.id));
  return rows.map(({ id }) => id);
};

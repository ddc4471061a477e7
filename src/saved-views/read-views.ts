import { and, asc, eq, gt } from 'drizzle-orm';
import { savedViews } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, type Listed, type Page } from '../platform/page.js';
import { isView, type SavedView, viewColumns } from './saved-view.js';

/** One view; null where the workspace has none with this id. Throws FORBIDDEN. */
export const getView = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<SavedView | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await database.db.select(viewColumns).from(savedViews).where(isView(caller.workspaceId, id));
  return row ?? null;
};

const cursors = cursorsOf('savedViews', [idShape]);

/** The workspace's views, oldest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listViews = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<SavedView>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const ours = eq(savedViews.workspaceId, caller.workspaceId);
  // Ids are ordered by time, so they are both the order and the cursor.
  const [after] = position ?? [];
  const rows = await database.db
    .select(viewColumns)
    .from(savedViews)
    .where(and(ours, after === undefined ? undefined : gt(savedViews.id, after)))
    .orderBy(asc(savedViews.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: (row) => row, position: ({ id }) => [id] }, () =>
    database.db.$count(savedViews, ours),
  );
};

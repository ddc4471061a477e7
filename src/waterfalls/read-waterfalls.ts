import { and, asc, eq, gt } from 'drizzle-orm';
import { waterfalls } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, type Listed, type Page } from '../platform/page.js';
import { isWaterfall, readWaterfall, type Waterfall, waterfallColumns } from './waterfall.js';

/** One waterfall; null where the workspace has none with this id. Throws FORBIDDEN. */
export const getWaterfall = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Waterfall | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await database.db
    .select(waterfallColumns)
    .from(waterfalls)
    .where(isWaterfall(caller.workspaceId, id));
  return row === undefined ? null : readWaterfall(row);
};

const cursors = cursorsOf('waterfalls', [idShape]);

/** The workspace's waterfalls, oldest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listWaterfalls = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Waterfall>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const ours = eq(waterfalls.workspaceId, caller.workspaceId);
  // Ids are ordered by time, so they are both the order and the cursor.
  const [after] = position ?? [];
  const rows = await database.db
    .select(waterfallColumns)
    .from(waterfalls)
    .where(and(ours, after === undefined ? undefined : gt(waterfalls.id, after)))
    .orderBy(asc(waterfalls.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: readWaterfall, position: ({ id }) => [id] }, () =>
    database.db.$count(waterfalls, ours),
  );
};

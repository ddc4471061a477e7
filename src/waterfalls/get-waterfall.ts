import { waterfalls } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
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

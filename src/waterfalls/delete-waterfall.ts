import { waterfalls } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import type { WaterfallFinder } from './create-waterfall-finder.js';
import { isWaterfall, waterfallNotFound } from './waterfall.js';

/**
 * Deletes a waterfall: asks that name it are refused from then on, and asks that it was the default for go to the one
 * provider they would go to without it. Throws FORBIDDEN or NOT_FOUND.
 */
export const deleteWaterfall = async (
  { database, waterfalls: finder }: { database: Database; waterfalls: Pick<WaterfallFinder, 'changed'> },
  caller: Caller,
  id: string,
): Promise<{ id: string }> => {
  authorize(caller, 'manageWaterfalls');
  if (!isId(id)) throw waterfallNotFound();
  const [deleted] = await database.db
    .delete(waterfalls)
    .where(isWaterfall(caller.workspaceId, id))
    .returning({ id: waterfalls.id });
  if (deleted === undefined) throw waterfallNotFound();
  finder.changed(caller.workspaceId);
  return deleted;
};

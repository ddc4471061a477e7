import { waterfalls } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import type { WaterfallFinder } from './create-waterfall-finder.js';
import { isWaterfall, waterfallNotFound } from './waterfall.js';

/**
 * Deletes a waterfall. Lookups that name it are refused from then on; lookups that it was the default for call Firmable,
 * as without a default. Throws FORBIDDEN or NOT_FOUND.
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

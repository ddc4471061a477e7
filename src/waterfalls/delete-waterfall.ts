import { waterfalls } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import type { WaterfallFinder } from './create-waterfall-finder.js';
import {
  factsOfWaterfall,
  isWaterfall,
  readWaterfall,
  waterfallColumns,
  waterfallNotFound,
} from './waterfall.js';

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
  const deleted = await database.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(waterfalls)
      .where(isWaterfall(caller.workspaceId, id))
      .returning(waterfallColumns);
    if (row === undefined) throw waterfallNotFound();
    await recordChange(tx, caller, {
      action: 'waterfall.delete',
      subject: toPublicId('waterfall', row.id),
      before: factsOfWaterfall(readWaterfall(row)),
      after: null,
    });
    return { id: row.id };
  });
  finder.changed(caller.workspaceId);
  return deleted;
};

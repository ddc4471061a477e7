import { savedViews } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { authorizeView, factsOfView, isView, viewColumns, viewNotFound } from './saved-view.js';

/** Deletes a view of the caller's token, or of any if it may manage those. Throws FORBIDDEN or NOT_FOUND. */
export const deleteView = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<{ id: string }> => {
  authorize(caller, 'saveViews');
  if (!isId(id)) throw viewNotFound();
  return await database.db.transaction(async (tx) => {
    const [row] = await tx.delete(savedViews).where(isView(caller.workspaceId, id)).returning(viewColumns);
    if (row === undefined) throw viewNotFound();
    authorizeView(caller, row);
    await recordChange(tx, caller, {
      action: 'view.delete',
      subject: toPublicId('view', row.id),
      before: factsOfView(row),
      after: null,
    });
    return { id: row.id };
  });
};

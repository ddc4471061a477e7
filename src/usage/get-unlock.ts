import { unlocks } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { isUnlock, type Unlock, unlockColumns } from './unlock.js';

/** One unlock; null where the workspace has none with this id. Throws FORBIDDEN. */
export const getUnlock = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Unlock | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await database.db.select(unlockColumns).from(unlocks).where(isUnlock(caller.workspaceId, id));
  return row ?? null;
};

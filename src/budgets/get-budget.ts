import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type Budget, isBudget } from './budget.js';
import { readBudgets } from './read-budgets.js';

/** One budget; null where the workspace has none with this id, or has deleted it. Throws FORBIDDEN. */
export const getBudget = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Budget | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [budget] = await readBudgets(database.db, caller.workspaceId, isBudget(caller.workspaceId, id), 1);
  return budget ?? null;
};

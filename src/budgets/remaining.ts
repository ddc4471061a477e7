import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { type Budget, standing } from './budget.js';
import { readBudgets } from './read-budgets.js';

/** What a budget has left in its current period, and whose spending counts against it. */
export type RemainingBudget = Pick<Budget, 'id' | 'name' | 'scope' | 'subject' | 'mode' | 'remaining'>;

const budgetsMax = 10_000;

/** Every budget of the caller's workspace with what is left of it now. Throws FORBIDDEN. */
export const remainingBudgets = async (
  { database }: { database: Pick<Database, 'db'> },
  caller: Caller,
): Promise<RemainingBudget[]> => {
  authorize(caller, 'enrich');
  const { workspaceId } = caller;
  const budgets = await readBudgets(database.db, workspaceId, standing(workspaceId), budgetsMax);
  return budgets.map(({ id, name, scope, subject, mode, remaining }) => ({
    id,
    name,
    scope,
    subject,
    mode,
    remaining,
  }));
};

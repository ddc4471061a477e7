import { sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { budgetNotFound, factsOfBudget, isBudget, refuseFixed } from './budget.js';

/**
 * Deletes a budget: it limits nothing from the next lookup on, and its name is free. The row and its periods stay as
 * history. No more of its alerts are sent. Throws FORBIDDEN (also for the operator's
 * budget and that of a token) or NOT_FOUND.
 */
export const deleteBudget = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<{ id: string }> => {
  authorize(caller, 'manageBudgets');
  if (!isId(id)) throw budgetNotFound();
  const [standing] = await database.db
    .select({ setByOperator: budgets.setByOperator, tokenId: budgets.tokenId })
    .from(budgets)
    .where(isBudget(caller.workspaceId, id));
  // These columns never change, so the values read stay true.
  if (standing !== undefined) refuseFixed(standing);
  return await database.db.transaction(async (tx) => {
    const [deleted] = await tx
      .update(budgets)
      .set({ deletedAt: sql`now()` })
      .where(isBudget(caller.workspaceId, id))
      .returning();
    if (deleted === undefined) throw budgetNotFound();
    await recordChange(tx, caller, {
      action: 'budget.delete',
      subject: toPublicId('budget', deleted.id),
      before: factsOfBudget(deleted),
      after: null,
    });
    return { id: deleted.id };
  });
};

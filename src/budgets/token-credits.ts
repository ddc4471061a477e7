import { and, eq, isNull, sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { toPublicId } from '../access/public-ids.js';
import { withUniqueName } from '../platform/database-errors.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { countFromPeriodStart, raiseBudgetAlerts } from './budget-alerts.js';

type Tx = Pick<Drizzle, 'select' | 'insert' | 'update' | 'execute'>;

/**
 * Limits the credits that a token spends on a day (UTC) by a budget of its own, HARD and of scope TOKEN, which setBudget
 * and deleteBudget refuse to change; null removes the limit. It counts the present day from its start. In the transaction
 * that creates or changes the token, which is repeated if it is cancelled for a deadlock. Throws NAME_TAKEN if the
 * workspace gave another budget the name.
 */
export const limitTokenCredits = async (
  tx: Tx,
  { workspaceId, tokenId, tokenName }: { workspaceId: string; tokenId: string; tokenName: string },
  limit: bigint | null,
): Promise<void> => {
  const ofToken = and(eq(budgets.workspaceId, workspaceId), eq(budgets.tokenId, tokenId));
  if (limit === null) {
    await tx
      .update(budgets)
      .set({ deletedAt: sql`now()` })
      .where(and(ofToken, isNull(budgets.deletedAt)));
    return;
  }
  // The id makes it unique in the workspace.
  const name = `Daily credits of ${tokenName.slice(0, 40)} (${toPublicId('token', tokenId)})`;
  const [before] = await tx
    .select({ id: budgets.id, deletedAt: budgets.deletedAt })
    .from(budgets)
    .where(ofToken)
    .for('update');
  const state = { name, limit, deletedAt: null };
  const id = before?.id ?? newId();
  await withUniqueName({ noun: 'budget', name, constraint: 'budgets_name' }, async () => {
    if (before !== undefined) await tx.update(budgets).set(state).where(ofToken);
    else await tx.insert(budgets).values({ ...state, ...kind, workspaceId, id, tokenId, subject: tokenId });
  });
  if (before?.deletedAt === null) await raiseBudgetAlerts(tx, workspaceId, id);
  else await countFromPeriodStart(tx, workspaceId, id);
};

const kind = {
  scope: 'TOKEN' as const,
  period: 'DAY' as const,
  timeZone: 'UTC',
  mode: 'HARD' as const,
  thresholds: [80, 100],
};

import { and, eq } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';

/** Whether any workspace has a limit of the operator's on its managed credits. */
export const managedLimitsStand = async ({ db }: Pick<Database, 'db'>): Promise<boolean> => {
  const [one] = await db
    .select({ id: budgets.id })
    .from(budgets)
    .where(and(eq(budgets.setByOperator, true), eq(budgets.mode, 'HARD')))
    .limit(1);
  return one !== undefined;
};

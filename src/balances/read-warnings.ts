import { and, eq } from 'drizzle-orm';
import { thresholdAlerts } from '../../schema/tables/index.js';
import type { Drizzle } from '../platform/database.js';
import type { Warning, WarningTold } from './balance.js';
import type { AccountPlace } from './read-facts.js';

/** Warnings of the present month with what became of them. */
export const readWarnings = async (
  db: Pick<Drizzle, 'select'>,
  { workspaceId, accountId }: AccountPlace,
  warnings: readonly Warning[],
): Promise<WarningTold[]> => {
  const [first] = warnings;
  if (first === undefined) return [];
  const rows = await db
    .select({
      threshold: thresholdAlerts.threshold,
      crossedAt: thresholdAlerts.raisedAt,
      deliveredAt: thresholdAlerts.deliveredAt,
    })
    .from(thresholdAlerts)
    .where(
      and(
        eq(thresholdAlerts.workspaceId, workspaceId),
        eq(thresholdAlerts.kind, 'BALANCE'),
        eq(thresholdAlerts.subjectId, accountId),
        eq(thresholdAlerts.periodStartsAt, first.startsAt),
      ),
    );
  return warnings.map((warning) => {
    const row = rows.find(({ threshold }) => threshold === warning.threshold);
    return { ...warning, crossedAt: row?.crossedAt ?? null, deliveredAt: row?.deliveredAt ?? null };
  });
};

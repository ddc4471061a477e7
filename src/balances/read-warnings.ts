import { and, eq } from 'drizzle-orm';
import { balanceCrossings } from '../../schema/index.js';
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
      threshold: balanceCrossings.threshold,
      crossedAt: balanceCrossings.crossedAt,
      deliveredAt: balanceCrossings.deliveredAt,
    })
    .from(balanceCrossings)
    .where(
      and(
        eq(balanceCrossings.workspaceId, workspaceId),
        eq(balanceCrossings.accountId, accountId),
        eq(balanceCrossings.startsAt, first.startsAt),
      ),
    );
  return warnings.map((warning) => {
    const row = rows.find(({ threshold }) => threshold === warning.threshold);
    return { ...warning, crossedAt: row?.crossedAt ?? null, deliveredAt: row?.deliveredAt ?? null };
  });
};

import { type SQL, sql } from 'drizzle-orm';
import { usageRollupEnds } from '../../schema/tables/index.js';
import type { Drizzle } from '../platform/database.js';

/** How far the rollups of a workspace go, in milliseconds as text; null: it has none. */
export const rollupsEnd = (workspaceId: string): SQL => sql`(
  select (extract(epoch from nullif(${usageRollupEnds.endsAt}, '-infinity')) * 1000)::bigint::text
  from ${usageRollupEnds} where ${usageRollupEnds.workspaceId} = ${workspaceId})`;

export const readRollupsEnd = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
): Promise<Date | null> => {
  const [row] = await db.execute<{ ends_at: string | null }>(
    sql`select ${rollupsEnd(workspaceId)} as ends_at`,
  );
  return toRollupsEnd(row?.ends_at);
};

export const toRollupsEnd = (ms: string | null | undefined): Date | null =>
  ms === null || ms === undefined ? null : new Date(Number(ms));

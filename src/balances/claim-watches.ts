import { and, eq, sql } from 'drizzle-orm';
import { balancePlans } from '../../schema/tables/index.js';
import type { Drizzle } from '../platform/database.js';
import type { AccountPlace } from './read-facts.js';

/**
 * Takes up to `rowsMax` accounts with thresholds and a connection that nobody, in whichever instance, has looked at for `everySeconds`.
 * Rows that another instance is taking at this moment are passed by.
 */
export const claimWatches = async (
  db: Pick<Drizzle, 'execute'>,
  { rowsMax, everySeconds }: { rowsMax: number; everySeconds: number },
): Promise<AccountPlace[]> => {
  const rows = await db.execute<{ workspace_id: string; account_id: string }>(sql`
    with due as materialized (
      select workspace_id, account_id
      from balance_plans p
      where cardinality(thresholds) > 0
        and (checked_at is null or checked_at < statement_timestamp() - make_interval(secs => ${everySeconds}))
        and exists (
          select from connections n
          where n.workspace_id = p.workspace_id and n.account_id = p.account_id and n.deleted_at is null
        )
      order by checked_at nulls first
      limit ${rowsMax}
      for update skip locked
    )
    update balance_plans p set checked_at = statement_timestamp()
    from due d
    where p.workspace_id = d.workspace_id and p.account_id = d.account_id
    returning p.workspace_id, p.account_id`);
  return rows.map((row) => ({ workspaceId: row.workspace_id, accountId: row.account_id }));
};

/** Lets an account be looked at with the next turn, since something was just said of it. */
export const watchSoon = async (
  db: Pick<Drizzle, 'update'>,
  { workspaceId, accountId }: AccountPlace,
): Promise<void> => {
  await db
    .update(balancePlans)
    .set({ checkedAt: null })
    .where(and(eq(balancePlans.workspaceId, workspaceId), eq(balancePlans.accountId, accountId)));
};

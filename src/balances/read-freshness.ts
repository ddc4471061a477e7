import { sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';

/** Whether the provider told the account's balance within the last `ageMsMax`, to whichever instance. */
export const readFreshness = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId, accountId, ageMsMax }: { workspaceId: string; accountId: string; ageMsMax: number },
): Promise<boolean> => {
  const [row] = await db.execute<{ fresh: boolean }>(sql`
    select r.observed_at > statement_timestamp() - make_interval(secs => ${ageMsMax / 1_000}) and r.source = 'REPORTED' as fresh
    from balance_readings r
    where r.workspace_id = ${workspaceId} and r.account_id = ${accountId}
    order by r.observed_at desc, r.id desc
    limit 1`);
  return row?.fresh === true;
};

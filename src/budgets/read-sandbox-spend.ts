import { type Caller, authorize } from '../access/caller.js';
import type { Database } from '../platform/database.js';

/**
 * The sandbox's part of what budgets have spent in their current periods, by the budget's id; without the budgets that have
 * spent nothing. Each is at most the budget's own sum. Throws FORBIDDEN.
 */
export const getSandboxSpend = async (
  { database: { sql } }: { database: Pick<Database, 'sql'> },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, bigint>> => {
  authorize(caller, 'read');
  if (ids.length === 0) return new Map();
  // A budget that counts from its creation, not from the start of its first period, has no opening spend.
  const rows = await sql<{ id: string; credits: string }[]>`
    select b.id, least(p.spent, spent_since(b.workspace_id, b.scope, b.subject,
      case when p.opening_spend is null then greatest(p.starts_at, b.created_at) else p.starts_at end, true))::text as credits
    from budgets b
    join budget_periods p on p.workspace_id = b.workspace_id and p.budget_id = b.id
      and p.starts_at = period_starts_at(b.period, b.time_zone, statement_timestamp())
    where b.workspace_id = ${caller.workspaceId} and b.id in ${sql([...ids])} and p.spent > 0`;
  return new Map(rows.map(({ id, credits }) => [id, BigInt(credits)]));
};

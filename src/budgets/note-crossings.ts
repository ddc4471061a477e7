import { sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';

/**
 * Notes the thresholds that a budget's present period has reached without a settlement to note them: where its limit was
 * lowered or a threshold was added, in the same transaction. What was noted before stays as it is.
 */
export const noteCrossings = async (
  tx: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  budgetId: string,
): Promise<void> => {
  // The period is locked: a settlement has either spent before this look, or reads the new limit after it.
  await tx.execute(sql`
    with spending as materialized (
      select b.workspace_id, b.id, p.starts_at, b.thresholds, b."limit", p.spent, w.url is not null as has_webhook
      from budgets b
      join budget_periods p on p.workspace_id = b.workspace_id and p.budget_id = b.id
        and p.starts_at = period_starts_at(b.period, b.time_zone, statement_timestamp())
      left join webhook_endpoints w on w.workspace_id = b.workspace_id and w.kind = 'BUDGET' and w.subject_id = b.id
      where b.workspace_id = ${workspaceId} and b.id = ${budgetId}
      for update of p
    )
    insert into threshold_alerts (
      workspace_id, id, kind, subject_id, period_starts_at, threshold, facts, raised_at, next_attempt_at)
    select s.workspace_id, uuid_v7(), 'BUDGET', s.id, s.starts_at, t.threshold,
      jsonb_build_object('limit', s."limit"::text, 'spent', s.spent::text), statement_timestamp(),
      case when s.has_webhook then statement_timestamp() end
    from spending s
    cross join unnest(s.thresholds) as t (threshold)
    where s.spent > 0 and s.spent * 100 >= s."limit" * t.threshold
    on conflict do nothing`);
};

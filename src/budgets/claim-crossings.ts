import type { Sql } from '../platform/database.js';
import type { BudgetMode, BudgetPeriod, BudgetScope } from './budget.js';

/** A crossing whose turn has come, with the budget as it is now. */
export type DueCrossing = {
  id: string;
  workspaceId: string;
  budgetId: string;
  startsAt: Date;
  threshold: number;
  limit: bigint;
  spent: bigint;
  crossedAt: Date;
  /** This try included. */
  tries: number;
  renewsAt: Date | null;
  name: string;
  scope: BudgetScope;
  subject: string | null;
  period: BudgetPeriod;
  timeZone: string;
  mode: BudgetMode;
  webhookUrl: string | null;
  webhookSecretSealed: Buffer | null;
};

/**
 * Takes up to `rowsMax` crossings that are due, for `leaseSeconds`: until then no other instance takes them, and if
 * this one dies they come due again. Rows that another instance is taking at this moment are passed by.
 */
export const claimCrossings = async (
  sql: Sql,
  { rowsMax, leaseSeconds }: { rowsMax: number; leaseSeconds: number },
): Promise<DueCrossing[]> => {
  const rows = await sql<(Omit<DueCrossing, 'limit' | 'spent'> & { limit: string; spent: string })[]>`
    with due as materialized (
      select workspace_id, id, subject_id
      from threshold_alerts
      where kind = 'BUDGET' and next_attempt_at <= clock_timestamp()
      order by next_attempt_at
      limit ${rowsMax}
      for update skip locked
    )
    update threshold_alerts c
    set attempts = c.attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join budgets b on b.workspace_id = d.workspace_id and b.id = d.subject_id
    left join webhook_endpoints w
      on w.workspace_id = d.workspace_id and w.kind = 'BUDGET' and w.subject_id = d.subject_id
    where c.workspace_id = d.workspace_id and c.id = d.id
    returning c.id, c.workspace_id as "workspaceId", c.subject_id as "budgetId", c.period_starts_at as "startsAt",
      c.threshold, c.facts ->> 'limit' as limit, c.facts ->> 'spent' as spent, c.raised_at as "crossedAt",
      c.attempts as tries, period_ends_at(b.period, b.time_zone, c.period_starts_at) as "renewsAt",
      b.name, b.scope, b.subject, b.period, b.time_zone as "timeZone", b.mode, w.url as "webhookUrl",
      w.secret_sealed as "webhookSecretSealed"`;
  return rows.map((row) => ({ ...row, limit: BigInt(row.limit), spent: BigInt(row.spent) }));
};

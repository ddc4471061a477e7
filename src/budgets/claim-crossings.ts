import type { Sql } from '../platform/database.js';
import type { BudgetMode, BudgetPeriod, BudgetScope } from './budget.js';

/** A crossing whose turn has come, with the budget as it is now. */
export type DueCrossing = {
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
      select workspace_id, budget_id, starts_at, threshold
      from budget_crossings
      where next_try_at <= clock_timestamp()
      order by next_try_at
      limit ${rowsMax}
      for update skip locked
    )
    update budget_crossings c
    set tries = c.tries + 1, next_try_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join budgets b on b.workspace_id = d.workspace_id and b.id = d.budget_id
    where c.workspace_id = d.workspace_id and c.budget_id = d.budget_id and c.starts_at = d.starts_at
      and c.threshold = d.threshold
    returning c.workspace_id as "workspaceId", c.budget_id as "budgetId", c.starts_at as "startsAt", c.threshold,
      c.limit, c.spent, c.crossed_at as "crossedAt", c.tries,
      period_ends_at(b.period, b.time_zone, c.starts_at) as "renewsAt",
      b.name, b.scope, b.subject, b.period, b.time_zone as "timeZone", b.mode, b.webhook_url as "webhookUrl",
      b.webhook_secret_sealed as "webhookSecretSealed"`;
  return rows.map((row) => ({ ...row, limit: BigInt(row.limit), spent: BigInt(row.spent) }));
};

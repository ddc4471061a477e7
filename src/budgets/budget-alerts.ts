import { sql } from 'drizzle-orm';
import { factOf, type WriteMessage } from '../alerts/alert.js';
import type { Database, Drizzle } from '../platform/database.js';
import { type Budget, shownStart } from './budget.js';

/** Ids as clients see them. */
type ShowId = (kind: 'budget' | 'connection' | 'token', id: string) => string;

/**
 * Raises the alerts that the present period of a budget has reached without a settlement to raise them: its limit was
 * lowered or a threshold was added, in the same transaction. Alerts that were raised before stay as they are.
 */
export const raiseBudgetAlerts = async (
  tx: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  budgetId: string,
): Promise<void> => {
  // The period is locked: a settlement has either spent before this read, or reads the new limit after it.
  await tx.execute(sql`
    with spending as materialized (
      select b.workspace_id, b.id, p.starts_at, b.thresholds, b."limit", p.spent
      from budgets b
      join budget_periods p on p.workspace_id = b.workspace_id and p.budget_id = b.id
        and p.starts_at = period_starts_at(b.period, b.time_zone, statement_timestamp())
      where b.workspace_id = ${workspaceId} and b.id = ${budgetId}
      for update of p
    )
    insert into alerts (workspace_id, id, event, subject, starts_at, threshold, facts, raised_at)
    select s.workspace_id, uuid_v7(), 'BUDGET_THRESHOLD', s.id::text, s.starts_at, t.threshold,
      jsonb_build_object('limit', s."limit"::text, 'spent', s.spent::text), statement_timestamp()
    from spending s
    cross join unnest(s.thresholds) as t (threshold)
    where s.spent > 0 and s.spent * 100 >= s."limit" * t.threshold
    on conflict do nothing`);
};

/**
 * Lets a budget count its current period from the start, in the transaction that creates or changes it, and raises the
 * alerts that it has reached. May be cancelled for a deadlock, and is then repeated with its transaction.
 */
export const countFromPeriodStart = async (
  tx: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  budgetId: string,
): Promise<void> => {
  await tx.execute(sql`select count_from_period_start(${workspaceId}, ${budgetId})`);
  await raiseBudgetAlerts(tx, workspaceId, budgetId);
};

type Subject = Pick<Budget, 'name' | 'scope' | 'subject' | 'period' | 'timeZone' | 'mode' | 'renewsAt'>;

/** Creates the writer of a budget's message, with the budget as it is now; null if it was deleted. */
export const createBudgetMessage =
  ({ sql: query }: Pick<Database, 'sql'>, showId: ShowId): WriteMessage =>
  async (alert) => {
    const [budget] = await query<Subject[]>`
      select b.name, b.scope, b.subject, b.period, b.time_zone as "timeZone", b.mode,
        period_ends_at(b.period, b.time_zone, ${alert.startsAt}::timestamptz) as "renewsAt"
      from budgets b
      where b.workspace_id = ${alert.workspaceId} and b.id = ${alert.subject}::uuid and b.deleted_at is null`;
    if (budget === undefined) return null;
    const limit = factOf(alert, 'limit');
    const spent = factOf(alert, 'spent');
    const startsAt = shownStart(budget.period, alert.startsAt)?.toISOString() ?? null;
    const renewsAt = budget.renewsAt?.toISOString() ?? null;
    const body = {
      type: 'budget.threshold_reached',
      budget: {
        id: showId('budget', alert.subject),
        name: budget.name,
        scope: budget.scope,
        subject: shownSubject(budget, showId),
        period: budget.period,
        timeZone: budget.timeZone,
        mode: budget.mode,
      },
      threshold: alert.threshold,
      limit: Number(limit),
      spent: Number(spent),
      period: { startsAt, renewsAt },
      raisedAt: alert.raisedAt.toISOString(),
    };
    return {
      body,
      title: `Budget "${budget.name}" reached ${alert.threshold}% of its limit`,
      facts: [
        ['Spent', `${spent} of ${limit} credits`],
        ['Action at limit', budget.mode === 'HARD' ? 'block' : 'alert only'],
        ['Renews', renewsAt ?? 'never'],
      ],
    };
  };

const shownSubject = ({ scope, subject }: Subject, showId: ShowId): string | null => {
  if (subject === null) return null;
  if (scope === 'CONNECTION') return showId('connection', subject);
  return scope === 'TOKEN' ? showId('token', subject) : subject;
};

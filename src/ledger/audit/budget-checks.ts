import { type SQL, sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';

const coversOf = (jobId: SQL): SQL =>
  sql`budget_covers(b.scope, b.subject, e.connection_id, e.workflow, e.token_id, e.payer, ${jobId})`;
const covers = coversOf(sql`e.job_id`);
// The sums do not say which job spent the credits.
const coversSums = coversOf(sql`null::uuid`);

/** What the entries of archived months count in each budget period. */
const archived = sql`(
  select m.workspace_id, b."budgetId" as budget_id, b."startsAt" as starts_at, b.credits
  from archived_months m
  cross join lateral jsonb_to_recordset(m.budgets) as b ("budgetId" uuid, "startsAt" timestamptz, credits bigint)
)`;

/** Each entry lists the budget periods that counted it: with the opening, their spent credits must be the sum of these. */
const spent: LedgerCheck = (inScope) => sql`
  with counted as (
    select c.workspace_id, c.budget_id, c.starts_at, sum(c.credits) as credits
    from (
      select e.workspace_id, b.budget_id, b.starts_at, e.credits
      from entries e
      cross join lateral unnest(e.budget_ids, e.budget_starts) as b (budget_id, starts_at)
      union all
      select * from ${archived} a
    ) c
    where ${inScope(sql`c.workspace_id`)}
    group by 1, 2, 3
  ), kept as (
    select p.workspace_id, p.budget_id, p.starts_at, p.spent - coalesce(p.opening_spend, 0) as credits
    from budget_periods p
    where ${inScope(sql`p.workspace_id`)}
  )
  select workspace_id, format('budget %s, period from %s: %s credits are counted as spent, its entries say %s',
    budget_id, starts_at, coalesce(k.credits, 0), coalesce(c.credits, 0)) as line
  from kept k
  full join counted c using (workspace_id, budget_id, starts_at)
  where coalesce(k.credits, 0) <> coalesce(c.credits, 0)
  order by workspace_id, budget_id, starts_at`;

const isOnArchivedDay = (at: SQL): SQL => sql`exists (
  select from archived_months m where m.workspace_id = e.workspace_id and m.occurred @> ${at})`;

/**
 * An opening is the sum of the period's entries that the scope matches and that do not list the budget. On days with
 * archived entries the sums of the reports say what the scope matches, and the archive what lists the budget.
 */
const openings: LedgerCheck = (inScope) => sql`
  select p.workspace_id, format('budget %s, period from %s: %s credits are counted from before it, the entries say %s',
    p.budget_id, p.starts_at, p.opening_spend, c.credits) as line
  from budget_periods p
  join budgets b on b.workspace_id = p.workspace_id and b.id = p.budget_id and b.deleted_at is null
  cross join lateral (
    select coalesce(period_ends_at(b.period, b.time_zone, p.starts_at), 'infinity') as ends_at
  ) period
  cross join lateral (
    select coalesce(sum(s.credits), 0) as credits
    from (
      select e.credits
      from entries e
      where e.workspace_id = p.workspace_id and e.occurred_at >= p.starts_at and e.occurred_at < period.ends_at
        and ${covers}
        and not p.budget_id = any(e.budget_ids) and not ${isOnArchivedDay(sql`e.occurred_at`)}
      union all
      select e.credits
      from usage_buckets e
      where e.workspace_id = p.workspace_id and e.starts_at >= p.starts_at and e.starts_at < period.ends_at
        and ${coversSums}
        and ${isOnArchivedDay(sql`e.starts_at`)}
      union all
      select - e.credits
      from entries e
      where e.workspace_id = p.workspace_id and e.occurred_at >= p.starts_at and e.occurred_at < period.ends_at
        and p.budget_id = any(e.budget_ids) and ${isOnArchivedDay(sql`e.occurred_at`)}
      union all
      select - a.credits from ${archived} a
      where a.workspace_id = p.workspace_id and a.budget_id = p.budget_id and a.starts_at = p.starts_at
    ) s
  ) c
  where ${inScope(sql`p.workspace_id`)} and p.opening_spend <> c.credits
    -- The sums of archived days do not say what a job has spent.
    and not (b.scope::text = 'JOB' and exists (select from archived_months m where m.workspace_id = p.workspace_id))
  order by p.workspace_id, p.budget_id, p.starts_at`;

const reserved: LedgerCheck = (inScope) => sql`
  with counted as (
    select r.workspace_id, b.budget_id, b.starts_at, sum(r.credits) as credits
    from reservations r
    cross join lateral unnest(r.budget_ids, r.budget_starts) as b (budget_id, starts_at)
    where r.state = 'HELD' and ${inScope(sql`r.workspace_id`)}
    group by 1, 2, 3
  ), kept as (
    select p.workspace_id, p.budget_id, p.starts_at, p.reserved as credits
    from budget_periods p
    where ${inScope(sql`p.workspace_id`)}
  )
  select workspace_id, format('budget %s, period from %s: %s credits are counted as reserved, its reservations say %s',
    budget_id, starts_at, coalesce(k.credits, 0), coalesce(c.credits, 0)) as line
  from kept k
  full join counted c using (workspace_id, budget_id, starts_at)
  where coalesce(k.credits, 0) <> coalesce(c.credits, 0)
  order by workspace_id, budget_id, starts_at`;

/**
 * An entry was counted in the budgets whose scope its labels match. A budget counts entries from its commit on, which is
 * later than its own times: within a minute of those, either is right.
 */
const scopes: LedgerCheck = (inScope) => sql`
  select e.workspace_id, format('entry %s (%s credits) was %s budget %s', e.id, e.credits,
    case when f.counted then 'counted in, but does not concern,' else 'not counted in' end, b.id) as line
  from entries e
  join budgets b on b.workspace_id = e.workspace_id
  cross join lateral (
    select b.id = any(e.budget_ids) as counted, ${covers} as concerned
  ) f
  where ${inScope(sql`e.workspace_id`)} and e.credits <> 0 and case
    when f.counted then not f.concerned
    else f.concerned and e.occurred_at > b.created_at + interval '1 minute'
      and (b.deleted_at is null or e.occurred_at < b.deleted_at - interval '1 minute')
  end
  order by e.workspace_id, e.id, b.id`;

const negative: LedgerCheck = (inScope) => sql`
  select p.workspace_id, format('budget %s, period from %s: %s reserved and %s spent', p.budget_id, p.starts_at,
    p.reserved, p.spent) as line
  from budget_periods p
  where ${inScope(sql`p.workspace_id`)} and (p.reserved < 0 or p.spent < 0)
  order by p.workspace_id, p.budget_id, p.starts_at`;

export const budgetChecks: readonly LedgerCheck[] = [spent, openings, reserved, scopes, negative];

-- requires: budget_covers, period_starts_at, require_entries, spent_since

-- Lets a budget count its current period from the start: what its scope has spent since then, and the reservations in
-- flight. Called in the transaction that creates the budget, or that changes it. Each credit is counted once:
--
--   * The lock keeps reservations of the workspace waiting until this transaction ends, so each reservation is either
--     visible here or lists the budget itself.
--   * A visible reservation gets the budget into its list. Its settlement has either committed, so that its entry is
--     summed here, or waits for the row and then counts in the budget.
--
-- A budget of a job counts the job's entries, and fails where some of its time are archived.
--
-- `opening_spend` is the part of `spent` whose entries do not list the budget. `verify` recomputes it from the entries.
create or replace function count_from_period_start(p_workspace_id uuid, p_budget_id uuid) returns void
language plpgsql as $$
declare
  v_budget budgets;
  v_starts_at timestamptz;
  v_is_held boolean;
  v_reserved bigint := 0;
  v_total bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('budgets ' || p_workspace_id, 0));

  select b.* into strict v_budget from budgets b where b.workspace_id = p_workspace_id and b.id = p_budget_id;
  v_starts_at := period_starts_at(v_budget.period, v_budget.time_zone, clock_timestamp());

  -- In the order in which settle_credits locks them: held ones by id, then presumed charges by id. The entry of a presumed
  -- charge is summed below; its correction will count in the budget.
  foreach v_is_held in array array[true, false] loop
    with uncounted as materialized (
      select r.id
      from reservations r
      where r.workspace_id = p_workspace_id and (r.state = 'HELD') = v_is_held and r.reserved_at >= v_starts_at
        and not p_budget_id = any (r.budget_ids)
        and budget_covers(v_budget.scope, v_budget.subject, r.connection_id, r.workflow, r.token_id, r.payer, r.job_id)
      order by r.id
      for update
    ),
    counted as (
      update reservations r
      set budget_ids = r.budget_ids || p_budget_id, budget_starts = r.budget_starts || v_starts_at
      from uncounted u
      where r.workspace_id = p_workspace_id and r.id = u.id
      returning r.state, r.credits
    )
    select v_reserved + coalesce(sum(c.credits) filter (where c.state = 'HELD'), 0) into v_reserved from counted c;
  end loop;

  insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
  values (p_workspace_id, p_budget_id, v_starts_at, 0, 0)
  on conflict do nothing;
  perform from budget_periods p
  where p.workspace_id = p_workspace_id and p.budget_id = p_budget_id and p.starts_at = v_starts_at
  for update;

  if v_budget.scope::text = 'JOB' then
    select coalesce(sum(e.credits), 0) into v_total
    from entries e
    where e.workspace_id = p_workspace_id and e.job_id = v_budget.subject::uuid
      and (select require_entries(p_workspace_id, j.created_at, null) from jobs j
        where j.workspace_id = p_workspace_id and j.id = v_budget.subject::uuid);
  else
    v_total := spent_since(p_workspace_id, v_budget.scope, v_budget.subject, v_starts_at, null);
  end if;

  update budget_periods p
  set reserved = p.reserved + v_reserved, spent = v_total,
    opening_spend = v_total - (p.spent - coalesce(p.opening_spend, 0))
  where p.workspace_id = p_workspace_id and p.budget_id = p_budget_id and p.starts_at = v_starts_at;
end
$$;

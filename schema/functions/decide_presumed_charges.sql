-- requires: add_job_credits, uuid_v7

-- Ends presumed charges by the decision of an ADMIN or the operator. Writes a correction for each, with who decided and why,
-- and moves the budget periods as settle_credits does. Returns one row for each charge that was pending:
--   correction_id   null where a lookup is in flight that relies on the charge: it reserved nothing, because the presumed
--                   credits pay for the record. It will prove the charge itself; until then the credits cannot be returned
--   credits         the presumed credits
--
-- The reservation stays as DECIDED, with the credits that the ledger counts for it from now on, because the record is not
-- known yet: the lookup that finds the record takes a confirmed charge as its payment (reserve_credits, settle_credits).
-- Where only a late result of the same call could say more, the row is deleted after a day.
create or replace function decide_presumed_charges(
  p_workspace_id uuid,
  p_ids uuid[],
  p_is_charged boolean,
  p_decided_by uuid,
  p_reason text
) returns table (id uuid, correction_id uuid, credits bigint) language plpgsql as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_charges reservations[];
  v_relied_on uuid[] := array[]::uuid[];
begin
  select array_agg(c.charge order by (c.charge).id) into v_charges
  from (
    select r as charge from reservations r
    where r.workspace_id = p_workspace_id and r.id = any (p_ids) and r.state = 'PENDING_CONFIRMATION'
    order by r.id
    for update
  ) c;
  if v_charges is null then
    return;
  end if;
  v_now := clock_timestamp();

  -- Read after the locks: reserve_credits locks the charge that it relies on, so its reservation is visible by now.
  if not p_is_charged then
    select coalesce(array_agg(c.id), '{}') into v_relied_on
    from unnest(v_charges) c
    where c.refetch_credits = 0 and exists (
      select from reservations h
      where h.workspace_id = c.workspace_id and h.account_id = c.account_id and h.lookup_key = c.lookup_key
        and h.state = 'HELD' and h.credits = 0);
  end if;

  update reservations r
  set state = 'DECIDED',
    credits = case when p_is_charged then r.credits else 0 end,
    expires_at = case when p_is_charged and r.refetch_credits = 0 then 'infinity' else v_now + interval '1 day' end
  from unnest(v_charges) c
  where r.workspace_id = p_workspace_id and r.id = c.id and not c.id = any (v_relied_on);

  if not p_is_charged then
    perform from budget_periods p
    where p.workspace_id = p_workspace_id and (p.workspace_id, p.budget_id, p.starts_at) in (
      select c.workspace_id, b.budget_id, b.starts_at
      from unnest(v_charges) c
      cross join lateral unnest(c.budget_ids, c.budget_starts) as b (budget_id, starts_at)
      where not c.id = any (v_relied_on))
    order by p.workspace_id, p.budget_id, p.starts_at
    for update of p;
    update budget_periods p
    set spent = p.spent - s.credits
    from (
      select b.budget_id, b.starts_at, sum(c.credits)::bigint as credits
      from unnest(v_charges) c
      cross join lateral unnest(c.budget_ids, c.budget_starts) as b (budget_id, starts_at)
      where not c.id = any (v_relied_on)
      group by 1, 2
    ) s
    where p.workspace_id = p_workspace_id and p.budget_id = s.budget_id and p.starts_at = s.starts_at;
    perform add_job_credits(array_agg(c.workspace_id), array_agg(c.job_id), array_agg(c.job_row), array_agg(- c.credits))
    from unnest(v_charges) c
    where not c.id = any (v_relied_on);
  end if;

  return query
  with decided as materialized (
    select c.*, case when not c.id = any (v_relied_on) then uuid_v7() end as correction_id from unnest(v_charges) c
  ),
  written as (
    insert into entries (
      workspace_id, id, kind, occurred_at, recorded_at, corrects_entry_id, outcome, charge, credits, saved, account_id,
      lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id, job_row,
      budget_ids, budget_starts, decided_by, reason)
    select d.workspace_id, d.correction_id, 'CORRECTION', d.reserved_at, v_now, d.id, 'UNKNOWN',
      case when p_is_charged then 'CHARGED'::charge else 'NONE' end,
      case when p_is_charged then 0 else - d.credits end, 0, d.account_id,
      d.lookup_id, d.step, d.operation, d.provider, d.connection_id, d.payer, d.sandbox, d.token_id, d.workflow, d.job_id, d.job_row,
      d.budget_ids, d.budget_starts, p_decided_by, p_reason
    from decided d
    where d.correction_id is not null
    order by d.id
  )
  select d.id, d.correction_id, d.credits from decided d order by d.id;
end
$$;

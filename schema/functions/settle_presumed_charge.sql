-- requires: uuid_v7

-- Ends a presumed charge by the decision of an ADMIN, who has compared it with the usage that the provider shows: for
-- providers that charge for every fetch, where no later lookup can prove it. Writes the correction with who decided and
-- why, and moves the budget periods as settle_credits does. Returns the id of the correction; null where the charge is not
-- pending, or a lookup can prove it.
create or replace function settle_presumed_charge(
  p_workspace_id uuid,
  p_entry_id uuid,
  p_is_charged boolean,
  p_decided_by uuid,
  p_reason text
) returns uuid language plpgsql as $$
declare
  v_reservation reservations;
  v_id uuid := uuid_v7();
begin
  delete from reservations r
  where r.id = p_entry_id and r.workspace_id = p_workspace_id and r.state = 'PENDING_CONFIRMATION'
    and r.refetch_credits > 0
  returning r.* into v_reservation;
  if not found then
    return null;
  end if;
  if not p_is_charged then
    perform from budget_periods p
    join unnest(v_reservation.budget_ids, v_reservation.budget_starts) as b (budget_id, starts_at) using (budget_id, starts_at)
    where p.workspace_id = p_workspace_id
    order by p.budget_id, p.starts_at
    for update of p;
    update budget_periods p
    set spent = p.spent - v_reservation.credits
    from unnest(v_reservation.budget_ids, v_reservation.budget_starts) as b (budget_id, starts_at)
    where p.workspace_id = p_workspace_id and p.budget_id = b.budget_id and p.starts_at = b.starts_at;
  end if;
  insert into entries (
    workspace_id, id, kind, occurred_at, corrects_entry_id, outcome, charge, credits, saved, account_id,
    lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, workflow,
    budget_ids, budget_starts, decided_by, reason)
  select p_workspace_id, v_id, 'CORRECTION', r.reserved_at, r.id, 'UNKNOWN',
    case when p_is_charged then 'CHARGED'::charge else 'NONE' end,
    case when p_is_charged then 0 else - r.credits end, 0, r.account_id,
    r.lookup_id, r.step, r.operation, r.provider, r.connection_id, r.payer, r.sandbox, r.token_id, r.workflow,
    r.budget_ids, r.budget_starts, p_decided_by, p_reason
  from (select (v_reservation).*) r;
  return v_id;
end
$$;

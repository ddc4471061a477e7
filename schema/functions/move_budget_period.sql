-- requires: uuid_v7

-- Moves credits of one budget period from reserved to spent, and raises the threshold alerts that it reaches. The callers lock
-- several periods in the order of their keys.
create or replace function move_budget_period(
  p_workspace_id uuid, p_budget_id uuid, p_starts_at timestamptz, p_released bigint, p_spent bigint, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_budget record;
  v_spent bigint;
  v_threshold int;
begin
  update budget_periods p
  set reserved = p.reserved - p_released, spent = p.spent + p_spent
  where p.workspace_id = p_workspace_id and p.budget_id = p_budget_id and p.starts_at = p_starts_at
  returning p.spent into v_spent;
  if not found or p_spent <= 0 then
    return;
  end if;
  select b.limit, b.thresholds into v_budget
  from budgets b
  where b.workspace_id = p_workspace_id and b.id = p_budget_id and b.deleted_at is null;
  if not found then
    return;
  end if;
  foreach v_threshold in array v_budget.thresholds loop
    continue when v_spent * 100 < v_budget.limit * v_threshold;
    insert into alerts (workspace_id, id, event, subject, starts_at, threshold, facts, raised_at)
    select p_workspace_id, uuid_v7(), 'BUDGET_THRESHOLD', p_budget_id::text, p_starts_at, v_threshold,
      jsonb_build_object('limit', v_budget.limit::text, 'spent', v_spent::text), p_now
    where not exists (
      select from alerts t
      where t.workspace_id = p_workspace_id and t.event = 'BUDGET_THRESHOLD' and t.subject = p_budget_id::text
        and t.starts_at = p_starts_at and t.threshold = v_threshold)
    on conflict do nothing;
  end loop;
end
$$;

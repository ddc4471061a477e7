-- Adds a delivery for each destination of an alert, in the statement that raises it: no way of raising one can miss it.
create or replace function queue_alert_deliveries() returns trigger language plpgsql as $$
begin
  insert into alert_deliveries (workspace_id, alert_id, destination_id, next_attempt_at)
  select a.workspace_id, a.id, d.id, clock_timestamp()
  from new_alerts a
  join alert_destinations d on d.workspace_id = a.workspace_id and d.enabled and a.event = any (d.events)
  where case a.event
    when 'BUDGET_THRESHOLD' then d.budget_ids is null or a.subject::uuid = any (d.budget_ids)
    when 'BALANCE_THRESHOLD' then d.account_ids is null or a.subject::uuid = any (d.account_ids)
    when 'KEY_REFUSED' then d.account_ids is null or exists (
      select from connections c
      where c.workspace_id = a.workspace_id and c.id = a.subject::uuid and c.account_id = any (d.account_ids))
    else true
  end
  order by d.id
  -- A destination that is being deleted is waited for and left out: its foreign key must not fail a settlement.
  for key share of d;
  return null;
end
$$;

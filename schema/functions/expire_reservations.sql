-- requires: settle_each

-- Ends reservations that have outlived their lifetime, by settle_credits, so that one function writes all money. Rows that
-- another statement is settling are skipped. Returns how many reservations were ended. Deletes what remains of decided
-- charges when its time is over.
create or replace function expire_reservations(p_rows_max int) returns int language plpgsql as $$
declare
  v_settlements json;
begin
  -- Decided charges that only a late result of their own call could still correct.
  delete from reservations r
  using (
    select d.workspace_id, d.id from reservations d
    where d.state = 'DECIDED' and d.expires_at < clock_timestamp()
    order by d.workspace_id, d.id
    limit p_rows_max
    for update skip locked
  ) ended
  where r.workspace_id = ended.workspace_id and r.id = ended.id;

  select json_agg(json_build_object(
    'batch_position', e.batch_position, 'workspace_id', e.workspace_id, 'id', e.id, 'outcome', 'UNKNOWN',
    'problem', 'PROVIDER_TIMEOUT', 'presumed_cause', 'CRASH', 'latency_ms', 0))
  into v_settlements
  from (
    select row_number() over () as batch_position, expired.*
    from (
      select r.workspace_id, r.id
      from reservations r
      where r.state = 'HELD' and r.expires_at < clock_timestamp()
      order by r.workspace_id, r.id
      limit p_rows_max
      for update skip locked
    ) expired
  ) e;
  return case when v_settlements is null then 0 else settle_each(v_settlements) end;
end
$$;

-- requires: settle_each

-- Ends reservations that have outlived their lifetime, by settle_credits, so that one function writes all money. Rows that
-- another statement is settling are skipped. Returns how many reservations were ended.
create or replace function expire_reservations(p_rows_max int) returns int language plpgsql as $$
declare
  v_settlements json;
begin
  select json_agg(json_build_object(
    'batch_position', e.batch_position, 'workspace_id', e.workspace_id, 'id', e.id, 'outcome', 'UNKNOWN',
    'problem', 'PROVIDER_TIMEOUT', 'latency_ms', 0))
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

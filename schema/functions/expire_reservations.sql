-- requires: settle_credits

-- Ends reservations that have outlived their lifetime, by settle_credits, so that one function writes all money. Rows that
-- another statement is settling are skipped. Returns how many reservations were ended.
create or replace function expire_reservations(p_rows_max int) returns int language plpgsql as $$
declare
  v_settlements json;
  v_settlement json;
  v_count int := 0;
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
  if v_settlements is null then
    return 0;
  end if;
  begin
    return (select count(*) from settle_credits(v_settlements) s where s.settled);
  exception when others then
    -- One row that cannot be settled must not keep the others from it.
    for v_settlement in select value from json_array_elements(v_settlements) loop
      begin
        v_count := v_count + (select count(*) from settle_credits(json_build_array(v_settlement)) s where s.settled);
      exception when others then
        raise warning 'the reservation % cannot be expired: %', v_settlement ->> 'id', sqlerrm;
      end;
    end loop;
    return v_count;
  end;
end
$$;

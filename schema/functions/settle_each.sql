-- requires: settle_credits

-- Settles a list of settlements of the maintenance, and returns how many it settled. If they fail together, they are settled
-- one by one: one that cannot be settled must not keep the others from it, and is a warning.
create or replace function settle_each(p_settlements json) returns int language plpgsql as $$
declare
  v_settlement json;
  v_count int := 0;
begin
  return (select count(*) from settle_credits(p_settlements) s where s.settled);
exception when others then
  for v_settlement in select value from json_array_elements(p_settlements) loop
    begin
      v_count := v_count + (select count(*) from settle_credits(json_build_array(v_settlement)) s where s.settled);
    exception when others then
      raise warning 'the reservation % cannot be settled: %', v_settlement ->> 'id', sqlerrm;
    end;
  end loop;
  return v_count;
end
$$;

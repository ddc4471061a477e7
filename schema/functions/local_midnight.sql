-- The instant of a local midnight. Where there are two (clocks set back over midnight, as in Havana) the first one,
-- because the day begins there.
--
-- PL/pgSQL, because PostgreSQL starts a function of SQL that is not one expression like a statement of its own at each
-- call, which took longer than everything else about a budget.
create or replace function local_midnight(midnight timestamp, time_zone text) returns timestamptz
language plpgsql stable as $$
declare
  v_late timestamptz := midnight at time zone time_zone;
  v_before timestamptz := v_late - interval '3 hours';
  v_early timestamptz := v_before + (midnight - v_before at time zone time_zone);
begin
  if v_early < v_late and v_early at time zone time_zone = midnight then
    return v_early;
  end if;
  return v_late;
end
$$;

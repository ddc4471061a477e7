-- requires: forbid_change, uuid_v7_floor

-- Creates the missing partitions of entries for the months from `p_from` to `p_months_ahead` months after now, and
-- returns how many it created. A month without a partition whose entries are already in the default partition stays there,
-- and so does one whose entries are archived.
--
-- Creating a partition takes a lock on entries that waits for every reader, and every lookup then waits behind that lock.
-- So the attempt ends before anybody notices; months remain for further attempts.
create or replace function create_entry_partitions(p_from timestamptz, p_months_ahead int) returns int
language plpgsql set lock_timeout = '250ms' as $$
declare
  v_month timestamp;
  v_name text;
  v_start uuid;
  v_end uuid;
  v_created int := 0;
begin
  -- Another instance is creating them.
  if not pg_try_advisory_xact_lock(hashtextextended('firmable-gateway entry partitions', 0)) then
    return 0;
  end if;
  for v_month in
    select generate_series(
      date_trunc('month', p_from at time zone 'UTC'),
      date_trunc('month', now() at time zone 'UTC') + make_interval(months => p_months_ahead),
      interval '1 month')
  loop
    v_name := 'entries_' || to_char(v_month, 'YYYY_MM');
    v_start := uuid_v7_floor(v_month at time zone 'UTC');
    v_end := uuid_v7_floor((v_month + interval '1 month') at time zone 'UTC');
    continue when to_regclass(v_name) is not null
      or exists (select from entries_other where id >= v_start and id < v_end)
      or exists (select from archived_months where month = v_month::date);
    execute format('create table %I partition of entries for values from (%L) to (%L)', v_name, v_start, v_end);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function forbid_change()',
      v_name || '_no_truncate', v_name);
    v_created := v_created + 1;
  end loop;
  return v_created;
end
$$;

-- A new database starts with partitions. Afterwards the maintenance of the ledger creates them.
select create_entry_partitions(now(), 3)
where not exists (
  select from pg_inherits where inhparent = 'entries'::regclass and inhrelid <> 'entries_other'::regclass);

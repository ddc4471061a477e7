-- Lets entries of a workspace that occurred before `p_until` count as late from now on, so that roll_up_usage can add up what
-- is there. A transaction that writes entries holds a lock on the table until it commits: under this one every earlier entry is
-- visible, and every later one finds the mark. Lookups wait behind the lock, so it is given up before anybody notices.
create or replace function begin_usage_rollup(p_workspace_id uuid, p_until timestamptz) returns void
language plpgsql set lock_timeout = '100ms' as $$
begin
  lock table only entries in share row exclusive mode;
  insert into usage_rollup_ends as e (workspace_id, ends_at, late_before) values (p_workspace_id, '-infinity', p_until)
  on conflict (workspace_id) do update set late_before = greatest(e.late_before, excluded.late_before);
end
$$;

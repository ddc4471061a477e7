-- requires: require_entries

-- What an account was charged by the entries that occurred in [p_from, p_to), for any operation or those that are named. Their
-- ids are `p_first_id` or later. Where some are archived it fails as require_entries does. It is a function so that a
-- statement that rarely needs entries does not plan all their partitions each time, which took 22 ms.
create or replace function charged_by_entries(
  p_workspace_id uuid, p_account_id uuid, p_operations text[], p_from timestamptz, p_to timestamptz, p_first_id uuid
) returns bigint
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  perform require_entries(p_workspace_id, p_from, p_to);
  return (
    select coalesce(sum(e.credits), 0)
    from entries e
    where e.workspace_id = p_workspace_id and e.account_id = p_account_id
      and (p_operations is null or e.operation = any (p_operations))
      and e.occurred_at >= p_from and e.occurred_at < p_to and e.id >= p_first_id
  );
end
$$;

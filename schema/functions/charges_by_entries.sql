-- requires: require_entries

-- What accounts were charged by the entries that occurred in [p_from, p_to), by account and operation. Their ids are
-- `p_first_id` or later. Where some are archived it fails as require_entries does. It is a function so that a statement that
-- rarely needs entries does not plan all their partitions each time, which took 22 ms; a call plans those of its ids, which
-- takes most of its 0.6 ms.
create or replace function charges_by_entries(
  p_workspace_id uuid, p_account_ids uuid[], p_from timestamptz, p_to timestamptz, p_first_id uuid
) returns table (account_id uuid, operation text, credits bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
begin
  perform require_entries(p_workspace_id, p_from, p_to);
  return query
    select e.account_id, e.operation, sum(e.credits)::bigint
    from entries e
    where e.workspace_id = p_workspace_id and e.account_id = any (p_account_ids)
      and e.occurred_at >= p_from and e.occurred_at < p_to and e.id >= p_first_id
    group by e.account_id, e.operation;
end
$$;

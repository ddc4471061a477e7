-- requires: entry_labels, unlock_of_key

-- Answers lookups of one account from snapshots that are young enough, for lists whose records are known already. Writes the
-- entry of each hit, as reserve_credits does, and returns its row; a lookup without a snapshot gets none, and nothing is
-- written for it. It locks nothing: a hit moves no credits. The snapshot itself is not returned. Where a lookup says which
-- snapshot its caller has, only that one is a hit.
drop function if exists record_snapshot_hits(uuid, uuid, text, bigint, json, json);
create or replace function record_snapshot_hits(
  p_workspace_id uuid,
  p_account_id uuid,
  p_variant text,
  p_max_age_seconds bigint,
  p_labels json,
  p_lookups json
) returns table (
  batch_position int,
  unlock_id uuid,
  source identifier_source,
  record_key text,
  price bigint,
  unlocked_at timestamptz
) language plpgsql
set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  v_now timestamptz := clock_timestamp();
  -- Read once: in a query, each column of each row would read the JSON again.
  v_labels entry_labels := json_populate_record(null::entry_labels, p_labels);
begin
  return query
  with hit as materialized (
    select l.batch_position, l.id, l.job_row, k.unlock_id, k.source, u.record_key, u.price, u.unlocked_at
    from json_to_recordset(p_lookups) as l (
      batch_position int, id uuid, lookup_key text, job_row int, cached_unlock_id uuid, cached_fetched_at timestamptz)
    cross join lateral unlock_of_key(p_workspace_id, p_account_id, l.lookup_key) k
    cross join lateral (
      select u.record_key, u.price, u.unlocked_at from unlocks u
      where u.workspace_id = p_workspace_id and u.id = k.unlock_id
      limit 1
    ) u
    cross join lateral (
      select from snapshots s
      where s.workspace_id = p_workspace_id and s.unlock_id = k.unlock_id and s.variant = p_variant
        and s.fetched_at >= v_now - make_interval(secs => p_max_age_seconds)
        and (l.cached_unlock_id is null or (s.unlock_id = l.cached_unlock_id and s.fetched_at = l.cached_fetched_at))
      limit 1
    ) s
  ),
  written as (
    insert into entries (
      workspace_id, id, occurred_at, recorded_at, outcome, charge, credits, saved, account_id,
      lookup_id, step, job_row, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id,
      unlock_id, from_snapshot)
    select p_workspace_id, h.id, v_now, v_now, 'FOUND', 'ALREADY_UNLOCKED', 0, h.price, p_account_id,
      h.id, 1, h.job_row, (v_labels).*, h.unlock_id, true
    from hit h
  )
  select h.batch_position, h.unlock_id, h.source, h.record_key, h.price, h.unlocked_at from hit h;
end
$$;

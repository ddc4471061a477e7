-- requires: move_budget_period, settle_credits

-- settle_credits for one settlement, which comes as scalars; `p_body` is the snapshot to keep. It settles the plain case in
-- small statements: a HELD reservation by the lookup key, at a provider that charges a record once, whose result is known,
-- which leads to no presumed charge, and whose record, if there is one, is not unlocked yet. In every other case it has
-- written nothing, and returns what settle_credits does.
--
-- Locks are taken in the order of settle_credits: the reservation, the unlock, the lookup keys, the budget periods, the sums
-- of usage. The unlock is the first row that is written, and decides the charge as it does there: where another settlement
-- has bought the record meanwhile, no row is inserted.
create or replace function settle_one(
  p_workspace_id uuid,
  p_id uuid,
  p_outcome outcome,
  p_price bigint,
  p_reported_credits bigint,
  p_record_key text,
  p_lookup_keys text[],
  p_record_name text,
  p_problem text,
  p_presumed_cause presumed_cause,
  p_latency_ms int,
  p_body text
) returns table (
  batch_position int,
  settled boolean,
  charge charge,
  credits bigint,
  saved bigint,
  unlock_id uuid,
  unlocked_at timestamptz,
  fetched_at timestamptz
) language plpgsql
set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  v_now timestamptz := clock_timestamp();
  v_reservation record;
  v_is_plain boolean := false;
  v_cost bigint;
  v_period record;
begin
  if p_outcome <> 'UNKNOWN' then
    -- By the id alone: with `state` in the condition, statistics of an empty table lead to another index, which is read from
    -- end to end.
    select r.*, exists (
      -- Every presumed charge that this settlement could prove right or wrong.
      select from reservations p
      where p.workspace_id = p_workspace_id and p.account_id = r.account_id and p.state <> 'HELD'
        and p.lookup_key = any (array_append(p_lookup_keys, r.lookup_key))) as has_presumed
    into v_reservation
    from reservations r
    where r.workspace_id = p_workspace_id and r.id = p_id
    for update of r;
    v_is_plain := found and v_reservation.state = 'HELD' and v_reservation.unlock_id is null
      and v_reservation.refetch_credits = 0 and not v_reservation.has_presumed;
  end if;

  if v_is_plain and p_record_key is not null then
    insert into unlocks (
      workspace_id, id, account_id, record_key, operation, provider, sandbox, price, refetch_costs, entry_id, unlocked_at)
    values (p_workspace_id, p_id, v_reservation.account_id, p_record_key, v_reservation.operation, v_reservation.provider,
      v_reservation.sandbox, coalesce(p_reported_credits, p_price), false, p_id, v_now)
    on conflict (workspace_id, account_id, record_key) do nothing;
    v_is_plain := found;
  end if;

  if not v_is_plain then
    return query select * from settle_credits(json_build_array(json_build_object(
      'batch_position', 1, 'workspace_id', p_workspace_id, 'id', p_id, 'outcome', p_outcome, 'price', p_price,
      'reported_credits', p_reported_credits, 'record_key', p_record_key, 'lookup_keys', p_lookup_keys,
      'snapshot_position', case when p_body is not null then 1 end, 'record_name', p_record_name, 'problem', p_problem,
      'presumed_cause', p_presumed_cause, 'latency_ms', p_latency_ms)), coalesce(p_body, ''));
    return;
  end if;

  if p_record_key is not null then
    -- The rules of settle_credits. The reported keys of a new unlock conflict with nothing.
    insert into unlock_keys as k (workspace_id, account_id, lookup_key, unlock_id, source)
    select distinct p_workspace_id, v_reservation.account_id, n.lookup_key, p_id,
      case when n.place <= 2 then 'RESOLVED'::identifier_source else 'REPORTED' end
    from unnest(array[p_record_key, v_reservation.lookup_key] || p_lookup_keys) with ordinality n (lookup_key, place)
    where n.place = 1 or (n.lookup_key <> p_record_key and p_lookup_keys is not null)
    order by 5, 3
    on conflict (workspace_id, account_id, lookup_key) where source = 'RESOLVED'
    do update set unlock_id = excluded.unlock_id
      where k.unlock_id <> excluded.unlock_id and not exists (
        select from unlocks u
        where u.workspace_id = k.workspace_id and u.id = k.unlock_id and u.record_key = k.lookup_key);

    if p_body is not null then
      insert into snapshots (workspace_id, unlock_id, variant, body, name, fetched_at)
      values (p_workspace_id, p_id, v_reservation.variant, p_body, p_record_name, v_now);
      insert into record_words_due (workspace_id, id, unlock_id) values (p_workspace_id, gen_random_uuid(), p_id);
    end if;
  end if;

  delete from reservations r where r.workspace_id = p_workspace_id and r.id = p_id;

  v_cost := coalesce(p_reported_credits, case when p_record_key is not null then p_price else 0 end);
  charge := case
    when v_cost > 0 then 'CHARGED'::charge
    when p_outcome = 'FOUND' then 'FREE'
    when p_outcome = 'NOT_FOUND' then 'NOT_FOUND'
    else 'NONE'
  end;
  if p_record_key is not null then
    unlock_id := p_id;
    unlocked_at := v_now;
  end if;
  if v_reservation.budget_ids <> '{}' then
    for v_period in
      select b.budget_id, b.starts_at
      from unnest(v_reservation.budget_ids, v_reservation.budget_starts) as b (budget_id, starts_at)
      order by 1, 2
    loop
      perform move_budget_period(
        p_workspace_id, v_period.budget_id, v_period.starts_at, v_reservation.credits, v_cost, v_now);
    end loop;
  end if;

  insert into entries (
    workspace_id, id, kind, occurred_at, recorded_at, outcome, charge, credits, saved, account_id,
    lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id, job_row,
    unlock_id, budget_ids, budget_starts, problem, latency_ms)
  values (p_workspace_id, p_id, 'LOOKUP', v_reservation.reserved_at, v_now, p_outcome, charge, v_cost, 0,
    v_reservation.account_id, v_reservation.lookup_id, v_reservation.step, v_reservation.operation, v_reservation.provider,
    v_reservation.connection_id, v_reservation.payer, v_reservation.sandbox, v_reservation.token_id,
    v_reservation.workflow, v_reservation.job_id, v_reservation.job_row, unlock_id, v_reservation.budget_ids,
    v_reservation.budget_starts, p_problem, p_latency_ms);

  batch_position := 1;
  settled := true;
  credits := v_cost;
  saved := 0;
  fetched_at := v_now;
  return next;
end
$$;

-- requires: budget_covers, budget_hold, period_ends_at, period_starts_at, reservation_decision, reservation_request
-- requires: snapshot_body, unlock_of_key

-- Reserves credits for a batch of requests, all or nothing for each request. Fields that all requests have in common may
-- come once, in `p_shared`: they stand for whatever a request leaves out. Returns one row for each request, by `status`:
--   HIT            the record is unlocked and its snapshot is young enough; the entry is written. `body` is null if the
--                  request says that it has this very snapshot
--   RESERVED       a durable reservation exists; the provider may be called (credits 0: the record is unlocked already)
--   WAIT           the same lookup key is being fetched under the reservation `waits_for`, by the known record's own id if
--                  `waits_for_refetch`
--   NEEDS_CREDITS  the call could cost credits, and the caller forbids that; nothing is written
--   OVER_BUDGET    a hard budget has too little left; the refusal is written
--   BUDGET_RESERVED  a hard budget has enough left, but other reservations hold it; nothing is written: request again when
--                  they have ended
--   REFETCH        a hard budget has too little left to look up again by the key; the known record may be fetched by its
--                  own id for nothing; nothing is written
--   RETRY          the ledger could not decide; request again
--
-- Plans are kept while tables grow, and a plan made on empty tables would read them from end to end. So every look into
-- a growing table is a lateral subquery with a limit, which can only become an index lookup for each row, and scans and
-- merges of whole tables are off. Without a generic plan, PostgreSQL would plan these statements at each call, which costs
-- more than running them (one reservation: 4.5 ms instead of 1.8); compiling them costs more still.
--
-- What is rarely needed is behind an IF: starting a plan costs a lone lookup more than running it.
drop function if exists reserve_credits(int, json, json);
create or replace function reserve_credits(
  p_lifetime_seconds int,
  p_requests json,
  p_shared json default '{}'
) returns table (
  batch_position int,
  status text,
  credits bigint,
  waits_for uuid,
  waits_for_refetch boolean,
  unlock_id uuid,
  source identifier_source,
  record_key text,
  price bigint,
  unlocked_at timestamptz,
  body text,
  fetched_at timestamptz,
  budget jsonb
) language plpgsql
set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_requests reservation_request[];
  v_has_duplicates boolean;
  v_decisions reservation_decision[];
  v_snapshots snapshot_body[];
  v_writes_entries boolean;
  v_writes_reservations boolean;
  v_paying_workspaces uuid[];
  v_holds budget_hold[];
  v_periods budget_hold[];
  v_period budget_hold;
  v_limits bigint[];
  v_remaining bigint[];
  v_unspent bigint[];
  v_is_exceeded boolean;
  v_refusals jsonb[];
  v_candidate record;
  v_leader int;
  v_effective_leader int;
  v_period_index int;
begin
  -- The batch is parsed from its JSON once: that alone costs as much as all lookups in tables. It is locked on the way, in
  -- the order of the lock keys: one reservation at a time for each lookup key, across all instances, so what is read below
  -- stays true until commit. Locks are taken in one order everywhere: these, then the workspace's
  -- lock of budgets, then budget periods, then sums of usage.
  select array_agg(l.request order by l.batch_position), count(distinct l.lock_key) < count(*)
  into v_requests, v_has_duplicates
  from (
    select k.request, k.batch_position, k.lock_key, pg_advisory_xact_lock(k.lock_key)
    from (
      select r as request, r.batch_position,
        hashtextextended(concat(r.account_id, ' ', r.lookup_key, ' ', r.variant), 0) as lock_key
      from json_populate_recordset(json_populate_record(null::reservation_request, p_shared), p_requests) r
      order by lock_key
      offset 0
    ) k
    offset 0
  ) l;

  v_now := clock_timestamp();

  -- Everything that is known of each request, in one statement. A key that is null finds nothing without a look into the
  -- index: a snapshot hit needs no look for reservations, and an unlocked record none for presumed charges.
  select array_agg(row(d.*)::reservation_decision order by q.ordinality),
    array_agg(case
      when d.status = 'HIT' and (q.cached_unlock_id, q.cached_fetched_at) is distinct from (k.unlock_id, s.fetched_at)
      then row(s.body)::snapshot_body
    end order by q.ordinality),
    bool_or(d.status = 'HIT'),
    bool_or(d.status = 'RESERVED'),
    array_agg(distinct q.workspace_id) filter (where d.status in ('RESERVED', 'NEEDS_CREDITS') and d.credits_needed > 0)
  into v_decisions, v_snapshots, v_writes_entries, v_writes_reservations, v_paying_workspaces
  from unnest(v_requests) with ordinality q
  left join lateral unlock_of_key(q.workspace_id, q.account_id, q.lookup_key) k on true
  left join lateral (
    select u.record_key, u.price, u.unlocked_at from unlocks u
    where u.workspace_id = q.workspace_id and u.id = k.unlock_id
    limit 1
  ) u on true
  left join lateral (
    select s.body, s.fetched_at from snapshots s
    where s.workspace_id = q.workspace_id and s.unlock_id = k.unlock_id and s.variant = q.variant
    limit 1
  ) s on true
  cross join lateral (
    select coalesce(s.fetched_at >= v_now - make_interval(secs => q.max_age_seconds), false) as is_fresh
  ) f
  left join lateral (
    select r.id, r.unlock_id is not null as is_refetch from reservations r
    where r.workspace_id = q.workspace_id and r.account_id = q.account_id
      and r.lookup_key = case when not f.is_fresh then q.lookup_key end
      and r.variant = q.variant and r.state = 'HELD'
    limit 1
  ) in_flight on true
  left join lateral (
    select true as is_pending from reservations r
    where r.workspace_id = q.workspace_id and r.account_id = q.account_id
      and r.lookup_key = case when k.unlock_id is null or q.looks_up_again then q.lookup_key end
      and r.state <> 'HELD' and r.credits > 0
    limit 1
    -- A decision that returns these credits waits until this reservation is visible to it.
    for share
  ) presumed_charge on true
  cross join lateral (
    -- An unlocked record is fetched again at its own price, which is 0 except where a provider charges for every fetch.
    -- A presumed charge is counted already, and so is one that an ADMIN confirmed. A call by the lookup key may find another
    -- record, at its full price.
    select case
        when presumed_charge.is_pending or (k.unlock_id is not null and not q.looks_up_again) then q.refetch_credits
        else q.credits
      end as credits_needed
  ) c
  cross join lateral (
    select q.batch_position as request_position,
      case
        when f.is_fresh then 'HIT'
        when in_flight.id is not null then 'WAIT'
        when c.credits_needed = 0 or q.may_charge then 'RESERVED'
        else 'NEEDS_CREDITS'
      end as status,
      c.credits_needed,
      q.batch_position as leader_position,
      null::int as exceeded_period,
      in_flight.id as waits_for,
      in_flight.is_refetch as waits_for_refetch,
      k.unlock_id,
      k.source,
      u.record_key,
      u.price,
      u.unlocked_at,
      case when f.is_fresh then s.fetched_at end as fetched_at
  ) d;

  -- Where the batch requests one lookup key more than once, the first request that could pay leads, and the others follow.
  if v_has_duplicates and v_writes_reservations then
    select array_agg(row(d.*)::reservation_decision order by d.request_position)
    into v_decisions
    from (
      select l.request_position,
        case
          when l.status not in ('RESERVED', 'NEEDS_CREDITS') then l.status
          when l.leader is null then 'NEEDS_CREDITS'
          when l.leader = l.request_position then 'RESERVED'
          else 'FOLLOW'
        end as status,
        l.credits_needed,
        l.leader as leader_position,
        null::int as exceeded_period,
        l.waits_for,
        l.waits_for_refetch,
        l.unlock_id,
        l.source,
        l.record_key,
        l.price,
        l.unlocked_at,
        l.fetched_at
      from (
        select r.*,
          min(r.request_position)
            filter (where r.status = 'RESERVED')
            over (partition by r.workspace_id, r.account_id, r.lookup_key, r.variant, r.status = 'HIT') as leader
        from unnest(v_requests, v_decisions) r
      ) l
    ) d;
  end if;

  if v_paying_workspaces is not null then
    -- A budget that counts from the start of its period reads what is reserved: it has committed before, or waits.
    perform pg_advisory_xact_lock_shared(hashtextextended('budgets ' || w.id, 0))
    from unnest(v_paying_workspaces) as w (id);

    -- The periods are computed once for each budget rather than for each request: calendars are slow.
    with period as materialized (
      select b.workspace_id, b.id, b.scope, b.subject, period_starts_at(b.period, b.time_zone, v_now) as starts_at
      from budgets b
      where b.workspace_id = any (v_paying_workspaces) and b.deleted_at is null
    )
    select array_agg(row(h.*)::budget_hold order by h.batch_position, h.period_index)
    into v_holds
    from (
      select r.batch_position,
        r.credits_needed as credits,
        p.workspace_id,
        p.id as budget_id,
        p.starts_at,
        dense_rank() over (order by p.workspace_id, p.id, p.starts_at)::int as period_index
      from unnest(v_requests, v_decisions) r
      join period p on p.workspace_id = r.workspace_id and budget_covers(p.scope, p.subject,
        (r.labels).connection_id, (r.labels).workflow, (r.labels).token_id, (r.labels).payer, (r.labels).job_id)
      where r.status in ('RESERVED', 'FOLLOW') and r.credits_needed > 0
    ) h;
  end if;

  if v_holds is not null then
    -- Locked one after the other, in their order, created where they are missing, and charged with the whole batch at once.
    select array_agg(row(h.*)::budget_hold order by h.period_index)
    into v_periods
    from (
      select null::int as batch_position,
        coalesce(sum(h.credits) filter (where v_decisions[h.batch_position].status = 'RESERVED'), 0)::bigint as credits,
        h.workspace_id,
        h.budget_id,
        h.starts_at,
        h.period_index
      from unnest(v_holds) h
      group by h.workspace_id, h.budget_id, h.starts_at, h.period_index
    ) h;
    foreach v_period in array v_periods loop
      loop
        update budget_periods p
        set reserved = p.reserved + v_period.credits
        where p.workspace_id = v_period.workspace_id and p.budget_id = v_period.budget_id
          and p.starts_at = v_period.starts_at;
        exit when found;
        insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
        values (v_period.workspace_id, v_period.budget_id, v_period.starts_at, 0, 0)
        on conflict do nothing;
      end loop;
    end loop;

    -- Read in a statement of its own, after the locks: the limit may just have been raised. A soft budget has no end.
    select array_agg(b.limit order by h.period_index),
      array_agg(case b.mode when 'HARD' then b.limit - p.spent - p.reserved + h.credits end order by h.period_index),
      array_agg(case b.mode when 'HARD' then b.limit - p.spent end order by h.period_index),
      coalesce(bool_or(b.mode = 'HARD' and h.credits > 0 and p.spent + p.reserved > b.limit), false)
    into v_limits, v_remaining, v_unspent, v_is_exceeded
    from unnest(v_periods) h
    join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
    join budget_periods p
      on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at;

    -- The requests are admitted one by one, in their order, only where a budget cannot take the whole batch. A request
    -- whose leader was refused is decided by its own budgets, and leads the others if it is admitted.
    if v_is_exceeded then
      for v_candidate in
        select h.batch_position, h.credits, array_agg(h.period_index order by h.period_index) as periods
        from unnest(v_holds) h group by h.batch_position, h.credits order by h.batch_position
      loop
        v_leader := v_decisions[v_candidate.batch_position].leader_position;
        v_effective_leader := v_decisions[v_leader].leader_position;
        continue when v_decisions[v_candidate.batch_position].status = 'FOLLOW'
          and v_decisions[v_effective_leader].status = 'RESERVED';
        -- It could follow because another request would have paid; it may not pay itself.
        if not v_requests[v_candidate.batch_position].may_charge then
          v_decisions[v_candidate.batch_position].status := 'NEEDS_CREDITS';
          continue;
        end if;
        select p.period_index into v_period_index
        from unnest(v_candidate.periods) as p (period_index)
        where v_remaining[p.period_index] < v_candidate.credits
        order by v_unspent[p.period_index] < v_candidate.credits desc, p.period_index limit 1;
        if found then
          v_decisions[v_candidate.batch_position].exceeded_period := v_period_index;
          if v_unspent[v_period_index] >= v_candidate.credits then
            v_decisions[v_candidate.batch_position].status := 'BUDGET_RESERVED';
          elsif v_requests[v_candidate.batch_position].looks_up_again
            and v_requests[v_candidate.batch_position].refetch_credits = 0
            and v_decisions[v_candidate.batch_position].unlock_id is not null
          then
            v_decisions[v_candidate.batch_position].status := 'REFETCH';
          else
            v_writes_entries := true;
            v_decisions[v_candidate.batch_position].status := 'OVER_BUDGET';
          end if;
        else
          v_decisions[v_candidate.batch_position].status := 'RESERVED';
          v_decisions[v_leader].leader_position := v_candidate.batch_position;
          foreach v_period_index in array v_candidate.periods loop
            v_remaining[v_period_index] := v_remaining[v_period_index] - v_candidate.credits;
          end loop;
        end if;
      end loop;

      update budget_periods p
      set reserved = p.reserved + t.credits - v_periods[t.period_index].credits
      from (
        select h.period_index, h.workspace_id, h.budget_id, h.starts_at,
          coalesce(sum(h.credits) filter (where v_decisions[h.batch_position].status = 'RESERVED'), 0)::bigint as credits
        from unnest(v_holds) h group by 1, 2, 3, 4
      ) t
      where p.workspace_id = t.workspace_id and p.budget_id = t.budget_id and p.starts_at = t.starts_at;

      -- The state of each budget period, for the requests that it refused.
      select array_agg(jsonb_build_object(
          'id', b.id, 'name', b.name, 'limit', v_limits[h.period_index]::text, 'spent', p.spent::text,
          'reserved', p.reserved::text, 'renewsAt', period_ends_at(b.period, b.time_zone, p.starts_at),
          'setByOperator', b.set_by_operator, 'ofJob', b.scope::text = 'JOB'
        ) order by h.period_index)
      into v_refusals
      from unnest(v_periods) h
      join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
      join budget_periods p
        on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at;
    end if;
  end if;

  if v_writes_reservations then
    insert into reservations (
      workspace_id, id, account_id, lookup_key, variant, credits, refetch_credits, unlock_id, verifies_key,
      lookup_id, step, job_row, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id,
      budget_ids, budget_starts, reserved_at, expires_at)
    select r.workspace_id, r.id, r.account_id, r.lookup_key, r.variant, r.credits_needed, r.refetch_credits,
      case when not r.looks_up_again then r.unlock_id end,
      r.looks_up_again and coalesce(r.source <> 'RESOLVED', false),
      r.lookup_id, r.step, r.job_row, (r.labels).*,
      coalesce(h.budget_ids, '{}'), coalesce(h.budget_starts, '{}'), v_now,
      v_now + make_interval(secs => p_lifetime_seconds)
    from unnest(v_requests, v_decisions) r
    left join (
      select h.batch_position, array_agg(h.budget_id order by h.period_index) as budget_ids,
        array_agg(h.starts_at order by h.period_index) as budget_starts
      from unnest(v_holds) h group by h.batch_position
    ) h on h.batch_position = r.batch_position
    where r.status = 'RESERVED';
  end if;

  if v_writes_entries then
    insert into entries (
      workspace_id, id, occurred_at, recorded_at, outcome, charge, credits, saved, account_id,
      lookup_id, step, job_row, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id,
      unlock_id, from_snapshot, problem)
    select r.workspace_id, r.id, v_now, v_now,
      case r.status when 'HIT' then 'FOUND'::outcome else 'REFUSED' end,
      case r.status when 'HIT' then 'ALREADY_UNLOCKED'::charge else 'NONE' end,
      0, case r.status when 'HIT' then coalesce(r.price, 0) else 0 end, r.account_id,
      r.lookup_id, r.step, r.job_row, (r.labels).*,
      case r.status when 'HIT' then r.unlock_id end, r.status = 'HIT',
      case
        when r.status = 'HIT' then null
        when (v_refusals[r.exceeded_period] -> 'ofJob')::boolean then 'MAX_CREDITS_EXCEEDED'
        else 'BUDGET_EXCEEDED'
      end
    from unnest(v_requests, v_decisions) r
    where r.status in ('HIT', 'OVER_BUDGET');
  end if;

  return query
  select d.request_position,
    case
      when d.status <> 'FOLLOW' then d.status
      when v_decisions[e.leader_position].status = 'RESERVED' then 'WAIT'
      else 'RETRY'
    end,
    d.credits_needed,
    case when d.status = 'FOLLOW' then v_requests[e.leader_position].id else d.waits_for end,
    case
      when d.status = 'FOLLOW'
      then v_decisions[e.leader_position].unlock_id is not null and not v_requests[e.leader_position].looks_up_again
      else d.waits_for_refetch
    end,
    d.unlock_id, d.source, d.record_key, d.price, d.unlocked_at, v_snapshots[d.request_position].body, d.fetched_at,
    v_refusals[d.exceeded_period]
  from unnest(v_decisions) d
  cross join lateral (
    -- The request that does pay, for a request that follows.
    select case when d.status = 'FOLLOW' then v_decisions[d.leader_position].leader_position end as leader_position
  ) e;
end
$$;

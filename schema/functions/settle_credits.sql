-- requires: add_job_credits, ledger_line, move_budget_period, settlement, unlock_of_key, uuid_v7

-- Settles a batch of reservations: entries, unlocks with their lookup keys, snapshots and budget periods, all or nothing.
-- A reservation that is gone was settled before: its row is returned with `settled` false, and nothing changes. A row whose
-- reservation was settled before or had expired has the charge of its entry with all corrections. The bodies of snapshots come as one text, separated by U+001E, which no JSON text contains: as
-- elements of a JSON array they would be read once more, letter by letter. Fields that all settlements have in common may
-- come once, in `p_shared`.
--
-- UNKNOWN turns held credits into a presumed charge. Whatever proves later whether that record was charged resolves it by
-- a CORRECTION. Where a provider charges for every fetch (refetch_credits above 0) only the late result of the same call
-- can prove it. Evidence also outranks the decision of an ADMIN (state DECIDED), except for a miss, which only says what
-- the provider has today: where the two agree nothing is written, otherwise a second correction.
create or replace function settle_credits(
  p_settlements json,
  p_bodies text default '',
  p_shared json default '{}'
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
  v_lines ledger_line[];
  v_corrections ledger_line[];
  v_settled_ids uuid[];
  v_presumed_ids uuid[];
  v_workspaces uuid[];
  v_finds_records boolean;
  v_keeps_snapshots boolean;
  v_moves_budgets boolean;
  v_checks_presumed boolean;
  v_has_late boolean;
  v_bodies text[];
  v_index int;
  v_period record;
begin
  -- The reservations that this statement settles, with nulls where one is gone. The statement that locks the row settles it;
  -- every later one finds nothing. The outer join also keeps the planner's estimate of a hundred rows.
  with claimed as materialized (
    select s.batch_position, s.workspace_id, s.id, s.outcome, s.price, s.reported_credits, s.record_key, s.lookup_keys,
      s.snapshot_position, s.record_name, s.problem, s.presumed_cause, s.latency_ms, r.reservation,
      (r.reservation).id is not null as settled,
      (r.reservation).id is not null and s.record_key is not null as record_found,
      (r.reservation).id is not null and s.record_key is not null and (r.reservation).unlock_id is null as may_buy
    from (
      select *
      from json_populate_recordset(json_populate_record(null::settlement, p_shared), p_settlements)
      order by workspace_id, id
    ) s
    left join lateral (
      select r as reservation from reservations r where r.id = s.id and r.workspace_id = s.workspace_id for update
    ) r on true
  ),
  -- New unlocks, each by the id of the entry that buys it. Of several settlements for one record the first pays. A record
  -- bought meanwhile is returned as it is.
  bought as (
    insert into unlocks as u (
      workspace_id, id, account_id, record_key, operation, provider, sandbox, price, refetch_costs, entry_id, unlocked_at)
    select distinct on (c.workspace_id, r.account_id, c.record_key)
      c.workspace_id, c.id, r.account_id, c.record_key, r.operation, r.provider, r.sandbox,
      coalesce(c.reported_credits, c.price), r.refetch_credits > 0, c.id, v_now
    from claimed c
    cross join lateral (select (c.reservation).*) r
    where c.may_buy
    order by c.workspace_id, r.account_id, c.record_key, c.batch_position
    on conflict (workspace_id, account_id, record_key) do update set record_key = excluded.record_key
    returning u.workspace_id, u.id, u.account_id, u.record_key, u.price, u.entry_id, u.unlocked_at
  )
  select array_agg(row(l.*)::ledger_line order by l.batch_position),
    array_agg(l.id) filter (where l.kind = 'LOOKUP' and l.charge <> 'PRESUMED'),
    array_agg(l.id) filter (where l.charge = 'PRESUMED'),
    array_agg(distinct l.workspace_id),
    bool_or(l.record_found),
    bool_or(l.record_found and l.snapshot_position is not null),
    bool_or((l.reservation).budget_ids <> '{}'),
    -- Nearly always there is no presumed charge at all.
    bool_or((l.reservation).state <> 'HELD')
      or (select exists (
        select from reservations r
        where r.workspace_id = any (array_agg(distinct l.workspace_id)) and r.state <> 'HELD')),
    bool_or(l.kind is null)
  into v_lines, v_settled_ids, v_presumed_ids, v_workspaces, v_finds_records, v_keeps_snapshots, v_moves_budgets,
    v_checks_presumed, v_has_late
  from (
    select f.batch_position,
      f.workspace_id,
      f.id,
      f.reservation,
      f.settled,
      case when f.is_held then 'LOOKUP'::entry_kind end as kind,
      null::uuid as corrects_entry_id,
      f.outcome,
      case
        when f.is_held then case
          when f.is_presumed then 'PRESUMED'::charge
          when f.provider_cost > 0 then 'CHARGED'
          when f.record_found and f.is_purchase then 'FREE'
          when f.record_found then 'ALREADY_UNLOCKED'
          when f.outcome = 'FOUND' then 'FREE'
          when f.outcome = 'NOT_FOUND' then 'NOT_FOUND'
          else 'NONE'
        end
      end as charge,
      case
        when f.is_held then case when f.is_presumed then (f.reservation).credits else f.provider_cost end
      end as credits,
      case
        when f.is_held then case
          when f.record_found and not f.is_purchase and f.provider_cost = 0 then f.unlock_price
          else 0
        end
      end as saved,
      f.unlock_id,
      f.unlocked_at,
      f.unlock_price,
      f.record_found,
      f.is_purchase,
      f.provider_cost,
      f.record_key,
      f.lookup_keys,
      f.snapshot_position,
      f.record_name,
      f.problem,
      case when f.is_held and f.is_presumed then f.presumed_cause end as presumed_cause,
      f.latency_ms
    from (
      select u.*,
        (u.reservation).state = 'HELD' as is_held,
        case
          when u.reported_credits is not null then u.reported_credits
          when u.record_found and (u.is_purchase or (u.reservation).refetch_credits > 0) then u.price
          else 0
        end as provider_cost,
        -- A known record was not charged again, even if it was bought by another identifier meanwhile. A record that only
        -- reported the lookup key before the call proves nothing: the provider may have answered with another.
        case
          when u.outcome = 'UNKNOWN' and u.reported_credits is null and (u.reservation).credits > 0
          then (u.reservation).refetch_credits > 0 or (u.reservation).verifies_key or not exists (
            select from unlock_of_key(u.workspace_id, (u.reservation).account_id, (u.reservation).lookup_key)
          )
          else false
        end as is_presumed
      from (
        -- A known record is fetched by its own id, so it keeps its unlock even if the provider has renamed it.
        select c.*, coalesce(b.id, k.id) as unlock_id, coalesce(b.price, k.price) as unlock_price,
          coalesce(b.unlocked_at, k.unlocked_at) as unlocked_at, coalesce(b.entry_id = c.id, false) as is_purchase
        from claimed c
        left join bought b on c.may_buy and b.workspace_id = c.workspace_id
          and b.account_id = (c.reservation).account_id and b.record_key = c.record_key
        left join lateral (
          select u.id, u.price, u.unlocked_at
          from unlocks u
          where c.record_found and u.workspace_id = c.workspace_id and u.id = (c.reservation).unlock_id
          limit 1
        ) k on true
      ) u
    ) f
  ) l;

  if v_finds_records then
    -- A call that went out by the lookup key has resolved it; the record's own key resolves itself. Without any lookup keys
    -- the settlement is a conclusion (resolve_presumed_charges), and no answer. A resolved key moves to
    -- the record that the provider answered last, except for the own key of another unlock: a provider that has renamed a
    -- record may answer an old id with the new record.
    insert into unlock_keys as k (workspace_id, account_id, lookup_key, unlock_id, source)
    select distinct on (l.workspace_id, r.account_id, n.lookup_key)
      l.workspace_id, r.account_id, n.lookup_key, l.unlock_id, 'RESOLVED'
    from unnest(v_lines) l
    cross join lateral (select (l.reservation).*) r
    cross join lateral (
      select l.record_key as lookup_key
      union
      select r.lookup_key where r.unlock_id is null and l.lookup_keys is not null
    ) n
    where l.record_found
    order by l.workspace_id, r.account_id, n.lookup_key, r.unlock_id is not null, l.batch_position desc
    on conflict (workspace_id, account_id, lookup_key) where source = 'RESOLVED'
    do update set unlock_id = excluded.unlock_id
      where k.unlock_id <> excluded.unlock_id and not exists (
        select from unlocks u
        where u.workspace_id = k.workspace_id and u.id = k.unlock_id and u.record_key = k.lookup_key);

    insert into unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
    select distinct l.workspace_id, r.account_id, n.lookup_key, l.unlock_id, 'REPORTED'::identifier_source
    from unnest(v_lines) l
    cross join lateral (select (l.reservation).*) r
    cross join lateral unnest(l.lookup_keys) as n (lookup_key)
    where l.record_found and n.lookup_key <> l.record_key
    order by 1, 2, 3, 4
    on conflict do nothing;
  end if;

  -- Every presumed charge that this batch proves right or wrong: by any identifier that leads to a record that was found, or
  -- by the same identifier where nothing was found. A call that was given up and returns with nothing proves nothing: another
  -- call may have been sent since. Where a record only reported the lookup key before the call that is presumed charged,
  -- only a call by the same key proves anything.
  if v_checks_presumed then
    with line as materialized (
      select l.*, r.account_id, r.lookup_key, r.state, r.refetch_credits, r.unlock_id is null as is_by_key
      from unnest(v_lines) l
      cross join lateral (select (l.reservation).*) r
    ),
    provable as materialized (
      select distinct on (p.workspace_id, p.id) p.*
      from (
        select r.workspace_id, r.id, l.batch_position
        from line l
        cross join lateral (
          select l.lookup_key
          union
          select k.lookup_key from unnest(l.lookup_keys) as k (lookup_key) where l.record_found
        ) k
        join reservations r
          on r.workspace_id = l.workspace_id and r.account_id = l.account_id and r.state <> 'HELD'
            and r.lookup_key = k.lookup_key and r.refetch_credits = 0 and r.credits > 0
        where (not r.verifies_key or (r.lookup_key = l.lookup_key and l.is_by_key))
          and case
            when l.record_found then exists (
              select from unlock_of_key(l.workspace_id, l.account_id, k.lookup_key) u where u.unlock_id = l.unlock_id)
            else l.outcome = 'NOT_FOUND' and l.state = 'HELD' and l.is_by_key and r.state = 'PENDING_CONFIRMATION'
          end
        union all
        -- A reservation that became a presumed charge before its late result came.
        select l.workspace_id, l.id, l.batch_position
        from line l
        where l.state <> 'HELD'
          and (l.record_found or (l.refetch_credits > 0 and l.outcome <> 'UNKNOWN'))
      ) p
      order by p.workspace_id, p.id, p.batch_position
    ),
    presumed as materialized (
      select r.reservation, p.batch_position
      from (select * from provable order by workspace_id, id) p
      cross join lateral (
        select r as reservation from reservations r where r.id = p.id and r.workspace_id = p.workspace_id for update
      ) r
    ),
    -- Where the batch bought the record, its oldest presumed charge was the purchase; every other one is refunded. Where
    -- every fetch is charged, the late result says what its own call has cost. A charge that an ADMIN has confirmed is what
    -- paid for a record that was only declared. `counted_credits` are what the ledger counts for it so far.
    correction as materialized (
      select p.reservation, r.credits as counted_credits, l.unlock_id, l.outcome, l.record_found,
        case
          when r.refetch_credits > 0 then l.provider_cost > 0
          when r.state = 'DECIDED' and l.is_declared then true
          else coalesce(l.bought_in_batch, false) and row_number() over (
            partition by r.workspace_id, l.unlock_id order by r.reserved_at, r.id) = 1
        end as is_confirmed,
        case
          when r.refetch_credits > 0 then l.provider_cost
          when r.state = 'DECIDED' and l.is_declared then r.credits
          else l.unlock_price
        end as actual_credits
      from presumed p
      cross join lateral (select (p.reservation).*) r
      join lateral (
        select case when l.record_found then l.unlock_id end as unlock_id, l.unlock_price, l.provider_cost, l.outcome,
          l.record_found,
          l.record_found and exists (
            select from line o
            where o.workspace_id = l.workspace_id and o.unlock_id = l.unlock_id and o.is_purchase
          ) as bought_in_batch,
          l.record_found and exists (
            select from unlocks u where u.workspace_id = l.workspace_id and u.id = l.unlock_id and u.origin = 'DECLARED'
          ) as is_declared
        from line l where l.batch_position = p.batch_position
      ) l on true
    )
    select array_agg(row(l.*)::ledger_line)
    into v_corrections
    from (
      select null::int as batch_position,
        (c.reservation).workspace_id as workspace_id,
        uuid_v7() as id,
        c.reservation,
        true as settled,
        'CORRECTION'::entry_kind as kind,
        (c.reservation).id as corrects_entry_id,
        c.outcome,
        case
          when c.is_confirmed then 'CHARGED'::charge
          when c.record_found then 'ALREADY_UNLOCKED'
          when c.outcome = 'NOT_FOUND' then 'NOT_FOUND'
          else 'NONE'
        end as charge,
        case when c.is_confirmed then c.actual_credits - c.counted_credits else - c.counted_credits end as credits,
        0::bigint as saved,
        c.unlock_id,
        null::timestamptz as unlocked_at,
        null::bigint as unlock_price,
        false as record_found,
        c.is_confirmed as is_purchase,
        null::bigint as provider_cost,
        null::text as record_key,
        null::text[] as lookup_keys,
        null::int as snapshot_position,
        null::text as record_name,
        null::text as problem,
        null::presumed_cause as presumed_cause,
        0 as latency_ms
      from correction c
    ) l;

    if v_corrections is not null then
      -- What the oldest presumed charge has paid for, the lookup that found it has not.
      for v_index in
        select l.ordinality
        from unnest(v_lines) with ordinality l
        where l.kind = 'LOOKUP' and exists (
          select from unnest(v_corrections) c
          where c.is_purchase and (c.reservation).refetch_credits = 0
            and c.workspace_id = l.workspace_id and c.unlock_id = l.unlock_id)
      loop
        v_lines[v_index].charge := 'ALREADY_UNLOCKED';
        v_lines[v_index].credits := 0;
        v_lines[v_index].saved := case when v_lines[v_index].is_purchase then 0 else v_lines[v_index].unlock_price end;
      end loop;
      v_lines := v_lines || v_corrections;
      v_settled_ids := v_settled_ids || (select array_agg(c.corrects_entry_id) from unnest(v_corrections) c);
      v_moves_budgets := true;
    end if;
  end if;

  if v_keeps_snapshots then
    v_bodies := string_to_array(p_bodies, e'\x1e');
    with stored as (
      insert into snapshots as s (workspace_id, unlock_id, variant, body, name, fetched_at)
      select distinct on (l.workspace_id, l.unlock_id, r.variant)
        l.workspace_id, l.unlock_id, r.variant, v_bodies[l.snapshot_position], l.record_name, v_now
      from unnest(v_lines) l
      cross join lateral (select (l.reservation).*) r
      where l.record_found and l.snapshot_position is not null
      order by l.workspace_id, l.unlock_id, r.variant, l.batch_position desc
      on conflict (workspace_id, unlock_id, variant) do update
        set body = excluded.body, name = excluded.name, fetched_at = excluded.fetched_at
      returning s.workspace_id, s.unlock_id
    )
    -- The words of the names are written later: they are many rows, in pages that no other settlement has in memory.
    insert into record_words_due (workspace_id, id, unlock_id)
    select s.workspace_id, gen_random_uuid(), s.unlock_id from stored s;
  end if;

  -- A decided charge was the purchase. Where an ADMIN has confirmed it, the decision is the correction, and no other is
  -- needed.
  if v_corrections is not null then
    update unlocks u set entry_id = c.corrects_entry_id
    from unnest(v_corrections) c
    where c.is_purchase and (c.reservation).state = 'DECIDED' and (c.reservation).refetch_credits = 0
      and u.workspace_id = c.workspace_id and u.id = c.unlock_id and u.origin = 'BOUGHT';
  end if;

  if v_presumed_ids is not null then
    update reservations r set state = 'PENDING_CONFIRMATION'
    where r.workspace_id = any (v_workspaces) and r.id = any (v_presumed_ids);
  end if;
  if v_settled_ids is not null then
    delete from reservations r where r.workspace_id = any (v_workspaces) and r.id = any (v_settled_ids);
  end if;

  if v_moves_budgets then
    -- Locked one after the other, in their order. A correction releases nothing: the presumed charge was spent.
    for v_period in
      select l.workspace_id, b.budget_id, b.starts_at,
        sum(case l.kind when 'LOOKUP' then (l.reservation).credits else 0 end)::bigint as released,
        sum(l.credits)::bigint as spent
      from unnest(v_lines) l
      cross join lateral
        unnest((l.reservation).budget_ids, (l.reservation).budget_starts) as b (budget_id, starts_at)
      where l.kind is not null
      group by 1, 2, 3
      order by 1, 2, 3
    loop
      perform move_budget_period(v_period.workspace_id, v_period.budget_id, v_period.starts_at, v_period.released,
        v_period.spent, v_now);
    end loop;
  end if;

  insert into entries (
    workspace_id, id, kind, occurred_at, recorded_at, corrects_entry_id, outcome, charge, credits, saved, account_id,
    lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, workflow, job_id, job_row,
    unlock_id, budget_ids, budget_starts, problem, presumed_cause, latency_ms)
  select l.workspace_id, l.id, l.kind, r.reserved_at,
    -- This statement may have begun before a decision that it waited for: what corrects the decision is later.
    case when l.kind = 'CORRECTION' and r.state = 'DECIDED' then clock_timestamp() else v_now end,
    l.corrects_entry_id, l.outcome, l.charge, l.credits, l.saved, r.account_id,
    r.lookup_id, r.step, r.operation, r.provider, r.connection_id, r.payer, r.sandbox, r.token_id, r.workflow, r.job_id, r.job_row,
    l.unlock_id, r.budget_ids, r.budget_starts, l.problem, l.presumed_cause, l.latency_ms
  from unnest(v_lines) l
  cross join lateral (select (l.reservation).*) r
  where l.kind is not null and not (l.kind = 'CORRECTION' and r.state = 'DECIDED' and l.credits = 0);

  if v_corrections is not null then
    perform add_job_credits(array_agg(c.workspace_id), array_agg((c.reservation).job_id),
      array_agg((c.reservation).job_row), array_agg(c.credits))
    from unnest(v_corrections) c;
  end if;

  -- A result that comes after its reservation was settled or expired: what the ledger charges for its entry, with all
  -- corrections. The statement may also be repeated after a lost connection.
  if v_has_late then
    return query
    select l.batch_position, l.settled,
      case when l.kind is null then e.charge else l.charge end,
      case when l.kind is null then e.credits else l.credits end,
      case when l.kind is null then e.saved else l.saved end,
      case when l.kind is null then e.unlock_id else l.unlock_id end,
      case when l.kind is null then e.unlocked_at else l.unlocked_at end,
      v_now
    from unnest(v_lines) l
    left join lateral (
      select s.charge, s.credits, s.saved, u.id as unlock_id, u.unlocked_at
      from (
        select (array_agg(w.charge order by w.recorded_at desc, w.id desc))[1] as charge,
          sum(w.credits)::bigint as credits,
          sum(w.saved)::bigint as saved,
          coalesce(
            l.unlock_id,
            (array_agg(w.unlock_id order by w.recorded_at desc, w.id desc) filter (where w.unlock_id is not null))[1]
          ) as unlock_id
        from (
          select o.* from entries o where l.kind is null and o.workspace_id = l.workspace_id and o.id = l.id
          union all
          select c.* from entries c where l.kind is null and c.workspace_id = l.workspace_id and c.corrects_entry_id = l.id
        ) w
      ) s
      left join unlocks u on u.workspace_id = l.workspace_id and u.id = s.unlock_id
    ) e on true
    where l.batch_position is not null
    order by l.batch_position;
    return;
  end if;

  return query
  select l.batch_position, true, l.charge, l.credits, l.saved, l.unlock_id, l.unlocked_at, v_now
  from unnest(v_lines) with ordinality l
  where l.batch_position is not null
  order by l.ordinality;
end
$$;

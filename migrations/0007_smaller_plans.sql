-- The two functions that move money, and the trigger that counts usage, in fewer and smaller plans: a lone ask pays for
-- what PostgreSQL starts, a group for what it looks up, copies and parses. What they do is the same.

drop function settle_credits(json, text);
--> statement-breakpoint
drop type ledger_settled;
--> statement-breakpoint
drop function reserve_credits(int, json);
--> statement-breakpoint
drop type ledger_ask;
--> statement-breakpoint
-- As it was, in PL/pgSQL: a function of SQL that is not one expression is started like a statement of its own at each
-- call, which took longer than all else about a budget.
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
--> statement-breakpoint
-- One ask as reserve_credits is asked. `ord` is its place in the group, from 1.
create type ledger_ask as (
  ord int,
  workspace_id uuid,
  id uuid,
  account_id uuid,
  subject text,
  variant text,
  credits bigint,
  refetch_credits bigint,
  may_charge boolean,
  max_age_seconds bigint,
  ask_id uuid,
  step int,
  operation text,
  provider text,
  connection_id uuid,
  payer text,
  sandbox boolean,
  token_id uuid,
  workflow text
);
--> statement-breakpoint
-- What reserve_credits knows of the ask at `place`. `cost` is what it would reserve; `leader` is the place of the group's
-- first ask for the same subject that could pay, and in that ask's own row the place of the one that does; `full_slot` is
-- the budget period that refused it; the rest is what is ours of the subject.
create type ledger_verdict as (
  place int,
  status text,
  cost bigint,
  leader int,
  full_slot int,
  waits_for uuid,
  unlock_id uuid,
  record text,
  price bigint,
  unlocked_at timestamptz,
  fetched_at timestamptz
);
--> statement-breakpoint
-- The copy that answers an ask. In a row of its own it stays compressed, as it lies in its table, on its way through
-- reserve_credits; as an element of an array of texts it would be unpacked, and copied at its full length.
create type ledger_copy as (body text);
--> statement-breakpoint
-- Copies of 4 KB are packed into little more than 2. As rows of up to a third of a page they stay with their row, and are
-- found and kept in one place rather than three.
alter table snapshots set (toast_tuple_target = 2712);
--> statement-breakpoint
-- Reserves credits for a group of asks, all or nothing for each ask. What all of them have in common may come once, in
-- `p_shared`: it stands for whatever an ask leaves out. Answers one row for each, by `status`:
--   HIT            the record is unlocked and its snapshot is young enough; the entry is written
--   RESERVED       a durable reservation stands; the provider may be asked (credits 0: the record is ours already)
--   WAIT           the same subject is being fetched under the reservation `waits_for`
--   NEEDS_CREDITS  it would cost, and the caller said that it may not; nothing is written
--   OVER_BUDGET    a hard budget has too little left; the refusal is written
--   RETRY          the ledger could not tell; ask again
--
-- Plans are kept while tables grow, and one made on empty tables reads them from end to end. So every look into a
-- growing table is a lateral subquery with a limit, which can only become an index lookup for each row, and scans and
-- merges of whole tables are off. Left alone, PostgreSQL would plan these statements anew at each call, which costs more
-- than to run them (one reservation: 4.5 ms, not 1.8); and compiling them, where it can, costs more still.
--
-- What is seldom needed stands behind an IF: to start a plan costs a lone ask more than to run it.
create function reserve_credits(
  p_life_seconds int,
  p_asks json,
  p_shared json default '{}'
) returns table (
  ord int,
  status text,
  credits bigint,
  waits_for uuid,
  unlock_id uuid,
  record text,
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
  v_asks ledger_ask[];
  v_verdicts ledger_verdict[];
  v_copies ledger_copy[];
  v_holds ledger_hold[];
  v_slots ledger_hold[];
  v_hold ledger_hold;
  v_limit bigint[];
  v_room bigint[];
  v_full jsonb[];
  v_twice boolean;
  v_payers uuid[];
  v_reserves boolean;
  v_tight boolean;
  v_entered boolean;
  v_one record;
  v_slot int;
  v_leader int;
begin
  -- The group is taken out of its JSON once: that alone costs as much as to look everything up. And locked on the way, in
  -- the order of the keys: one reservation at a time for each subject, across all instances, so what is read below stays
  -- true until commit. Locks are taken in one order everywhere: these, then budget periods, then sums of usage.
  select array_agg(i.ask order by i.ord), count(distinct i.key) < count(*)
  into v_asks, v_twice
  from (
    select k.*, pg_advisory_xact_lock(k.key)
    from (
      select i as ask, i.ord, hashtextextended(concat(i.account_id, ' ', i.subject, ' ', i.variant), 0) as key
      from json_populate_recordset(json_populate_record(null::ledger_ask, p_shared), p_asks) i
      order by key
      offset 0
    ) k
    offset 0
  ) i;

  v_now := clock_timestamp();

  -- Everything that is known of each ask, in one look. A key that is null finds nothing without a look into the index:
  -- what is answered from its snapshot asks for no reservation, and what is ours for no doubt.
  select array_agg(row(
      i.ord,
      case
        when f.fresh then 'HIT'
        when r.id is not null then 'WAIT'
        when c.cost = 0 or i.may_charge then 'RESERVED'
        else 'NEEDS_CREDITS'
      end,
      c.cost, i.ord, null, r.id, a.unlock_id, u.record, u.price, u.unlocked_at, case when f.fresh then s.fetched_at end
    )::ledger_verdict order by i.ordinality),
    array_agg(case when f.fresh then row(s.body)::ledger_copy end order by i.ordinality),
    bool_or(f.fresh),
    bool_or(not f.fresh and r.id is null and (c.cost = 0 or i.may_charge)),
    array_agg(distinct i.workspace_id) filter (where not f.fresh and r.id is null and c.cost > 0)
  into v_verdicts, v_copies, v_entered, v_reserves, v_payers
  from unnest(v_asks) with ordinality i
  left join lateral (
    select a.unlock_id from aliases a
    where a.workspace_id = i.workspace_id and a.account_id = i.account_id and a.alias = i.subject
    limit 1
  ) a on true
  left join lateral (
    select u.record, u.price, u.unlocked_at from unlocks u
    where u.workspace_id = i.workspace_id and u.id = a.unlock_id
    limit 1
  ) u on true
  left join lateral (
    select s.body, s.fetched_at from snapshots s
    where s.workspace_id = i.workspace_id and s.unlock_id = a.unlock_id and s.variant = i.variant
    limit 1
  ) s on true
  cross join lateral (
    select coalesce(s.fetched_at >= v_now - make_interval(secs => i.max_age_seconds), false) as fresh
  ) f
  left join lateral (
    select r.id from reservations r
    where r.workspace_id = i.workspace_id and r.account_id = i.account_id
      and r.subject = case when not f.fresh then i.subject end
      and r.variant = i.variant and r.state = 'HELD'
    limit 1
  ) r on true
  left join lateral (
    select true as in_doubt from reservations d
    where d.workspace_id = i.workspace_id and d.account_id = i.account_id
      and d.subject = case when a.unlock_id is null then i.subject end
      and d.state = 'IN_DOUBT'
    limit 1
  ) d on true
  cross join lateral (
    -- What is ours is fetched again at its own price, which is 0 but where a provider charges for every fetch; and
    -- what is in doubt is counted already.
    select case when a.unlock_id is not null or d.in_doubt then i.refetch_credits else i.credits end as cost
  ) c;

  -- Where the group asks for one subject more than once, the first that could pay leads, and the others follow it.
  if v_twice and v_reserves then
    select array_agg(row(
        i.place,
        case
          when i.status not in ('RESERVED', 'NEEDS_CREDITS') then i.status
          when i.first is null then 'NEEDS_CREDITS'
          when i.first = i.place then 'RESERVED'
          else 'FOLLOW'
        end,
        i.cost, i.first, null, i.waits_for, i.unlock_id, i.record, i.price, i.unlocked_at, i.fetched_at
      )::ledger_verdict order by i.place)
    into v_verdicts
    from (
      select i.*,
        min(i.place)
          filter (where i.status = 'RESERVED')
          over (partition by i.workspace_id, i.account_id, i.subject, i.variant, i.status = 'HIT') as first
      from unnest(v_asks, v_verdicts) i
    ) i;
  end if;

  if v_payers is not null then
    -- The periods first, once for each budget rather than for each ask: calendars are slow.
    with period as materialized (
      select b.workspace_id, b.id, b.scope, b.subject, period_starts_at(b.period, b.time_zone, v_now) as starts_at
      from budgets b
      where b.workspace_id = any (v_payers) and b.deleted_at is null
    )
    select array_agg(row(
        h.ord, h.cost, h.workspace_id, h.budget_id, h.starts_at, h.slot
      )::ledger_hold order by h.ord, h.slot)
    into v_holds
    from (
      select a.ord, a.cost, b.workspace_id, b.id as budget_id, b.starts_at,
        dense_rank() over (order by b.workspace_id, b.id, b.starts_at)::int as slot
      from unnest(v_asks, v_verdicts) a
      join period b on b.workspace_id = a.workspace_id and case b.scope
        when 'WORKSPACE' then true
        when 'CONNECTION' then b.subject = a.connection_id::text
        when 'WORKFLOW' then b.subject = a.workflow
        when 'TOKEN' then b.subject = a.token_id::text
        when 'MANAGED' then a.payer = 'MANAGED'
      end
      where a.status in ('RESERVED', 'FOLLOW') and a.cost > 0
    ) h;
  end if;

  if v_holds is not null then
    -- Locked one after the other, in their order, made where they are missing, and charged with the whole group at once.
    select array_agg(row(
        null, h.credits, h.workspace_id, h.budget_id, h.starts_at, h.slot
      )::ledger_hold order by h.slot)
    into v_slots
    from (
      select h.slot, h.workspace_id, h.budget_id, h.starts_at,
        coalesce(sum(h.credits) filter (where v_verdicts[h.ord].status = 'RESERVED'), 0) as credits
      from unnest(v_holds) h group by 1, 2, 3, 4
    ) h;
    foreach v_hold in array v_slots loop
      loop
        update budget_periods p
        set reserved = p.reserved + v_hold.credits
        where p.workspace_id = v_hold.workspace_id and p.budget_id = v_hold.budget_id
          and p.starts_at = v_hold.starts_at;
        exit when found;
        insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
        values (v_hold.workspace_id, v_hold.budget_id, v_hold.starts_at, 0, 0)
        on conflict do nothing;
      end loop;
    end loop;

    -- Read in a statement of its own, after the locks: the limit may just have been raised. A soft budget has no end.
    select array_agg(b.limit order by h.slot),
      array_agg(case b.mode when 'HARD' then b.limit - p.spent - p.reserved + h.credits end order by h.slot),
      coalesce(bool_or(b.mode = 'HARD' and h.credits > 0 and p.spent + p.reserved > b.limit), false)
    into v_limit, v_room, v_tight
    from unnest(v_slots) h
    join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
    join budget_periods p
      on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at;

    -- Only where a budget cannot take the whole group are the asks let in one by one, in their order. Whoever follows
    -- an ask that was turned away is judged by its own budgets, and leads the others if it gets in.
    if v_tight then
      for v_one in
        select h.ord, h.credits, array_agg(h.slot order by h.slot) as slots
        from unnest(v_holds) h group by h.ord, h.credits order by h.ord
      loop
        v_leader := v_verdicts[v_one.ord].leader;
        continue when v_verdicts[v_one.ord].status = 'FOLLOW'
          and v_verdicts[v_verdicts[v_leader].leader].status = 'RESERVED';
        -- It could follow because another would have paid; it may not pay itself.
        if not v_asks[v_one.ord].may_charge then
          v_verdicts[v_one.ord].status := 'NEEDS_CREDITS';
          continue;
        end if;
        select s.slot into v_slot
        from unnest(v_one.slots) as s (slot) where v_room[s.slot] < v_one.credits order by s.slot limit 1;
        if found then
          v_entered := true;
          v_verdicts[v_one.ord].status := 'OVER_BUDGET';
          v_verdicts[v_one.ord].full_slot := v_slot;
        else
          v_verdicts[v_one.ord].status := 'RESERVED';
          v_verdicts[v_leader].leader := v_one.ord;
          foreach v_slot in array v_one.slots loop
            v_room[v_slot] := v_room[v_slot] - v_one.credits;
          end loop;
        end if;
      end loop;

      update budget_periods p
      set reserved = p.reserved + t.credits - v_slots[t.slot].credits
      from (
        select h.slot, h.workspace_id, h.budget_id, h.starts_at,
          coalesce(sum(h.credits) filter (where v_verdicts[h.ord].status = 'RESERVED'), 0)::bigint as credits
        from unnest(v_holds) h group by 1, 2, 3, 4
      ) t
      where p.workspace_id = t.workspace_id and p.budget_id = t.budget_id and p.starts_at = t.starts_at;

      -- What those who were turned away are told, by slot.
      select array_agg(jsonb_build_object(
          'id', b.id, 'name', b.name, 'limit', v_limit[h.slot]::text, 'spent', p.spent::text,
          'reserved', p.reserved::text, 'renewsAt', period_ends_at(b.period, b.time_zone, p.starts_at),
          'setByOperator', b.set_by_operator
        ) order by h.slot)
      into v_full
      from unnest(v_slots) h
      join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
      join budget_periods p
        on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at;
    end if;
  end if;

  if v_reserves then
    insert into reservations (
      workspace_id, id, account_id, subject, variant, credits, refetch_credits, unlock_id, ask_id, step, operation,
      provider, connection_id, payer, sandbox, token_id, workflow, budget_ids, budget_starts, reserved_at, expires_at)
    select a.workspace_id, a.id, a.account_id, a.subject, a.variant, a.cost, a.refetch_credits, a.unlock_id, a.ask_id,
      a.step, a.operation, a.provider, a.connection_id, a.payer, a.sandbox, a.token_id, a.workflow,
      coalesce(h.budget_ids, '{}'), coalesce(h.budget_starts, '{}'), v_now, v_now + make_interval(secs => p_life_seconds)
    from unnest(v_asks, v_verdicts) a
    left join (
      select h.ord, array_agg(h.budget_id order by h.slot) as budget_ids,
        array_agg(h.starts_at order by h.slot) as budget_starts
      from unnest(v_holds) h group by h.ord
    ) h on h.ord = a.ord
    where a.status = 'RESERVED';
  end if;

  if v_entered then
    insert into entries (
      workspace_id, id, at, recorded_at, outcome, charge, credits, saved, account_id, ask_id, step, operation, provider,
      connection_id, payer, sandbox, token_id, workflow, unlock_id, from_snapshot, problem)
    select a.workspace_id, a.id, v_now, v_now,
      case a.status when 'HIT' then 'FOUND'::outcome else 'REFUSED' end,
      case a.status when 'HIT' then 'ALREADY_UNLOCKED'::charge else 'NONE' end,
      0, case a.status when 'HIT' then coalesce(a.price, 0) else 0 end, a.account_id, a.ask_id, a.step, a.operation,
      a.provider, a.connection_id, a.payer, a.sandbox, a.token_id, a.workflow,
      case a.status when 'HIT' then a.unlock_id end, a.status = 'HIT',
      case a.status when 'OVER_BUDGET' then 'BUDGET_EXCEEDED' end
    from unnest(v_asks, v_verdicts) a
    where a.status in ('HIT', 'OVER_BUDGET');
  end if;

  return query
  select v.place,
    case
      when v.status <> 'FOLLOW' then v.status
      when v_verdicts[v_verdicts[v.leader].leader].status = 'RESERVED' then 'WAIT'
      else 'RETRY'
    end,
    v.cost,
    case when v.status = 'FOLLOW' then v_asks[v_verdicts[v.leader].leader].id else v.waits_for end,
    v.unlock_id, v.record, v.price, v.unlocked_at, v_copies[v.place].body, v.fetched_at,
    case when v.status = 'OVER_BUDGET' then v_full[v.full_slot] end
  from unnest(v_verdicts) v;
end
$$;
--> statement-breakpoint
-- One ending as settle_credits is told of it.
create type ledger_ending as (
  ord int,
  workspace_id uuid,
  id uuid,
  verdict outcome,
  price bigint,
  charged bigint,
  record text,
  aliases text[],
  copy int,
  problem text,
  latency_ms int
);
--> statement-breakpoint
-- One ending, or one correction, on its way through settle_credits. `ord` is null for corrections; `kind` is that of the
-- entry to write, null where none is; `finds` whether a record was found, `first` whether it was bought by this very
-- ending, or, in a correction, that the doubt was the purchase; `paid` is the price of the unlock; `cost` is what the
-- provider took; `held` are the credits of the reservation, whose `state` is null where it is gone. `asked_at` is when it
-- was made.
create type ledger_line as (
  ord int,
  workspace_id uuid,
  id uuid,
  account_id uuid,
  kind entry_kind,
  charge charge,
  credits bigint,
  saved bigint,
  unlock_id uuid,
  unlocked_at timestamptz,
  finds boolean,
  subject text,
  aliases text[],
  variant text,
  copy int,
  held bigint,
  budget_ids uuid[],
  budget_starts timestamptz[],
  outcome outcome,
  asked_at timestamptz,
  refers_to uuid,
  ask_id uuid,
  step int,
  operation text,
  provider text,
  connection_id uuid,
  payer text,
  sandbox boolean,
  token_id uuid,
  workflow text,
  problem text,
  latency_ms int,
  state reservation_state,
  refetch_credits bigint,
  first boolean,
  paid bigint,
  cost bigint
);
--> statement-breakpoint
-- Ends a group of reservations: entries, unlocks with their aliases, snapshots and budget counters, all or nothing. A
-- reservation that is gone has been ended before: it is answered with `settled` false and its entry as it stands, and
-- changes nothing. An ending is a verdict with what the provider has said: `charged`, the credits that it reports (null
-- where it reports none: then `price` decides), and `copy`, the place in `p_bodies` of the copy to keep (null where none
-- may be kept). The copies come as one text, parted by the record separator U+001E, which no JSON text holds: so they are
-- not read through once more, letter by letter, as elements of an array would be. What all endings have in common may
-- come once, in `p_shared`.
--
-- UNKNOWN puts held credits in doubt; every later knowledge of that record ends the doubt by a CORRECTION. Where a
-- provider charges for every fetch (refetch_credits above 0) only the late answer of the very call can know.
create function settle_credits(
  p_endings json,
  p_bodies text default '',
  p_shared json default '{}'
) returns table (
  ord int,
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
  v_bodies text[];
  v_ended uuid[];
  v_presumed uuid[];
  v_finds boolean;
  v_copies boolean;
  v_budgets boolean;
  v_doubts boolean;
  v_repeated boolean;
  v_place int;
  v_move record;
  v_budget record;
  v_spent bigint;
  v_threshold int;
begin
  -- What this statement may end: one row for each ending, with nulls where the reservation is gone. Whoever holds the
  -- row ends it; everybody later finds nothing. The outer join also keeps the planner's hundred.
  with claim as materialized (
    select i.ord, i.workspace_id as asked_workspace_id, i.id as asked_id, i.verdict, i.price, i.charged, i.record,
      i.aliases, i.copy, i.problem, i.latency_ms, r.*,
      r.id is not null and i.record is not null as finds,
      r.id is not null and i.record is not null and r.unlock_id is null as buys
    from (
      select *
      from json_populate_recordset(json_populate_record(null::ledger_ending, p_shared), p_endings)
      order by workspace_id, id
    ) i
    left join lateral (
      select * from reservations r where r.id = i.id and r.workspace_id = i.workspace_id for update
    ) r on true
  ),
  -- New unlocks, each by the id of the entry that buys it; the first claim on a record pays for it. A record bought
  -- meanwhile comes back as it is.
  bought as (
    insert into unlocks as u (
      workspace_id, id, account_id, record, operation, provider, sandbox, price, refetch_costs, entry_id, unlocked_at)
    select distinct on (c.workspace_id, c.account_id, c.record)
      c.workspace_id, c.id, c.account_id, c.record, c.operation, c.provider, c.sandbox, coalesce(c.charged, c.price),
      c.refetch_credits > 0, c.id, v_now
    from claim c
    where c.buys
    order by c.workspace_id, c.account_id, c.record, c.ord
    on conflict (workspace_id, account_id, record) do update set record = excluded.record
    returning u.workspace_id, u.id, u.account_id, u.record, u.price, u.entry_id, u.unlocked_at
  )
  -- The claims with their unlocks and what each is charged. A known record is fetched by its own id, so it stays the
  -- known unlock even if the provider has renamed it. `cost` is what the provider took, as it says or as its price says.
  select array_agg(row(
      f.ord, f.asked_workspace_id, f.asked_id, f.account_id,
      case when f.state = 'HELD' then 'ASK'::entry_kind end,
      case
        when f.state = 'HELD' then case
          when f.presumed then 'PRESUMED'::charge
          when f.cost > 0 then 'CHARGED'
          when f.finds and f.first then 'FREE'
          when f.finds then 'ALREADY_UNLOCKED'
          when f.verdict = 'FOUND' then 'FREE'
          when f.verdict = 'NOT_FOUND' then 'NOT_FOUND'
          else 'NONE'
        end
      end,
      case when f.state = 'HELD' then case when f.presumed then f.credits else f.cost end end,
      case
        when f.state = 'HELD' then case when f.finds and not f.first and f.cost = 0 then f.paid else 0 end
      end,
      f.found_unlock_id, f.unlocked_at, f.finds, f.subject, f.aliases, f.variant, f.copy, f.credits, f.budget_ids,
      f.budget_starts, f.verdict, f.reserved_at, null, f.ask_id, f.step, f.operation, f.provider, f.connection_id,
      f.payer, f.sandbox, f.token_id, f.workflow, f.problem, f.latency_ms, f.state, f.refetch_credits, f.first, f.paid,
      f.cost
    )::ledger_line order by f.ord),
    array_agg(f.id) filter (where f.state = 'HELD' and not f.presumed),
    array_agg(f.id) filter (where f.state = 'HELD' and f.presumed),
    bool_or(f.finds),
    bool_or(f.finds and f.copy is not null),
    bool_or(f.budget_ids <> '{}'),
    -- Nearly always there is no doubt at all, about anything.
    bool_or(f.state = 'IN_DOUBT') or (select exists (select from reservations e where e.state = 'IN_DOUBT')),
    bool_or(f.id is null)
  into v_lines, v_ended, v_presumed, v_finds, v_copies, v_budgets, v_doubts, v_repeated
  from (
    select f.*,
      case
        when f.charged is not null then f.charged
        when f.finds and (f.first or f.refetch_credits > 0) then f.price
        else 0
      end as cost,
      -- A record bought by another identifier meanwhile leaves nothing to be in doubt about.
      case
        when f.verdict = 'UNKNOWN' and f.charged is null and f.credits > 0 then f.refetch_credits > 0 or (
          select true from aliases a
          where a.workspace_id = f.workspace_id and a.account_id = f.account_id and a.alias = f.subject
          limit 1
        ) is null
        else false
      end as presumed
    from (
      select c.*, coalesce(b.id, k.id) as found_unlock_id, coalesce(b.price, k.price) as paid,
        coalesce(b.unlocked_at, k.unlocked_at) as unlocked_at, coalesce(b.entry_id = c.id, false) as first
      from claim c
      left join bought b
        on c.buys and b.workspace_id = c.workspace_id and b.account_id = c.account_id and b.record = c.record
      left join lateral (
        select u.id, u.price, u.unlocked_at
        from unlocks u
        where c.finds and u.workspace_id = c.workspace_id and u.id = c.unlock_id
        limit 1
      ) k on true
    ) f
  ) f;

  -- Every doubt about a record that this group knows the truth of: by any identifier of a record that was found, or by
  -- the very identifier that was missed. A call already given up that comes back with nothing proves nothing: another
  -- may have been sent since.
  if v_doubts then
    with line as materialized (
      select * from unnest(v_lines)
    ),
    known as materialized (
      select distinct on (k.workspace_id, k.id) k.*
      from (
        select d.workspace_id, d.id, c.ord
        from line c
        cross join lateral (
          select c.subject as name
          union
          select n.alias from unnest(c.aliases) as n (alias) where c.finds
        ) n
        join reservations d
          on d.workspace_id = c.workspace_id and d.account_id = c.account_id and d.state = 'IN_DOUBT'
            and d.subject = n.name and d.refetch_credits = 0
        where c.finds or (c.outcome = 'NOT_FOUND' and c.state = 'HELD')
        union all
        -- A row that fell into doubt while the statement above waited for it.
        select c.workspace_id, c.id, c.ord
        from line c
        where c.state = 'IN_DOUBT' and (c.finds or (c.refetch_credits > 0 and c.outcome <> 'UNKNOWN'))
      ) k
      order by k.workspace_id, k.id, k.ord
    ),
    doubt as materialized (
      select d.*, k.ord
      from (select * from known order by workspace_id, id) k
      cross join lateral (
        select * from reservations d where d.id = k.id and d.workspace_id = k.workspace_id for update
      ) d
    ),
    -- Where the group bought the record, its oldest doubt was the purchase; every other doubt is given back. Where every
    -- fetch is charged, the late answer says what its own call has cost.
    correction as materialized (
      select d.*, f.found_unlock_id, f.outcome, f.finds,
        case
          when d.refetch_credits > 0 then f.cost > 0
          else coalesce(f.bought_now, false) and row_number() over (
            partition by d.workspace_id, f.found_unlock_id order by d.reserved_at, d.id) = 1
        end as confirmed,
        case when d.refetch_credits > 0 then f.cost else f.paid end as paid
      from doubt d
      join lateral (
        select case when f.finds then f.unlock_id end as found_unlock_id, f.paid, f.cost, f.outcome, f.finds,
          f.finds and exists (
            select from line g
            where g.workspace_id = f.workspace_id and g.unlock_id = f.unlock_id and g.first
          ) as bought_now
        from line f where f.ord = d.ord
      ) f on true
    )
    select array_agg(row(
        null, x.workspace_id, uuid_v7(), x.account_id, 'CORRECTION',
        case
          when x.confirmed then 'CHARGED'::charge
          when x.finds then 'ALREADY_UNLOCKED'
          when x.outcome = 'NOT_FOUND' then 'NOT_FOUND'
          else 'NONE'
        end,
        case when x.confirmed then x.paid - x.credits else - x.credits end,
        0, x.found_unlock_id, null, false, null, null, null, null, 0, x.budget_ids, x.budget_starts, x.outcome,
        x.reserved_at, x.id, x.ask_id, x.step, x.operation, x.provider, x.connection_id, x.payer, x.sandbox, x.token_id,
        x.workflow, null, 0, null, x.refetch_credits, x.confirmed, null, null
      )::ledger_line)
    into v_corrections
    from correction x;

    if v_corrections is not null then
      -- What the oldest doubt has paid for, the ask that found it has not.
      for v_place in
        select l.ordinality
        from unnest(v_lines) with ordinality l
        where l.kind = 'ASK' and exists (
          select from unnest(v_corrections) x
          where x.first and x.refetch_credits = 0
            and x.workspace_id = l.workspace_id and x.unlock_id = l.unlock_id)
      loop
        v_lines[v_place].charge := 'ALREADY_UNLOCKED';
        v_lines[v_place].credits := 0;
        v_lines[v_place].saved := case when v_lines[v_place].first then 0 else v_lines[v_place].paid end;
      end loop;
      v_lines := v_lines || v_corrections;
      v_ended := v_ended || (select array_agg(x.refers_to) from unnest(v_corrections) x);
      v_budgets := true;
    end if;
  end if;

  if v_finds then
    insert into aliases as a (workspace_id, account_id, alias, unlock_id)
    select distinct on (f.workspace_id, f.account_id, n.alias)
      f.workspace_id, f.account_id, n.alias, f.unlock_id
    from unnest(v_lines) f
    cross join lateral unnest(f.aliases || f.subject) as n (alias)
    where f.finds
    order by f.workspace_id, f.account_id, n.alias, f.ord desc
    on conflict (workspace_id, account_id, alias) do update set unlock_id = excluded.unlock_id
      where a.unlock_id is distinct from excluded.unlock_id;
  end if;

  if v_copies then
    v_bodies := string_to_array(p_bodies, e'\x1e');
    insert into snapshots as s (workspace_id, unlock_id, variant, body, fetched_at)
    select distinct on (f.workspace_id, f.unlock_id, f.variant)
      f.workspace_id, f.unlock_id, f.variant, v_bodies[f.copy], v_now
    from unnest(v_lines) f
    where f.finds and f.copy is not null
    order by f.workspace_id, f.unlock_id, f.variant, f.ord desc
    on conflict (workspace_id, unlock_id, variant) do update
      set body = excluded.body, fetched_at = excluded.fetched_at;
  end if;

  if v_presumed is not null then
    update reservations r set state = 'IN_DOUBT' where r.id = any (v_presumed);
  end if;
  if v_ended is not null then
    delete from reservations r where r.id = any (v_ended);
  end if;

  if v_budgets then
    -- Locked one after the other, in their order.
    for v_move in
      select l.workspace_id, b.budget_id, b.starts_at,
        sum(l.held)::bigint as released, sum(l.credits)::bigint as spent
      from unnest(v_lines) l
      cross join lateral unnest(l.budget_ids, l.budget_starts) as b (budget_id, starts_at)
      where l.kind is not null
      group by 1, 2, 3
      order by 1, 2, 3
    loop
      update budget_periods p
      set reserved = p.reserved - v_move.released, spent = p.spent + v_move.spent
      where p.workspace_id = v_move.workspace_id and p.budget_id = v_move.budget_id and p.starts_at = v_move.starts_at
      returning p.spent into v_spent;
      continue when not found or v_move.spent <= 0;
      select b.limit, b.thresholds, b.webhook_url into v_budget
      from budgets b
      where b.workspace_id = v_move.workspace_id and b.id = v_move.budget_id and b.deleted_at is null;
      continue when not found;
      foreach v_threshold in array v_budget.thresholds loop
        continue when v_spent * 100 < v_budget.limit * v_threshold;
        insert into budget_crossings (
          workspace_id, budget_id, starts_at, threshold, "limit", spent, crossed_at, next_try_at)
        values (
          v_move.workspace_id, v_move.budget_id, v_move.starts_at, v_threshold, v_budget.limit, v_spent, v_now,
          case when v_budget.webhook_url is not null then v_now end)
        on conflict do nothing;
      end loop;
    end loop;
  end if;

  insert into entries (
    workspace_id, id, kind, at, recorded_at, refers_to, outcome, charge, credits, saved, account_id, ask_id, step,
    operation, provider, connection_id, payer, sandbox, token_id, workflow, unlock_id, budget_ids, budget_starts,
    problem, latency_ms)
  select l.workspace_id, l.id, l.kind, l.asked_at, v_now, l.refers_to, l.outcome, l.charge, l.credits, l.saved,
    l.account_id, l.ask_id, l.step, l.operation, l.provider, l.connection_id, l.payer, l.sandbox, l.token_id,
    l.workflow, l.unlock_id, l.budget_ids, l.budget_starts, l.problem, l.latency_ms
  from unnest(v_lines) l
  where l.kind is not null;

  -- What was ended before is answered as it was then: the statement may have been sent again over a lost connection.
  if v_repeated then
    return query
    select l.ord, l.state is not null,
      case when l.state is null then e.charge else l.charge end,
      case when l.state is null then e.credits else l.credits end,
      case when l.state is null then e.saved else l.saved end,
      case when l.state is null then e.unlock_id else l.unlock_id end,
      case when l.state is null then e.unlocked_at else l.unlocked_at end,
      v_now
    from unnest(v_lines) l
    left join lateral (
      select e.charge, e.credits, e.saved, e.unlock_id, u.unlocked_at
      from entries e
      left join unlocks u on u.workspace_id = e.workspace_id and u.id = e.unlock_id
      where l.state is null and e.workspace_id = l.workspace_id and e.id = l.id
      limit 1
    ) e on true
    where l.ord is not null
    order by l.ord;
    return;
  end if;

  return query
  select l.ord, true, l.charge, l.credits, l.saved, l.unlock_id, l.unlocked_at, v_now
  from unnest(v_lines) with ordinality l
  where l.ord is not null
  order by l.ordinality;
end
$$;
--> statement-breakpoint
-- How many calls fell into each bin of latency. A call of up to 2^n milliseconds falls into bin n, one of more than 2^16
-- into the last.
create function count_bins(p_bins int[]) returns int[] language plpgsql immutable strict as $$
declare
  v_counts int[] := array_fill(0, array[18]);
  v_bin int;
begin
  foreach v_bin in array p_bins loop
    v_counts[v_bin + 1] := v_counts[v_bin + 1] + 1;
  end loop;
  return v_counts;
end
$$;
--> statement-breakpoint
-- Adds two lists of counts of one length, either of which may be empty.
create function add_counts(p_some int[], p_more int[]) returns int[] language plpgsql immutable strict as $$
begin
  if p_some = '{}' then
    return p_more;
  end if;
  for v_place in 1 .. cardinality(p_more) loop
    p_some[v_place] := p_some[v_place] + p_more[v_place];
  end loop;
  return p_some;
end
$$;
--> statement-breakpoint
-- Adds entries to the sums of their quarters of an hour and labels. Fired by whatever writes entries, in its own
-- statement: so reports, which read these sums, cannot disagree with the ledger. The rows are locked in the order of
-- their key, after all other locks of the statement. The bins are counted by a function: an aggregate for each of them
-- took a lone ask longer to start than everything else here.
create or replace function count_usage() returns trigger language plpgsql
set enable_seqscan = off set plan_cache_mode = force_generic_plan set jit = off as $$
begin
  insert into usage_buckets as b (
    workspace_id, starts_at, labels, account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id,
    outcome, asks, attempts, from_snapshot, credits, saved, latencies)
  select s.workspace_id, s.starts_at,
    encode(substring(sha256(convert_to(json_build_array(
      s.account_id, s.provider, s.connection_id, s.payer, s.sandbox, s.operation, s.workflow, s.token_id, s.outcome
    )::text, 'UTF8')) for 16), 'hex')::uuid as labels,
    s.account_id, s.provider, s.connection_id, s.payer, s.sandbox, s.operation, s.workflow, s.token_id, s.outcome,
    s.asks, s.attempts, s.from_snapshot, s.credits, s.saved, coalesce(count_bins(s.bins), '{}')
  from (
    select n.workspace_id, date_bin(interval '15 minutes', n.at, timestamptz 'epoch') as starts_at, n.account_id,
      n.provider, n.connection_id, n.payer, n.sandbox, n.operation, n.workflow, n.token_id, n.outcome,
      count(*) filter (where n.kind = 'ASK' and n.step = 1) as asks,
      count(*) filter (where n.kind = 'ASK') as attempts,
      count(*) filter (where n.from_snapshot) as from_snapshot,
      sum(n.credits)::bigint as credits,
      sum(n.saved)::bigint as saved,
      array_agg(width_bucket(n.latency_ms, array[
        2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16385, 32769, 65537
      ])) filter (where n.latency_ms > 0 and not n.from_snapshot) as bins
    from new_entries n
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  ) s
  order by 1, 2, 3
  on conflict (workspace_id, starts_at, labels) do update set
    asks = b.asks + excluded.asks,
    attempts = b.attempts + excluded.attempts,
    from_snapshot = b.from_snapshot + excluded.from_snapshot,
    credits = b.credits + excluded.credits,
    saved = b.saved + excluded.saved,
    latencies = add_counts(b.latencies, excluded.latencies);
  return null;
end
$$;

-- A database as migration 0009 left it, the last one before the baseline: tables, types, functions, triggers and data.
-- The upgrade test loads it into an empty database (PostgreSQL 15 or newer), upgrades it and compares it with
-- database-at-0009.json, which lists counts, sums, ids and the plain values of what is sealed or hashed here.
--
-- Load it over one connection: `await sql.unsafe(text)` with postgres.js. All names are qualified, so search_path may be
-- anything and is not changed. The two settings below are reset at the end.
--
-- That release wrote it through its API, with the sandbox, on PostgreSQL 15 with a shifted clock. It holds:
--   workspaces    default (PRO), Northwind (STARTER, uses the operator's keys and one of its own), Dormant (no data)
--   tokens        all five roles; one is revoked, one is expired
--   connections   all three providers; one rotated, one deleted, one disabled, one refused, two keys of one account
--   entries       October and November 2026: every charge, every outcome, waterfalls of two and three steps, corrections
--                 that confirm (2) and return (1) a presumed charge, entries of 31 October (UTC) in a November period (Sydney)
--   reservations  two HELD, three IN_DOUBT (one at a provider that charges for every fetch)
--   unlocks       bought, free and declared ones; one record is forgotten
--   budgets       hard, soft, operator's and deleted ones, of every scope and period
--   alerts        delivered, pending after two tries, given up, and without a webhook, of budgets and of a balance
--   balances      plans, pools, and readings of every source
--   waterfalls    two defaults for people (one in each of two workspaces), one that is no default
--   requests      three stored responses of idempotent mutations, one mutation that was under way when the gateway was killed
--
-- Changed by hand afterwards: one HELD reservation and two stored responses expire in 2099, so that the test may use them
-- on any day. Nothing listens at the webhooks' address, 127.0.0.1:4099.
--
-- Test values only, no secrets: everything sealed opens with this value of GATEWAY_SECRETS (now ENCRYPTION_KEYS):
--   ZmlybWFibGUtZ2F0ZXdheS0wMDA5LWZpeHR1cmUta2U=
-- It opens the sandbox keys of connections, the webhook secrets, the stored responses and the key of the fingerprints.

set check_function_bodies = false;
set client_min_messages = warning;

CREATE SCHEMA drizzle;

CREATE TYPE public.budget_mode AS ENUM (
    'HARD',
    'SOFT'
);

CREATE TYPE public.budget_period AS ENUM (
    'DAY',
    'WEEK',
    'MONTH',
    'TOTAL'
);

CREATE TYPE public.budget_scope AS ENUM (
    'WORKSPACE',
    'CONNECTION',
    'WORKFLOW',
    'TOKEN',
    'MANAGED'
);

CREATE TYPE public.charge AS ENUM (
    'CHARGED',
    'ALREADY_UNLOCKED',
    'FREE',
    'NOT_FOUND',
    'PRESUMED',
    'NONE'
);

CREATE TYPE public.entry_kind AS ENUM (
    'ASK',
    'CORRECTION'
);

CREATE TYPE public.ledger_ask AS (
	ord integer,
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
	step integer,
	operation text,
	provider text,
	connection_id uuid,
	payer text,
	sandbox boolean,
	token_id uuid,
	workflow text
);

CREATE TYPE public.ledger_copy AS (
	body text
);

CREATE TYPE public.outcome AS ENUM (
    'FOUND',
    'NOT_FOUND',
    'REFUSED',
    'FAILED',
    'UNKNOWN'
);

CREATE TYPE public.ledger_ending AS (
	ord integer,
	workspace_id uuid,
	id uuid,
	verdict public.outcome,
	price bigint,
	charged bigint,
	record text,
	aliases text[],
	copy integer,
	problem text,
	latency_ms integer
);

CREATE TYPE public.ledger_hold AS (
	ord integer,
	credits bigint,
	workspace_id uuid,
	budget_id uuid,
	starts_at timestamp with time zone,
	slot integer
);

CREATE TYPE public.reservation_state AS ENUM (
    'HELD',
    'IN_DOUBT'
);

CREATE TYPE public.ledger_line AS (
	ord integer,
	workspace_id uuid,
	id uuid,
	account_id uuid,
	kind public.entry_kind,
	charge public.charge,
	credits bigint,
	saved bigint,
	unlock_id uuid,
	unlocked_at timestamp with time zone,
	finds boolean,
	subject text,
	aliases text[],
	variant text,
	copy integer,
	held bigint,
	budget_ids uuid[],
	budget_starts timestamp with time zone[],
	outcome public.outcome,
	asked_at timestamp with time zone,
	refers_to uuid,
	ask_id uuid,
	step integer,
	operation text,
	provider text,
	connection_id uuid,
	payer text,
	sandbox boolean,
	token_id uuid,
	workflow text,
	problem text,
	latency_ms integer,
	state public.reservation_state,
	refetch_credits bigint,
	first boolean,
	paid bigint,
	cost bigint
);

CREATE TYPE public.ledger_verdict AS (
	place integer,
	status text,
	cost bigint,
	leader integer,
	full_slot integer,
	waits_for uuid,
	unlock_id uuid,
	record text,
	price bigint,
	unlocked_at timestamp with time zone,
	fetched_at timestamp with time zone
);

CREATE TYPE public.plan AS ENUM (
    'FREE',
    'STARTER',
    'EXPLORER',
    'PRO'
);

CREATE TYPE public.reading_source AS ENUM (
    'RECORDED',
    'REPORTED',
    'OUT_OF_CREDITS'
);

CREATE TYPE public.role AS ENUM (
    'ADMIN',
    'MANAGER',
    'INTEGRATION',
    'MEMBER',
    'VIEWER'
);

CREATE TYPE public.unlock_origin AS ENUM (
    'BOUGHT',
    'DECLARED'
);

CREATE TYPE public.waterfall_default AS ENUM (
    'COMPANIES',
    'PEOPLE'
);

CREATE FUNCTION public.add_counts(p_some integer[], p_more integer[]) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
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

CREATE FUNCTION public.clear_known_doubts(p_rows_max integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_endings json;
begin
  select json_agg(json_build_object(
    'ord', o.ord, 'workspace_id', o.workspace_id, 'id', o.id, 'verdict', 'FOUND', 'record', o.record, 'price', 0,
    'latency_ms', 0))
  into v_endings
  from (
    select row_number() over () as ord, e.*
    from (
      select r.workspace_id, r.id, u.record
      from reservations r
      join aliases a on a.workspace_id = r.workspace_id and a.account_id = r.account_id and a.alias = r.subject
      join unlocks u on u.workspace_id = a.workspace_id and u.id = a.unlock_id
      where r.state = 'IN_DOUBT' and r.refetch_credits = 0
      order by r.workspace_id, r.id
      limit p_rows_max
      for update of r skip locked
    ) e
  ) o;
  if v_endings is null then
    return 0;
  end if;
  return (select count(*) from settle_credits(v_endings) s where s.settled);
end
$$;

CREATE FUNCTION public.count_bins(p_bins integer[]) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
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

CREATE FUNCTION public.count_usage() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off'
    AS $$
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

CREATE FUNCTION public.expire_reservations(p_rows_max integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_endings json;
  v_one record;
  v_count int := 0;
begin
  select json_agg(json_build_object(
    'ord', o.ord, 'workspace_id', o.workspace_id, 'id', o.id, 'verdict', 'UNKNOWN',
    'problem', 'PROVIDER_TIMEOUT', 'latency_ms', 0))
  into v_endings
  from (
    select row_number() over () as ord, e.*
    from (
      select r.workspace_id, r.id
      from reservations r
      where r.state = 'HELD' and r.expires_at < clock_timestamp()
      order by r.workspace_id, r.id
      limit p_rows_max
      for update skip locked
    ) e
  ) o;
  if v_endings is null then
    return 0;
  end if;
  begin
    return (select count(*) from settle_credits(v_endings) s where s.settled);
  exception when others then
    -- One row that cannot be ended must not keep all others from it.
    for v_one in select value as ending from json_array_elements(v_endings) loop
      begin
        v_count := v_count + (select count(*) from settle_credits(json_build_array(v_one.ending)) s where s.settled);
      exception when others then
        raise warning 'the reservation % cannot be given up: %', v_one.ending ->> 'id', sqlerrm;
      end;
    end loop;
    return v_count;
  end;
end
$$;

CREATE FUNCTION public.first_id_of(p_at timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    AS $$
  select rpad(lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

CREATE FUNCTION public.local_midnight(midnight timestamp without time zone, time_zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.make_entry_partitions(p_from timestamp with time zone, p_months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
    SET lock_timeout TO '250ms'
    AS $$
declare
  v_month timestamp;
  v_name text;
  v_start uuid;
  v_end uuid;
  v_made int := 0;
begin
  -- Another instance is at it.
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
    v_start := first_id_of(v_month at time zone 'UTC');
    v_end := first_id_of((v_month + interval '1 month') at time zone 'UTC');
    continue when to_regclass(v_name) is not null
      or exists (select from entries_other where id >= v_start and id < v_end);
    execute format('create table %I partition of entries for values from (%L) to (%L)', v_name, v_start, v_end);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function refuse_change()',
      v_name || '_no_truncate', v_name);
    v_made := v_made + 1;
  end loop;
  return v_made;
end
$$;

CREATE FUNCTION public.period_ends_at(period public.budget_period, time_zone text, starts_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
  select case
    when period <> 'TOTAL' then local_midnight(
      date_trunc('day', starts_at at time zone time_zone)
        + case period when 'DAY' then interval '1 day' when 'WEEK' then interval '7 days' else interval '1 month' end,
      time_zone)
  end
$$;

CREATE FUNCTION public.period_starts_at(period public.budget_period, time_zone text, at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
  select case
    when period = 'TOTAL' then timestamptz 'epoch'
    else local_midnight(date_trunc(lower(period::text), at at time zone time_zone), time_zone)
  end
$$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'the table % is append-only: correct an entry by a new one that refers to it', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

CREATE FUNCTION public.reserve_credits(p_life_seconds integer, p_asks json, p_shared json DEFAULT '{}'::json) RETURNS TABLE(ord integer, status text, credits bigint, waits_for uuid, unlock_id uuid, record text, price bigint, unlocked_at timestamp with time zone, body text, fetched_at timestamp with time zone, budget jsonb)
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off'
    AS $$
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

CREATE FUNCTION public.settle_credits(p_endings json, p_bodies text DEFAULT ''::text, p_shared json DEFAULT '{}'::json) RETURNS TABLE(ord integer, settled boolean, charge public.charge, credits bigint, saved bigint, unlock_id uuid, unlocked_at timestamp with time zone, fetched_at timestamp with time zone)
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    SET jit TO 'off'
    AS $$
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

CREATE FUNCTION public.take_turns(p_wishes json) RETURNS TABLE(ord integer, turn_at double precision, told_at double precision)
    LANGUAGE plpgsql
    AS $$
declare
  v_wish record;
  v_turns double precision[];
  v_key text;
  v_turn double precision;
  v_few int;
begin
  -- Turns may be forgotten in a crash, never be waited for: no need to flush them.
  perform set_config('synchronous_commit', 'off', true);
  insert into paces as p (key, turns, used_at)
  select w.key, '{}', clock_timestamp()
  from (select distinct key from json_to_recordset(p_wishes) as (key text)) w
  order by w.key
  on conflict (key) do update set used_at = excluded.used_at;
  told_at := extract(epoch from clock_timestamp());
  for v_wish in
    select w.*
    from json_to_recordset(p_wishes) as w (
      ord int, key text, per_window int, window_seconds double precision, patience_seconds double precision)
    order by w.key, w.ord
  loop
    if v_key is distinct from v_wish.key then
      if v_key is not null then
        update paces p set turns = v_turns where p.key = v_key;
      end if;
      v_key := v_wish.key;
      select p.turns into v_turns from paces p where p.key = v_key;
      -- No honest turn lies further off than patience: the clock has been set back. Twice, so that a small step back under
      -- a full queue does not forget turns that are still to come.
      if v_turns[cardinality(v_turns)] > told_at + 2 * v_wish.patience_seconds then
        v_turns := '{}';
      end if;
    end if;
    v_turn := greatest(told_at, v_turns[cardinality(v_turns)]);
    v_few := least(5, v_wish.per_window);
    if cardinality(v_turns) >= v_few then
      v_turn := greatest(
        v_turn, v_turns[cardinality(v_turns) - v_few + 1] + v_wish.window_seconds * v_few / v_wish.per_window);
    end if;
    ord := v_wish.ord;
    if v_turn - told_at > v_wish.patience_seconds then
      turn_at := null;
    else
      v_turns := (v_turns || v_turn)[greatest(1, cardinality(v_turns) + 2 - v_few):];
      turn_at := v_turn;
    end if;
    return next;
  end loop;
  if v_key is not null then
    update paces p set turns = v_turns where p.key = v_key;
  end if;
end
$$;

CREATE FUNCTION public.uuid_v7() RETURNS uuid
    LANGUAGE sql
    AS $$
  -- 48 bits of milliseconds, then randomness under the version and variant bits: RFC 9562, section 5.7.
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);

CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;

CREATE TABLE public.account_keys (
    workspace_id uuid NOT NULL,
    provider text NOT NULL,
    fingerprint bytea NOT NULL,
    account_id uuid NOT NULL
);

CREATE TABLE public.accounts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.aliases (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    alias text NOT NULL,
    unlock_id uuid NOT NULL
);

CREATE TABLE public.balance_crossings (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    threshold integer NOT NULL,
    monthly_credits bigint NOT NULL,
    used bigint NOT NULL,
    remaining bigint NOT NULL,
    renews_at timestamp with time zone NOT NULL,
    crossed_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone
);

CREATE TABLE public.balance_plans (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    monthly_credits bigint NOT NULL,
    renewal_day smallint NOT NULL,
    time_zone text NOT NULL,
    rollover boolean NOT NULL,
    thresholds integer[] DEFAULT '{}'::integer[] NOT NULL,
    declared_at timestamp with time zone DEFAULT now() NOT NULL,
    webhook_url text,
    webhook_secret_sealed bytea,
    watched_at timestamp with time zone
);

CREATE TABLE public.balance_pools (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    credits bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.balance_readings (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    credits bigint NOT NULL,
    source public.reading_source NOT NULL,
    token_id uuid
);

CREATE TABLE public.budget_crossings (
    workspace_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    threshold integer NOT NULL,
    "limit" bigint NOT NULL,
    spent bigint NOT NULL,
    crossed_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone
);

CREATE TABLE public.budget_periods (
    workspace_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    reserved bigint NOT NULL,
    spent bigint NOT NULL
);

CREATE TABLE public.budgets (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    scope public.budget_scope NOT NULL,
    subject text,
    period public.budget_period NOT NULL,
    time_zone text NOT NULL,
    "limit" bigint NOT NULL,
    mode public.budget_mode NOT NULL,
    thresholds integer[] NOT NULL,
    webhook_url text,
    webhook_secret_sealed bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    set_by_operator boolean DEFAULT false NOT NULL
);

CREATE TABLE public.connections (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    name text NOT NULL,
    account_id uuid NOT NULL,
    key_sealed bytea,
    key_hint text NOT NULL,
    sandbox boolean NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    verified_at timestamp with time zone,
    problem_code text,
    disabled_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.entries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
)
PARTITION BY RANGE (id);

CREATE TABLE public.entries_2026_10 (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.entries_2026_11 (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.entries_2026_12 (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.entries_2027_01 (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.entries_2027_02 (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.entries_other (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind public.entry_kind DEFAULT 'ASK'::public.entry_kind NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    refers_to uuid,
    outcome public.outcome NOT NULL,
    charge public.charge NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    account_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    unlock_id uuid,
    from_snapshot boolean DEFAULT false NOT NULL,
    budget_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    budget_starts timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    problem text,
    latency_ms integer DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.idempotent_requests (
    workspace_id uuid NOT NULL,
    token_id uuid NOT NULL,
    key_fingerprint bytea NOT NULL,
    request_fingerprint bytea NOT NULL,
    id uuid NOT NULL,
    answer_sealed bytea,
    lease_ends_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE UNLOGGED TABLE public.paces (
    key text NOT NULL,
    turns double precision[] NOT NULL,
    used_at timestamp with time zone NOT NULL
);

CREATE TABLE public.reservations (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    subject text NOT NULL,
    variant text NOT NULL,
    state public.reservation_state DEFAULT 'HELD'::public.reservation_state NOT NULL,
    credits bigint NOT NULL,
    unlock_id uuid,
    operation text NOT NULL,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean DEFAULT false NOT NULL,
    token_id uuid NOT NULL,
    workflow text,
    budget_ids uuid[] NOT NULL,
    budget_starts timestamp with time zone[] NOT NULL,
    reserved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    refetch_credits bigint DEFAULT 0 NOT NULL,
    ask_id uuid NOT NULL,
    step smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.snapshots (
    workspace_id uuid NOT NULL,
    unlock_id uuid NOT NULL,
    variant text NOT NULL,
    body text NOT NULL,
    fetched_at timestamp with time zone NOT NULL
)
WITH (toast_tuple_target='2712');

CREATE TABLE public.tokens (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    role public.role NOT NULL,
    hash_prefix bytea NOT NULL,
    hash bytea NOT NULL,
    hint text NOT NULL,
    workflow text,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.unlocks (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    record text NOT NULL,
    operation text NOT NULL,
    provider text NOT NULL,
    sandbox boolean NOT NULL,
    price bigint NOT NULL,
    entry_id uuid,
    unlocked_at timestamp with time zone NOT NULL,
    refetch_costs boolean DEFAULT false NOT NULL,
    origin public.unlock_origin DEFAULT 'BOUGHT'::public.unlock_origin NOT NULL
);

CREATE TABLE public.usage_buckets (
    workspace_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    labels uuid NOT NULL,
    account_id uuid,
    provider text,
    connection_id uuid,
    payer text,
    sandbox boolean NOT NULL,
    operation text NOT NULL,
    workflow text,
    token_id uuid NOT NULL,
    outcome public.outcome NOT NULL,
    asks bigint NOT NULL,
    attempts bigint NOT NULL,
    from_snapshot bigint NOT NULL,
    credits bigint NOT NULL,
    saved bigint NOT NULL,
    latencies integer[] DEFAULT '{}'::integer[] NOT NULL
);

CREATE TABLE public.vault (
    id integer DEFAULT 1 NOT NULL,
    fingerprint_key_sealed bytea NOT NULL
);

CREATE TABLE public.waterfalls (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    steps json NOT NULL,
    default_for public.waterfall_default,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.workspaces (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    plan public.plan DEFAULT 'PRO'::public.plan NOT NULL
);

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_2026_10 FOR VALUES FROM ('01a0f4c2-c400-0000-0000-000000000000') TO ('01a19467-e800-0000-0000-000000000000');

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_2026_11 FOR VALUES FROM ('01a19467-e800-0000-0000-000000000000') TO ('01a22ee6-b000-0000-0000-000000000000');

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_2026_12 FOR VALUES FROM ('01a22ee6-b000-0000-0000-000000000000') TO ('01a2ce8b-d400-0000-0000-000000000000');

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_2027_01 FOR VALUES FROM ('01a2ce8b-d400-0000-0000-000000000000') TO ('01a36e30-f800-0000-0000-000000000000');

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_2027_02 FOR VALUES FROM ('01a36e30-f800-0000-0000-000000000000') TO ('01a3fe63-0800-0000-0000-000000000000');

ALTER TABLE ONLY public.entries ATTACH PARTITION public.entries_other DEFAULT;

ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);

INSERT INTO drizzle.__drizzle_migrations (id, hash, created_at) VALUES
	(1, 'f9254a2d92abb5ffe0e4aaec264df044d92b355cab07ee57b1742bc1bd7e4f9a', 1795449066215),
	(2, '48cbaad93947d1f37b7c5c7ad78f20f6fccba6aed74d562fa804890fa7e7bc3b', 1795449067898),
	(3, '0f852aeb0b2fdac31f2fe29fad775a902b413135cec5020e4cde340082c617af', 1795449069230),
	(4, '76ce2871adf79ed89c204b712ccbb8d659d5bd9ad1ce185b2fc78676b19bfbae', 1795455032188),
	(5, 'de97c8f6e7be22ece8188f445c47cb1c21ecec0c3361e1fcde66aecb073a44dd', 1795455881902),
	(6, '07f0fe74c4e8a8d8c8861c6c1a56fd079fad050e5e913a77398a5e964142bdf6', 1795457266909),
	(7, '673072beaef3afd666a3bf42e8430ecaebe9309d70f8882a7f6ac122f01217e5', 1795478150889),
	(8, '1d5faa114babb363fcb4fa9e7c39a7ef9a167f65ae51eb9d37f14f8bca231815', 1795479650257),
	(9, 'e1142bcd8c15ac38d7ebd6209d85bfc270acf0aef491c837d5878d6d371b14c1', 1795485440627),
	(10, '355ff5f294a0aa74cde8e00a4b00df4ab7a23d87209776e7a7b7c9cdad31285d', 1795671621482);

INSERT INTO public.account_keys (workspace_id, provider, fingerprint, account_id) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\xc2a9ae589112c51989b7eb20071207217c664f0c490f589dd1cd1dcf5b5ac8d4', '01a13823-5fa0-7418-aae3-da53441dc423'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\xe2540cd8ee9fd106ecfabf198b70d5cc322714ce593b1999fb750d6061e1ec39', '01a13823-5fa0-7418-aae3-da53441dc423'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x0883b023668915be1af0cada004cb26d8fc871757fb5ccd693d344d840ceb1dd', '01a13823-60c5-737f-855c-e2e82fb42b90'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\xa0e16c4587f64b705df0b414bc1402a77810419dc0e776e1895cd8cdf50bcad4', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x4d1aa3a386aa6446feea70706cd1efaeb51beb23082a40304349f1159654f0aa', '01a13823-6191-745d-9b65-f67d21d99574'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'PEOPLE_DATA_LABS', '\x8adfbb2c0963d946071d3502cdd87612997d8efb9669ebc31926cc5ae8dd618a', '01a13823-61c5-71ac-aa50-ffc52fb24794'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'PEOPLE_DATA_LABS', '\x236f3a9199a90e2af6e0d78ce12b0653c549a3980cf59f3bb5e3de348c3d45ac', '01a13823-61e6-704a-9bb7-c8e3fcd879dc'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'PEOPLE_DATA_LABS', '\xcce09af131f912775eb08358ffb8aef40f4671a93c6fc11e357bb33d5fea33b6', '01a13823-6208-7664-8f74-e8e742a89861'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x21c49bf6729a8d9a5e97fd5314283bb57eb27ca69c8426bcb4cdcc10a8811707', '01a13823-6235-7652-832c-419b733cdb44'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'APOLLO', '\xa22638f00a10064505a0d3c68458cd388ac3278ade6affe5588f8fdd8cd77cc2', '01a13823-6273-73fd-b832-d0a7b50fb901'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'APOLLO', '\xfc3047efcc4f149f966e705a4477ed97ae060f379a5f76d2146257d5e5a742bf', '01a13823-62b4-77ff-84eb-669fbf752c45'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x85ee5a931f505c0f8b49d8854b0b5d24ed6828768fbbaa5ca3b061f753ff6937', '01a13823-6b38-70c2-9ef6-ea442821b57a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', 'FIRMABLE', '\xf64bac4f949017d91f8e9ce7f14196e01043d329f195ee8093e2ceeac764a1de', '01a1938c-4a01-73dd-992b-8314b9b2e79e'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x6612a7994d6fc908ebe067bed25408384b3cb8b45fd2248626bfd343951d64a7', '01a13823-60c5-737f-855c-e2e82fb42b90'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', 'FIRMABLE', '\xc2a9ae589112c51989b7eb20071207217c664f0c490f589dd1cd1dcf5b5ac8d4', '01a1ce3c-2872-736c-a509-f5c650c09405'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', 'APOLLO', '\x0ea5326a9a7d0b87bcf093e62cdb18aa7c2eefc3c99582aec36440124cc7f490', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'FIRMABLE', '\x3c57ff7b426914140ee9bf27d3cf109199879106a03c42fa4b996305984b185d', '01a21f05-c6de-756c-a183-d0c995dbeed7');

INSERT INTO public.accounts (workspace_id, id, provider, created_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '2026-10-14 02:00:04.716531+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '2026-10-14 02:00:05.036099+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'FIRMABLE', '2026-10-14 02:00:05.089846+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'FIRMABLE', '2026-10-14 02:00:05.188119+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'PEOPLE_DATA_LABS', '2026-10-14 02:00:05.299759+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61e6-704a-9bb7-c8e3fcd879dc', 'PEOPLE_DATA_LABS', '2026-10-14 02:00:05.335954+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6208-7664-8f74-e8e742a89861', 'PEOPLE_DATA_LABS', '2026-10-14 02:00:05.365402+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6235-7652-832c-419b733cdb44', 'FIRMABLE', '2026-10-14 02:00:05.403004+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'APOLLO', '2026-10-14 02:00:05.477943+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-62b4-77ff-84eb-669fbf752c45', 'APOLLO', '2026-10-14 02:00:05.545767+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'FIRMABLE', '2026-10-14 02:00:07.736832+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'FIRMABLE', '2026-10-31 20:00:07.169571+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'FIRMABLE', '2026-11-12 05:30:11.429644+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'APOLLO', '2026-11-12 05:30:11.92502+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c6de-756c-a183-d0c995dbeed7', 'FIRMABLE', '2026-11-27 22:00:02.008593+00');

INSERT INTO public.aliases (workspace_id, account_id, alias, unlock_id) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:34999000001', '01a13823-66cc-75bc-ac6f-e584e0224984'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:harbourline.example', '01a13823-66cc-75bc-ac6f-e584e0224984'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100001', '01a13823-66cc-75bc-ac6f-e584e0224984'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:harbourline', '01a13823-66cc-75bc-ac6f-e584e0224984'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:34999000065', '01a13823-67a7-76ef-b466-8f01a3c577a4'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:quillbournebrewing.example', '01a13823-67a7-76ef-b466-8f01a3c577a4'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100007', '01a13823-67a7-76ef-b466-8f01a3c577a4'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:quillbourne-brewing', '01a13823-67a7-76ef-b466-8f01a3c577a4'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:32999000056', '01a13823-67de-74d9-a6ee-fac87ad6b7b5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:birchmarkpower.example', '01a13823-67de-74d9-a6ee-fac87ad6b7b5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100006', '01a13823-67de-74d9-a6ee-fac87ad6b7b5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:birchmark-power', '01a13823-67de-74d9-a6ee-fac87ad6b7b5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:49999000127', '01a13823-6825-7253-80b6-90c8d35764e9'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:heronfensystems.example', '01a13823-6825-7253-80b6-90c8d35764e9'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100013', '01a13823-6825-7253-80b6-90c8d35764e9'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:heronfen-systems', '01a13823-6825-7253-80b6-90c8d35764e9'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200001', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:linkedin:mara-ellery-harbourline', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:mara.ellery@harbourline.example', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:mara.ellery@letterbox.example', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:mara.ellery@harbourline.example', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:mara.ellery@letterbox.example', '01a13823-6850-74bd-a816-4f94fd81830a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200003', '01a13823-6879-734f-9884-d1aeb0500e02'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:abn:40999000092', '01a13823-68ad-778b-af19-8f8f975ffa18'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:domain:maplemoorstudio.example', '01a13823-68ad-778b-af19-8f8f975ffa18'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:id:f000000100010', '01a13823-68ad-778b-af19-8f8f975ffa18'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:linkedin:maplemoor-studio', '01a13823-68ad-778b-af19-8f8f975ffa18'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:abn:55999000154', '01a13823-691b-74cc-a54f-2572975c67f8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:domain:coralshoresolar.example', '01a13823-691b-74cc-a54f-2572975c67f8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:id:f000000100016', '01a13823-691b-74cc-a54f-2572975c67f8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6191-745d-9b65-f67d21d99574', 'company:linkedin:coralshore-solar', '01a13823-691b-74cc-a54f-2572975c67f8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:38999000083', '01a13823-6ab5-7159-951c-0070c0e40804'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:umberbrooklegal.example', '01a13823-6ab5-7159-951c-0070c0e40804'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100009', '01a13823-6ab5-7159-951c-0070c0e40804'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:umberbrook-legal', '01a13823-6ab5-7159-951c-0070c0e40804'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'company:abn:28999000038', '01a13823-6b48-734f-a552-8bda5f3473ec'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'company:domain:sparrowleacapital.example', '01a13823-6b48-734f-a552-8bda5f3473ec'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'company:id:f000000100004', '01a13823-6b48-734f-a552-8bda5f3473ec'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'company:linkedin:sparrowlea-capital', '01a13823-6b48-734f-a552-8bda5f3473ec'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200005', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:linkedin:linh-dao-harbourline', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:linh.dao@harbourline.example', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:linh.dao@letterbox.example', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:linh.dao@harbourline.example', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:linh.dao@letterbox.example', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:id:ohULsrLTCIVFDUT6wN1MhN_0000', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:linkedin:linh-dao-harbourline', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:personalEmail:linh.dao@harbourline.example', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:personalEmail:linh.dao@letterbox.example', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:workEmail:linh.dao@harbourline.example', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:workEmail:linh.dao@letterbox.example', '01a13823-900f-7328-b3a6-3bd3d0d608c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:id:7evaZ1PFHzfarpQqN9JnDD_0000', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:linkedin:ines-calloway-tallowmere', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:personalEmail:ines.calloway@letterbox.example', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:personalEmail:ines.calloway@tallowmereinstruments.example', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:workEmail:ines.calloway@letterbox.example', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:workEmail:ines.calloway@tallowmereinstruments.example', '01a13823-90d1-740f-b37c-b54cc33e8fbe'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:30999000047', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:lanternbeacondiagnostics.example', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100005', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:lanternbeacon-diagnostics', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'company:domain:fennimoresails.example', '01a1938c-4072-7628-ba8e-837bca9c242a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'company:id:eb6836eddd520edebc890ff6', '01a1938c-4072-7628-ba8e-837bca9c242a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'company:linkedin:fennimore-sails', '01a1938c-4072-7628-ba8e-837bca9c242a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:abn:34999000001', '01a1938c-4a03-7485-a562-2ad8efd3e11f'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:2a8505d7b2fa6f2d5fa111a1', '01a1938c-425a-737c-9b03-2cb969d9c53b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:linkedin:petra-lindqvale-fennimore', '01a1938c-425a-737c-9b03-2cb969d9c53b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:personalEmail:petra.lindqvale@fennimoresails.example', '01a1938c-425a-737c-9b03-2cb969d9c53b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:workEmail:petra.lindqvale@fennimoresails.example', '01a1938c-425a-737c-9b03-2cb969d9c53b'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:abn:34999000065', '01a1938c-4a1c-72cf-8675-299ee142ff57'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:domain:quillbournebrewing.example', '01a1938c-4a1c-72cf-8675-299ee142ff57'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100007', '01a1938c-4a1c-72cf-8675-299ee142ff57'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:linkedin:quillbourne-brewing', '01a1938c-4a1c-72cf-8675-299ee142ff57'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:abn:49999000127', '01a1938c-4a78-728d-a42b-acf6da4dbe4a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:domain:heronfensystems.example', '01a1938c-4a78-728d-a42b-acf6da4dbe4a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100013', '01a1938c-4a78-728d-a42b-acf6da4dbe4a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:linkedin:heronfen-systems', '01a1938c-4a78-728d-a42b-acf6da4dbe4a'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:domain:harbourline.example', '01a1938c-4a03-7485-a562-2ad8efd3e11f'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100001', '01a1938c-4a03-7485-a562-2ad8efd3e11f'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:linkedin:harbourline', '01a1938c-4a03-7485-a562-2ad8efd3e11f'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:abn:32999000056', '01a1938c-4a45-723d-adde-c0a500ee4146'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:domain:birchmarkpower.example', '01a1938c-4a45-723d-adde-c0a500ee4146'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100006', '01a1938c-4a45-723d-adde-c0a500ee4146'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:linkedin:birchmark-power', '01a1938c-4a45-723d-adde-c0a500ee4146'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:abn:57999000163', '01a1938c-4aac-72ab-8d52-dda372eb8300'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:domain:slatefordfoods.example', '01a1938c-4aac-72ab-8d52-dda372eb8300'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100017', '01a1938c-4aac-72ab-8d52-dda372eb8300'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:linkedin:slateford-foods', '01a1938c-4aac-72ab-8d52-dda372eb8300'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:abn:53999000145', '01a1ce3c-0861-77f4-80f5-88c1d542e69a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:domain:northfielddental.example', '01a1ce3c-0861-77f4-80f5-88c1d542e69a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:id:f000000100015', '01a1ce3c-0861-77f4-80f5-88c1d542e69a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:linkedin:northfield-dental', '01a1ce3c-0861-77f4-80f5-88c1d542e69a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:abn:68999000207', '01a1ce3c-0971-75b0-81b7-c43804d07f9b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:domain:ferngrovelogistics.example', '01a1ce3c-0971-75b0-81b7-c43804d07f9b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:id:f000000100021', '01a1ce3c-0971-75b0-81b7-c43804d07f9b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:linkedin:ferngrove-logistics', '01a1ce3c-0971-75b0-81b7-c43804d07f9b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:abn:70999000216', '01a1ce3c-0e73-701f-acfc-64e9cda31765'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:domain:thistlewharfbuilders.example', '01a1ce3c-0e73-701f-acfc-64e9cda31765'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:id:f000000100022', '01a1ce3c-0e73-701f-acfc-64e9cda31765'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:linkedin:thistlewharf-builders', '01a1ce3c-0e73-701f-acfc-64e9cda31765');
INSERT INTO public.aliases (workspace_id, account_id, alias, unlock_id) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:57737994eab84187fcc1a76e', '01a1ce3c-23b7-761e-a707-06fbc75c8ba5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:linkedin:jarrah-corrigan-1009', '01a1ce3c-23b7-761e-a707-06fbc75c8ba5'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:211b04d7f5c47c33303b29ce', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:linkedin:dario-fennimore-fennimore', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:personalEmail:dario.fennimore@fennimoresails.example', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:workEmail:dario.fennimore@fennimoresails.example', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:workEmail:dario.fennimore@letterbox.example', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:36999000010', '01a1ce3c-2462-7aa0-8105-843645248b58'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:emberbanklabs.example', '01a1ce3c-2462-72a5-b9d3-42c8d6bf3843'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:ochrekeepjoinery.example', '01a1ce3c-2462-7aa0-8105-843645248b58'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100002', '01a1ce3c-2462-7aa0-8105-843645248b58'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100003', '01a1ce3c-2462-72a5-b9d3-42c8d6bf3843'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:ochrekeep-joinery', '01a1ce3c-2462-7aa0-8105-843645248b58'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200007', '01a1ce3c-247d-794b-bc02-6ee2dd30e562'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200012', '01a1ce3c-247d-78cd-a91e-73ecb668dcd7'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:linkedin:gus-greyling-1006', '01a1ce3c-247d-794b-bc02-6ee2dd30e562'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:gus.greyling@ochrekeepjoinery.example', '01a1ce3c-247d-794b-bc02-6ee2dd30e562'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:gus.greyling@ochrekeepjoinery.example', '01a1ce3c-247d-794b-bc02-6ee2dd30e562'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:abn:34999000001', '01a1ce3c-2880-760b-953a-5fba9b48c3fe'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:domain:harbourline.example', '01a1ce3c-2880-760b-953a-5fba9b48c3fe'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:id:f000000100001', '01a1ce3c-2880-760b-953a-5fba9b48c3fe'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:linkedin:harbourline', '01a1ce3c-2880-760b-953a-5fba9b48c3fe'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:abn:63999000190', '01a1ce3c-29bd-74fd-a85c-51a3a5569934'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:domain:opalvalemedia.example', '01a1ce3c-29bd-74fd-a85c-51a3a5569934'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:id:f000000100020', '01a1ce3c-29bd-74fd-a85c-51a3a5569934'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:linkedin:opalvale-media', '01a1ce3c-29bd-74fd-a85c-51a3a5569934'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'person:id:211b04d7f5c47c33303b29ce', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'person:linkedin:dario-fennimore-fennimore', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'person:personalEmail:dario.fennimore@fennimoresails.example', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'person:workEmail:dario.fennimore@fennimoresails.example', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:78999000252', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:graniteacreenergy.example', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100026', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:graniteacre-energy', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:76999000243', '01a21f05-c7fe-76ab-b787-d24ddb926165'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:reedholmclinics.example', '01a21f05-c7fe-76ab-b787-d24ddb926165'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100025', '01a21f05-c7fe-76ab-b787-d24ddb926165'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:reedholm-clinics', '01a21f05-c7fe-76ab-b787-d24ddb926165'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:80999000261', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:wattlekeepprovisions.example', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100027', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:wattlekeep-provisions', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:82999000270', '01a21f05-c876-751e-a6c6-b2cf7346e3c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:mossbankacademy.example', '01a21f05-c876-751e-a6c6-b2cf7346e3c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100028', '01a21f05-c876-751e-a6c6-b2cf7346e3c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:mossbank-academy', '01a21f05-c876-751e-a6c6-b2cf7346e3c0'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:74999000298', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:saltbeaconmedia.example', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100030', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:saltbeacon-media', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:91999000305', '01a21f05-c8f3-7729-965f-e2712157586e'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:ironmarkhaulage.example', '01a21f05-c8f3-7729-965f-e2712157586e'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100031', '01a21f05-c8f3-7729-965f-e2712157586e'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:ironmark-haulage', '01a21f05-c8f3-7729-965f-e2712157586e'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200030', '01a21f05-c916-76fe-881c-73e26a17e463'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:linkedin:dev-iyer-101d', '01a21f05-c916-76fe-881c-73e26a17e463'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:personalEmail:dev.iyer@umberbrooklegal.example', '01a21f05-c916-76fe-881c-73e26a17e463'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:workEmail:dev.iyer@umberbrooklegal.example', '01a21f05-c916-76fe-881c-73e26a17e463'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:a81e763f6de47666d7c74279', '01a21f05-c93c-7678-9b12-d1d184b8ccbd'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:linkedin:dev-iyer-101d', '01a21f05-c93c-7678-9b12-d1d184b8ccbd'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:72999000289', '01a21f05-ddce-716d-9675-54395cf6a17b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:copperlealawyers.example', '01a21f05-ddce-716d-9675-54395cf6a17b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100029', '01a21f05-ddce-716d-9675-54395cf6a17b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:copperlea-lawyers', '01a21f05-ddce-716d-9675-54395cf6a17b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:74999000234', '01a21f05-ddf3-77f8-b47f-87de1e68881a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:brightwickcapital.example', '01a21f05-ddf3-77f8-b47f-87de1e68881a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100024', '01a21f05-ddf3-77f8-b47f-87de1e68881a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:brightwick-capital', '01a21f05-ddf3-77f8-b47f-87de1e68881a'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:93999000314', '01a21f05-de2b-76f7-b8a1-f7806d33d437'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:amberbournecivil.example', '01a21f05-de2b-76f7-b8a1-f7806d33d437'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100032', '01a21f05-de2b-76f7-b8a1-f7806d33d437'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:amberbourne-civil', '01a21f05-de2b-76f7-b8a1-f7806d33d437'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:95999000323', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:ochremeresoftware.example', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100033', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:ochremere-software', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:97999000332', '01a21f05-de66-7487-8ed1-b50b179ea2a2'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:emberbrookcapital.example', '01a21f05-de66-7487-8ed1-b50b179ea2a2'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100034', '01a21f05-de66-7487-8ed1-b50b179ea2a2'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:emberbrook-capital', '01a21f05-de66-7487-8ed1-b50b179ea2a2'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:99999000341', '01a21f05-de84-704f-aeb0-30f58f02a030'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:sparrowmoorhealth.example', '01a21f05-de84-704f-aeb0-30f58f02a030'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100035', '01a21f05-de84-704f-aeb0-30f58f02a030'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:sparrowmoor-health', '01a21f05-de84-704f-aeb0-30f58f02a030'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:12999000350', '01a21f05-de9e-701a-ba1f-844b6699a6ed'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:lanterncroftstorage.example', '01a21f05-de9e-701a-ba1f-844b6699a6ed'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100036', '01a21f05-de9e-701a-ba1f-844b6699a6ed'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:lanterncroft-storage', '01a21f05-de9e-701a-ba1f-844b6699a6ed'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:91999000369', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:birchreachprovisions.example', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100037', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:birchreach-provisions', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:93999000378', '01a21f05-ded8-704f-ba46-11bb8f26857d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:quillfenlearning.example', '01a21f05-ded8-704f-ba46-11bb8f26857d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100038', '01a21f05-ded8-704f-ba46-11bb8f26857d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:quillfen-learning', '01a21f05-ded8-704f-ba46-11bb8f26857d'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:abn:36999000074', '01a21f05-defd-72ea-81e7-9790e09ed8a6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:domain:flintmereacademy.example', '01a21f05-defd-72ea-81e7-9790e09ed8a6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100008', '01a21f05-defd-72ea-81e7-9790e09ed8a6'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:linkedin:flintmere-academy', '01a21f05-defd-72ea-81e7-9790e09ed8a6');

INSERT INTO public.balance_crossings (workspace_id, account_id, starts_at, threshold, monthly_credits, used, remaining, renews_at, crossed_at, delivered_at, tries, next_try_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-09-30 14:00:00+00', 20, 20, 7, 48, '2026-10-31 13:00:00+00', '2026-10-14 02:00:07.95+00', '2026-10-14 02:00:08.043576+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-10-31 13:00:00+00', 20, 20, 8, 47, '2026-11-30 13:00:00+00', '2026-10-31 20:00:08.997+00', '2026-10-31 20:00:09.054963+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-10-31 13:00:00+00', 50, 20, 11, 44, '2026-11-30 13:00:00+00', '2026-11-27 22:00:09.679+00', NULL, 2, '2026-11-27 22:00:45.7097+00');

INSERT INTO public.balance_plans (workspace_id, account_id, monthly_credits, renewal_day, time_zone, rollover, thresholds, declared_at, webhook_url, webhook_secret_sealed, watched_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61c5-71ac-aa50-ffc52fb24794', 100, 31, 'UTC', false, '{80,100}', '2026-10-14 02:00:06.515909+00', NULL, NULL, '2026-11-27 22:00:03.6733+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5fa0-7418-aae3-da53441dc423', 20, 1, 'Australia/Sydney', true, '{20,50,80,100}', '2026-10-14 02:00:06.318235+00', 'http://127.0.0.1:4099/balance', '\x011f8e02694c8dc9b67dcae3db8438ad3cc40c8dd0a0d0cd8c56f147e2e8643635269b5e94a78012283dcaa069595df9fef887f974b825518135a2b41e655e0baf5a8e3122e76caa503e68e06ddaa84d693b', '2026-11-27 22:00:09.669737+00');

INSERT INTO public.balance_pools (workspace_id, id, account_id, name, credits, starts_at, ends_at, created_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-65c0-7656-9f35-89b8f67ff99d', '01a13823-5fa0-7418-aae3-da53441dc423', 'launch pack', 30, '2026-10-01 00:00:00+00', '2027-06-30 00:00:00+00', '2026-10-14 02:00:06.318235+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-65c0-7656-9f35-8cd433579b04', '01a13823-5fa0-7418-aae3-da53441dc423', 'goodwill', 5, '2026-10-10 00:00:00+00', NULL, '2026-10-14 02:00:06.318235+00');

INSERT INTO public.balance_readings (workspace_id, id, account_id, at, credits, source, token_id) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-661a-7347-82f9-568724c70ddd', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-10-13 09:00:00+00', 55, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-9054-715c-bc75-5a4c8b4c2acb', '01a13823-61c5-71ac-aa50-ffc52fb24794', '2026-10-14 02:00:17.399+00', 9998, 'REPORTED', NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4b1f-73d8-8d2f-c59d4acb95a7', '01a13823-6235-7652-832c-419b733cdb44', '2026-10-31 20:00:07.454+00', 0, 'OUT_OF_CREDITS', NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4b4c-72ed-8e88-146a0aed8c13', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-10-31 20:00:07.504+00', 47, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-25b1-739f-ba6c-3b56bbc64cc2', '01a13823-61c5-71ac-aa50-ffc52fb24794', '2026-11-12 05:30:10.742+00', 10000, 'REPORTED', NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-25f0-770d-a30a-f7671165d190', '01a13823-6273-73fd-b832-d0a7b50fb901', '2026-11-12 05:30:10.802+00', 9991, 'REPORTED', NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-2af5-7507-bb1a-ab5aa4bad233', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-11-12 05:30:12.088+00', 61, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c778-7496-a07a-3a7633943a34', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-11-27 22:00:02.168+00', 60, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c966-77bc-bf8f-a17f89589154', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-11-27 22:00:02.665+00', 54, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-df4c-704f-8798-349df6262520', '01a13823-5fa0-7418-aae3-da53441dc423', '2026-11-27 22:00:08.269+00', 44, 'RECORDED', '01a13823-5a7e-74be-bccf-7102021a11ba');

INSERT INTO public.budget_crossings (workspace_id, budget_id, starts_at, threshold, "limit", spent, crossed_at, delivered_at, tries, next_try_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-10-11 13:00:00+00', 50, 4, 2, '2026-10-14 02:00:06.849023+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6408-749d-9607-7f6d14473ae3', '2026-10-14 00:00:00+00', 100, 3, 3, '2026-10-14 02:00:06.966938+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-10-11 13:00:00+00', 100, 4, 4, '2026-10-14 02:00:06.966938+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-10-11 13:00:00+00', 150, 4, 6, '2026-10-14 02:00:07.054893+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-09-30 14:00:00+00', 20, 50, 10, '2026-10-14 02:00:07.771611+00', '2026-10-14 02:00:07.947913+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-657c-7569-80bf-841a32acc989', '2026-10-01 00:00:00+00', 80, 1, 1, '2026-10-14 02:00:07.381903+00', '2026-10-14 02:00:07.975655+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-657c-7569-80bf-841a32acc989', '2026-10-01 00:00:00+00', 100, 1, 1, '2026-10-14 02:00:07.381903+00', '2026-10-14 02:00:07.982685+00', 1, NULL),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-460e-7379-88c0-22c4851e30c2', '2026-10-01 00:00:00+00', 80, 5, 4, '2026-10-31 20:00:07.318712+00', NULL, 0, NULL),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-460e-7379-88c0-22c4851e30c2', '2026-10-01 00:00:00+00', 100, 5, 5, '2026-10-31 20:00:07.359572+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-10-31 13:00:00+00', 20, 50, 15, '2026-11-12 05:30:10.335874+00', '2026-11-12 05:30:10.708117+00', 1, NULL),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29a9-76ef-9e25-d3ad2a412aa2', '2026-11-09 00:00:00+00', 50, 2, 1, '2026-11-12 05:30:11.804424+00', '2026-11-12 05:30:12.65281+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ede-747b-a932-4e54f2d80886', '1970-01-01 00:00:00+00', 100, 1, 1, '2026-11-12 05:30:17.219778+00', NULL, 2, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-11-22 13:00:00+00', 50, 4, 2, '2026-11-27 22:00:02.409382+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-11-22 13:00:00+00', 100, 4, 4, '2026-11-27 22:00:02.531523+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-11-22 13:00:00+00', 150, 4, 6, '2026-11-27 22:00:02.609431+00', NULL, 0, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-10-31 13:00:00+00', 50, 50, 31, '2026-11-27 22:00:02.644315+00', '2026-11-27 22:00:03.704607+00', 1, NULL),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-10-31 13:00:00+00', 80, 50, 40, '2026-11-27 22:00:08.167296+00', NULL, 2, '2026-11-27 22:00:45.680877+00');

INSERT INTO public.budget_periods (workspace_id, budget_id, starts_at, reserved, spent) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-10-25 13:00:00+00', 0, 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6408-749d-9607-7f6d14473ae3', '2026-11-27 00:00:00+00', 0, 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-460e-7379-88c0-22c4851e30c2', '2026-10-01 00:00:00+00', 0, 5),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-11-22 13:00:00+00', 0, 16),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-09-30 14:00:00+00', 0, 15),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6408-749d-9607-7f6d14473ae3', '2026-10-14 00:00:00+00', 0, 3),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', '2026-10-31 13:00:00+00', 2, 42),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c743-765a-bdfc-3cfe4920ad2b', '2026-11-23 00:00:00+00', 2, 15),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-657c-7569-80bf-841a32acc989', '2026-10-01 00:00:00+00', 0, 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29a9-76ef-9e25-d3ad2a412aa2', '2026-11-09 00:00:00+00', 0, 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-460e-7379-88c0-22c4851e30c2', '2026-11-01 00:00:00+00', 0, 9),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-650c-70cc-bf50-1347acb5df1d', '1970-01-01 00:00:00+00', 0, 3),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-11-08 13:00:00+00', 0, 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ede-747b-a932-4e54f2d80886', '1970-01-01 00:00:00+00', 0, 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', '2026-10-11 13:00:00+00', 0, 8);

INSERT INTO public.budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds, webhook_url, webhook_secret_sealed, created_at, deleted_at, set_by_operator) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5c13-76f6-af8b-03b55f5b4919', 'Managed credits 01a13823-5c13-76f6-af8b-03b55f5b4919', 'MANAGED', NULL, 'MONTH', 'UTC', 0, 'SOFT', '{}', NULL, NULL, '2026-10-14 02:00:03.786187+00', NULL, true),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-63af-72fc-9a70-2372a5de8778', 'Team month', 'WORKSPACE', NULL, 'MONTH', 'Australia/Sydney', 50, 'HARD', '{20,50,80,100}', 'http://127.0.0.1:4099/budget', '\x011f8e0269be56db97bc4ca89304b79f2cbe286637f7093e2b21feba4fe612f84da7274c6299fb4602400fd644b24bb3ce7143598e3acda2a60340ee1a31a7631016126a6210ef2113ba0cbbe7824b59efc9', '2026-10-14 02:00:05.803817+00', NULL, false),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6408-749d-9607-7f6d14473ae3', 'CRM day', 'WORKFLOW', 'crm-sync', 'DAY', 'UTC', 3, 'HARD', '{100}', NULL, NULL, '2026-10-14 02:00:05.893058+00', NULL, false),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-64ab-7286-96bb-7878df6cd1b7', 'Sales week', 'CONNECTION', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'WEEK', 'Australia/Sydney', 4, 'SOFT', '{50,100,150}', NULL, NULL, '2026-10-14 02:00:06.052161+00', NULL, false),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-650c-70cc-bf50-1347acb5df1d', 'Analyst total', 'TOKEN', '01a13823-6306-714e-8c3a-b8ce44624f71', 'TOTAL', 'UTC', 6, 'HARD', '{80,100}', NULL, NULL, '2026-10-14 02:00:06.155141+00', NULL, false),
	('01a1938c-48d1-722c-af07-82b8f78fa1ec', '01a1938c-48f4-7177-bf51-bf2cc899eaba', 'Managed credits 01a1938c-48f4-7177-bf51-bf2cc899eaba', 'MANAGED', NULL, 'MONTH', 'UTC', 0, 'SOFT', '{}', NULL, NULL, '2026-10-31 20:00:06.884002+00', NULL, true),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-657c-7569-80bf-841a32acc989', 'Pilot', 'WORKFLOW', 'pilot', 'MONTH', 'UTC', 1, 'HARD', '{80,100}', NULL, NULL, '2026-10-14 02:00:06.268533+00', '2026-11-12 05:30:10.188197+00', false),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-460e-7379-88c0-22c4851e30c2', 'Managed credits (STARTER)', 'MANAGED', NULL, 'MONTH', 'UTC', 2000, 'HARD', '{80,100}', NULL, NULL, '2026-10-31 20:00:06.11843+00', NULL, true),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29a9-76ef-9e25-d3ad2a412aa2', 'Northwind week', 'CONNECTION', '01a1ce3c-2865-703c-a4df-4644620799fe', 'WEEK', 'UTC', 2, 'HARD', '{50,100}', 'http://127.0.0.1:4099/northwind', '\x011f8e02692f93fd6f8d085cb3eef5e30532a7e08a4498526a0d65ab5dee3a8e3aa1c9c04695d9f2076c1648f7945bac2af5dfad6bc5c771e135a021dfb4c5c0d6fdac13cc4a449b68ace3ffd2ca5c3a6216', '2026-11-12 05:30:11.7525+00', NULL, false),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ede-747b-a932-4e54f2d80886', 'Given up', 'WORKFLOW', 'given-up', 'TOTAL', 'UTC', 1, 'HARD', '{100}', NULL, NULL, '2026-11-12 05:30:17.182132+00', NULL, false),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c743-765a-bdfc-3cfe4920ad2b', 'Nightly', 'WORKFLOW', 'nightly', 'WEEK', 'UTC', 25, 'HARD', '{80,100}', 'http://127.0.0.1:4099/nightly', '\x011f8e026909ef8d8b674cabae5cdb76500e82359ac0da272137d248604db966f8b8cf439f3cafcda87d3eb174d5656f60252d5c686dab0d75a16a6be00b911f70fa0d5505b6ac36625e3643560de72d3f23', '2026-11-27 22:00:02.11479+00', NULL, false);

INSERT INTO public.connections (workspace_id, id, provider, name, account_id, key_sealed, key_hint, sandbox, is_default, verified_at, problem_code, disabled_at, deleted_at, created_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'FIRMABLE', 'Sales', '01a13823-5fa0-7418-aae3-da53441dc423', '\x011f8e0269b11c90e996d4407f6dded3941dc4baeaa441b1344aa3f583e5223132110be2d58d73c6023c5332c5459974c679', 'ales', true, true, '2026-10-14 02:00:04.711+00', NULL, NULL, NULL, '2026-10-14 02:00:04.716531+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6047-72a6-9e26-f13b593e6574', 'FIRMABLE', 'Sales EU', '01a13823-5fa0-7418-aae3-da53441dc423', '\x011f8e0269185e024488a5b655b39b424e99891a3847d9e43877386ab791d0ce5d5330bd5e9e55184ab6d9d377f2b181c2fe85f672', 's_eu', true, false, '2026-10-14 02:00:04.935+00', NULL, NULL, NULL, '2026-10-14 02:00:04.949047+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60e1-742c-b678-7e01f7568fbc', 'FIRMABLE', 'Flaky', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', '\x011f8e026999cb9e74ea63e3829c1394470b594b828d1aed739d26911ffb0925cf9f9d560a58a56c03d5b65c935ef6d6db7e', 'laky', true, false, NULL, NULL, NULL, NULL, '2026-10-14 02:00:05.089846+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'PEOPLE_DATA_LABS', 'Enrich', '01a13823-61c5-71ac-aa50-ffc52fb24794', '\x011f8e02696985950708963c2034e0f5ff4e5c112a8367e27470760d060e302ab275b5c93d22dddf0b400fef2845d925865143', 'rich', true, true, '2026-10-14 02:00:05.299+00', NULL, NULL, NULL, '2026-10-14 02:00:05.299759+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61d7-700e-acbf-0fb1e0bd4864', 'PEOPLE_DATA_LABS', 'Night batch', '01a13823-61e6-704a-9bb7-c8e3fcd879dc', '\x011f8e026986ead1e2b6454907cbc11ee427cbc536ea91debdb7a591f8d145f3ee9428cf85084b89c8c3efbdae1a39e866', 'slow', true, false, NULL, NULL, NULL, NULL, '2026-10-14 02:00:05.335954+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-621a-700e-a0f3-5d2b55fe02a5', 'FIRMABLE', 'Used up', '01a13823-6235-7652-832c-419b733cdb44', '\x011f8e026945ed71592cc46b325fc2987b0b9da8b82053f04c8ad9a7344da459c979252293af45207508be9422fdd2c84e25', 'roke', true, false, NULL, NULL, NULL, NULL, '2026-10-14 02:00:05.403004+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6265-72e8-8865-e481d915c7c5', 'APOLLO', 'Reach', '01a13823-6273-73fd-b832-d0a7b50fb901', '\x011f8e02695eb549358138c8089d464d00ca880e31780617e4cf15e398120705fa3233f0fd1f776e416f985a0a8ad50c75aecaa9a2', 'each', true, true, '2026-10-14 02:00:05.477+00', NULL, NULL, NULL, '2026-10-14 02:00:05.477943+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'FIRMABLE', 'Field team', '01a13823-60c5-737f-855c-e2e82fb42b90', '\x011f8e0269b9ba2e1b1781ebe8da549f095ae8cd22df5694118f7f9bdc0a86ac196cf4b0fc757036f773db3562138a729556bc', 'eld2', true, false, '2026-11-12 05:30:03.102+00', NULL, NULL, NULL, '2026-10-14 02:00:05.036099+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-62a9-72f9-a77e-70c02dcf484c', 'APOLLO', 'Former agency', '01a13823-62b4-77ff-84eb-669fbf752c45', '\x011f8e0269a77aad815f4f9a902e968231bf11fadee972211c3c28698d283147832c26633ead63b231ef4297baae72c33bc134834685c1', 'oked', true, false, NULL, 'KEY_REFUSED', NULL, NULL, '2026-10-14 02:00:05.545767+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-61f5-70da-ace5-dc91999dae1e', 'PEOPLE_DATA_LABS', 'Spent out', '01a13823-6208-7664-8f74-e8e742a89861', '\x011f8e0269891718d541d60b79f47b48ba03fcf8b8fb2b3f405dc7a2cff3dc1ef9bbb3b548f2c9dd4e44c0a6a26649d89ee9', 'roke', true, false, NULL, NULL, '2026-11-12 05:30:10.134827+00', NULL, '2026-10-14 02:00:05.365402+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6130-711f-815d-19d89962388c', 'FIRMABLE', 'Old trial', '01a13823-6191-745d-9b65-f67d21d99574', NULL, 'rial', true, false, '2026-10-14 02:00:05.167+00', NULL, NULL, '2026-11-12 05:30:10.158528+00', '2026-10-14 02:00:05.188119+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2865-703c-a4df-4644620799fe', 'FIRMABLE', 'Northwind sales', '01a1ce3c-2872-736c-a509-f5c650c09405', '\x011f8e02699cbe28ad9166f1fecb47da6f4d6e2f1fe60886edeb4549d70250e96078a5d2fa5286eb9523f3bd8ceb64801fb7', 'ales', true, true, '2026-11-12 05:30:11.429+00', NULL, NULL, NULL, '2026-11-12 05:30:11.429644+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'FIRMABLE', 'Late line', '01a21f05-c6de-756c-a183-d0c995dbeed7', '\x011f8e0269436ba2142630b26e5ce9f79907af91ed8c7b7ff992709a58b2a3d1fbe4c63aaa23260647d59b327e55222ea95f02af02ca', 'late', true, false, NULL, NULL, NULL, NULL, '2026-11-27 22:00:02.008593+00');

INSERT INTO public.entries_2026_10 (workspace_id, id, kind, at, recorded_at, refers_to, outcome, charge, credits, saved, account_id, operation, provider, connection_id, payer, sandbox, token_id, workflow, unlock_id, from_snapshot, budget_ids, budget_starts, problem, latency_ms, ask_id, step) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-66cc-75bc-ac6f-e584e0224984', 'ASK', '2026-10-14 02:00:06.609181+00', '2026-10-14 02:00:06.653751+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, '01a13823-66cc-75bc-ac6f-e584e0224984', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00"}', NULL, 8, '01a13823-66cc-75bc-ac6f-e584e0224984', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-675f-744d-a53f-251855d93fac', 'ASK', '2026-10-14 02:00:06.753581+00', '2026-10-14 02:00:06.753581+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, '01a13823-66cc-75bc-ac6f-e584e0224984', true, '{}', '{}', NULL, 0, '01a13823-675f-744d-a53f-251855d93fac', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6774-768d-b9b3-d47b73cf1537', 'ASK', '2026-10-14 02:00:06.774231+00', '2026-10-14 02:00:06.791401+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, '01a13823-66cc-75bc-ac6f-e584e0224984', false, '{}', '{}', NULL, 7, '01a13823-6774-768d-b9b3-d47b73cf1537', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67a7-76ef-b466-8f01a3c577a4', 'ASK', '2026-10-14 02:00:06.824656+00', '2026-10-14 02:00:06.849023+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', '01a13823-67a7-76ef-b466-8f01a3c577a4', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-6408-749d-9607-7f6d14473ae3,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-14 00:00:00+00","2026-10-11 13:00:00+00"}', NULL, 12, '01a13823-67a7-76ef-b466-8f01a3c577a4', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67de-74d9-a6ee-fac87ad6b7b5', 'ASK', '2026-10-14 02:00:06.880437+00', '2026-10-14 02:00:06.892523+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', '01a13823-67de-74d9-a6ee-fac87ad6b7b5', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-6408-749d-9607-7f6d14473ae3,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-14 00:00:00+00","2026-10-11 13:00:00+00"}', NULL, 7, '01a13823-67de-74d9-a6ee-fac87ad6b7b5', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6801-740c-ac11-f556e46ef3a2', 'ASK', '2026-10-14 02:00:06.915084+00', '2026-10-14 02:00:06.940286+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-6408-749d-9607-7f6d14473ae3,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-14 00:00:00+00","2026-10-11 13:00:00+00"}', NULL, 11, '01a13823-6801-740c-ac11-f556e46ef3a2', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6825-7253-80b6-90c8d35764e9', 'ASK', '2026-10-14 02:00:06.950265+00', '2026-10-14 02:00:06.966938+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', '01a13823-6825-7253-80b6-90c8d35764e9', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-6408-749d-9607-7f6d14473ae3,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-14 00:00:00+00","2026-10-11 13:00:00+00"}', NULL, 6, '01a13823-6825-7253-80b6-90c8d35764e9', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6841-71b1-a9b4-c93dfcaa3fd7', 'ASK', '2026-10-14 02:00:06.977797+00', '2026-10-14 02:00:06.977797+00', NULL, 'REFUSED', 'NONE', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', NULL, false, '{}', '{}', 'BUDGET_EXCEEDED', 0, '01a13823-6841-71b1-a9b4-c93dfcaa3fd7', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6850-74bd-a816-4f94fd81830a', 'ASK', '2026-10-14 02:00:06.996622+00', '2026-10-14 02:00:07.007837+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, '01a13823-6850-74bd-a816-4f94fd81830a', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a13823-650c-70cc-bf50-1347acb5df1d}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00","1970-01-01 00:00:00+00"}', NULL, 6, '01a13823-6850-74bd-a816-4f94fd81830a', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-686c-72d8-bf38-bf7c605efaf1', 'ASK', '2026-10-14 02:00:07.024411+00', '2026-10-14 02:00:07.024411+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, '01a13823-6850-74bd-a816-4f94fd81830a', true, '{}', '{}', NULL, 0, '01a13823-686c-72d8-bf38-bf7c605efaf1', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6879-734f-9884-d1aeb0500e02', 'ASK', '2026-10-14 02:00:07.034454+00', '2026-10-14 02:00:07.054893+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', 'outreach', '01a13823-6879-734f-9884-d1aeb0500e02', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a13823-650c-70cc-bf50-1347acb5df1d}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00","1970-01-01 00:00:00+00"}', NULL, 7, '01a13823-6879-734f-9884-d1aeb0500e02', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-68ad-778b-af19-8f8f975ffa18', 'ASK', '2026-10-14 02:00:07.086039+00', '2026-10-14 02:00:07.097429+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-6191-745d-9b65-f67d21d99574', 'COMPANY', 'FIRMABLE', '01a13823-6130-711f-815d-19d89962388c', 'CONNECTION', true, '01a13823-6325-77cc-b271-7154b1bbe68e', 'outreach', '01a13823-68ad-778b-af19-8f8f975ffa18', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', NULL, 7, '01a13823-68ad-778b-af19-8f8f975ffa18', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-691b-74cc-a54f-2572975c67f8', 'ASK', '2026-10-14 02:00:07.205393+00', '2026-10-14 02:00:07.381903+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-6191-745d-9b65-f67d21d99574', 'COMPANY', 'FIRMABLE', '01a13823-6130-711f-815d-19d89962388c', 'CONNECTION', true, '01a13823-6342-75b8-99b3-6a29f0d9263a', 'pilot', '01a13823-691b-74cc-a54f-2572975c67f8', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-657c-7569-80bf-841a32acc989}', '{"2026-09-30 14:00:00+00","2026-10-01 00:00:00+00"}', NULL, 129, '01a13823-691b-74cc-a54f-2572975c67f8', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6a0b-7047-9393-e1af4553768a', 'ASK', '2026-10-14 02:00:07.485323+00', '2026-10-14 02:00:07.520218+00', NULL, 'FOUND', 'FREE', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PEOPLE_SEARCH', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, NULL, false, '{}', '{}', NULL, 81, '01a13823-6a0b-7047-9393-e1af4553768a', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6aa5-71eb-9f78-381f0503752f', 'ASK', '2026-10-14 02:00:07.591095+00', '2026-10-14 02:00:07.591095+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', '01a13823-66cc-75bc-ac6f-e584e0224984', true, '{}', '{}', NULL, 0, '01a13823-6aa5-71eb-9f78-381f0503752f', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6aa5-71eb-9f78-3559a02c4be8', 'ASK', '2026-10-14 02:00:07.595973+00', '2026-10-14 02:00:07.595973+00', NULL, 'REFUSED', 'NONE', 0, 0, NULL, 'COMPANY', 'FIRMABLE', NULL, NULL, false, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', NULL, false, '{}', '{}', 'INVALID_IDENTIFIER', 0, '01a13823-6aa5-71eb-9f78-3559a02c4be8', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6ab5-7159-951c-0070c0e40804', 'ASK', '2026-10-14 02:00:07.619437+00', '2026-10-14 02:00:07.673837+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', '01a13823-6ab5-7159-951c-0070c0e40804', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00"}', NULL, 46, '01a13823-6ab5-7159-951c-0070c0e40804', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b1f-71e6-8d14-5cc46926ccb3', 'ASK', '2026-10-14 02:00:07.715744+00', '2026-10-14 02:00:07.715744+00', NULL, 'REFUSED', 'NONE', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, NULL, false, '{}', '{}', 'MAX_CREDITS_EXCEEDED', 8, '01a13823-6b1f-71e6-8d14-5cc46926ccb3', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b48-734f-a552-8bda5f3473ec', 'ASK', '2026-10-14 02:00:07.753003+00', '2026-10-14 02:00:07.771611+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-6b38-70c2-9ef6-ea442821b57a', 'COMPANY', 'FIRMABLE', NULL, 'CALLER_KEY', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, '01a13823-6b48-734f-a552-8bda5f3473ec', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-650c-70cc-bf50-1347acb5df1d}', '{"2026-09-30 14:00:00+00","1970-01-01 00:00:00+00"}', NULL, 10, '01a13823-6b48-734f-a552-8bda5f3473ec', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b94-73ef-86d4-f50d4c1d2e4b', 'ASK', '2026-10-14 02:00:07.829102+00', '2026-10-14 02:00:10.856762+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', 'PROVIDER_TIMEOUT', 3007, '01a13823-6b94-73ef-86d4-f50d4c1d2e4b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-778a-714a-9de0-39f64000d259', 'ASK', '2026-10-14 02:00:10.890781+00', '2026-10-14 02:00:13.910329+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', 'PROVIDER_TIMEOUT', 3005, '01a13823-778a-714a-9de0-39f64000d259', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8370-70f7-b2b3-031aa27e68cd', 'ASK', '2026-10-14 02:00:13.937365+00', '2026-10-14 02:00:16.949372+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', 'outreach', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', 'PROVIDER_TIMEOUT', 3005, '01a13823-8370-70f7-b2b3-031aa27e68cd', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', 'ASK', '2026-10-14 02:00:17.124602+00', '2026-10-14 02:00:17.147282+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00"}', NULL, 5, '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-900f-7328-b3a6-3bd3d0d608c0', 'ASK', '2026-10-14 02:00:17.176419+00', '2026-10-14 02:00:17.237425+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-61c5-71ac-aa50-ffc52fb24794', 'PERSON', 'PEOPLE_DATA_LABS', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a13823-900f-7328-b3a6-3bd3d0d608c0', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', NULL, 24, '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', 2),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-907e-734d-b1bb-b4fa55809c73', 'ASK', '2026-10-14 02:00:17.27893+00', '2026-10-14 02:00:17.356273+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-09-30 14:00:00+00","2026-10-11 13:00:00+00"}', NULL, 61, '01a13823-907e-734d-b1bb-b4fa55809c73', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-90d1-740f-b37c-b54cc33e8fbe', 'ASK', '2026-10-14 02:00:17.369391+00', '2026-10-14 02:00:17.406598+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-61c5-71ac-aa50-ffc52fb24794', 'PERSON', 'PEOPLE_DATA_LABS', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a13823-90d1-740f-b37c-b54cc33e8fbe', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', NULL, 16, '01a13823-907e-734d-b1bb-b4fa55809c73', 2),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', 'ASK', '2026-10-31 20:00:04.031805+00', '2026-10-31 20:00:04.213125+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-10-31 13:00:00+00","2026-10-25 13:00:00+00"}', NULL, 118, '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-3f67-75c0-9290-0d4bc62573ee', 'ASK', '2026-10-31 20:00:04.463425+00', '2026-10-31 20:00:04.552282+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-10-31 13:00:00+00","2026-10-25 13:00:00+00"}', NULL, 58, '01a1938c-3f67-75c0-9290-0d4bc62573ee', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-401a-74cf-b63c-3257a436780a', 'ASK', '2026-10-31 20:00:04.63688+00', '2026-10-31 20:00:04.706606+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-61c5-71ac-aa50-ffc52fb24794', 'COMPANY', 'PEOPLE_DATA_LABS', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 21, '01a1938c-3f67-75c0-9290-0d4bc62573ee', 2),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4072-7628-ba8e-837bca9c242a', 'ASK', '2026-10-31 20:00:04.723547+00', '2026-10-31 20:00:04.770359+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-6273-73fd-b832-d0a7b50fb901', 'COMPANY', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1938c-4072-7628-ba8e-837bca9c242a', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 37, '01a1938c-3f67-75c0-9290-0d4bc62573ee', 3),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-41c8-714a-a930-437ccf432b9f', 'ASK', '2026-10-31 20:00:05.06841+00', '2026-10-31 20:00:05.196688+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-10-31 13:00:00+00","2026-10-25 13:00:00+00"}', NULL, 78, '01a1938c-41c8-714a-a930-437ccf432b9f', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-425a-737c-9b03-2cb969d9c53b', 'ASK', '2026-10-31 20:00:05.217662+00', '2026-10-31 20:00:05.305425+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-6273-73fd-b832-d0a7b50fb901', 'PERSON', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a1938c-425a-737c-9b03-2cb969d9c53b', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 43, '01a1938c-41c8-714a-a930-437ccf432b9f', 2),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a03-7485-a562-2ad8efd3e11f', 'ASK', '2026-10-31 20:00:07.17184+00', '2026-10-31 20:00:07.188348+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4a03-7485-a562-2ad8efd3e11f', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-10-01 00:00:00+00"}', NULL, 8, '01a1938c-4a03-7485-a562-2ad8efd3e11f', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a1c-72cf-8675-299ee142ff57', 'ASK', '2026-10-31 20:00:07.196883+00', '2026-10-31 20:00:07.209768+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4a1c-72cf-8675-299ee142ff57', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-10-01 00:00:00+00"}', NULL, 6, '01a1938c-4a1c-72cf-8675-299ee142ff57', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a45-723d-adde-c0a500ee4146', 'ASK', '2026-10-31 20:00:07.238329+00', '2026-10-31 20:00:07.267637+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4a45-723d-adde-c0a500ee4146', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-10-01 00:00:00+00"}', NULL, 11, '01a1938c-4a45-723d-adde-c0a500ee4146', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a78-728d-a42b-acf6da4dbe4a', 'ASK', '2026-10-31 20:00:07.296404+00', '2026-10-31 20:00:07.318712+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4a78-728d-a42b-acf6da4dbe4a', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-10-01 00:00:00+00"}', NULL, 8, '01a1938c-4a78-728d-a42b-acf6da4dbe4a', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4aac-72ab-8d52-dda372eb8300', 'ASK', '2026-10-31 20:00:07.343634+00', '2026-10-31 20:00:07.359572+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4aac-72ab-8d52-dda372eb8300', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-10-01 00:00:00+00"}', NULL, 8, '01a1938c-4aac-72ab-8d52-dda372eb8300', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4ad7-74ae-b91f-30e6be6b9fdc', 'ASK', '2026-10-31 20:00:07.388624+00', '2026-10-31 20:00:07.388624+00', NULL, 'REFUSED', 'NONE', 0, 0, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, NULL, false, '{}', '{}', 'BUDGET_EXCEEDED', 0, '01a1938c-4ad7-74ae-b91f-30e6be6b9fdc', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4b01-71b9-9d55-a374e59e7c0b', 'ASK', '2026-10-31 20:00:07.428326+00', '2026-10-31 20:00:07.452906+00', NULL, 'REFUSED', 'NONE', 0, 0, '01a13823-6235-7652-832c-419b733cdb44', 'COMPANY', 'FIRMABLE', '01a13823-621a-700e-a0f3-5d2b55fe02a5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', 'OUT_OF_CREDITS', 15, '01a1938c-4b01-71b9-9d55-a374e59e7c0b', 1);

INSERT INTO public.entries_2026_11 (workspace_id, id, kind, at, recorded_at, refers_to, outcome, charge, credits, saved, account_id, operation, provider, connection_id, payer, sandbox, token_id, workflow, unlock_id, from_snapshot, budget_ids, budget_starts, problem, latency_ms, ask_id, step) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0861-77f4-80f5-88c1d542e69a', 'ASK', '2026-11-12 05:30:03.239788+00', '2026-11-12 05:30:03.320718+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, '01a1ce3c-0861-77f4-80f5-88c1d542e69a', false, '{}', '{}', NULL, 17, '01a1ce3c-0861-77f4-80f5-88c1d542e69a', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-08ce-7d48-aeae-b7a22e4f4fa4', 'CORRECTION', '2026-10-14 02:00:07.829102+00', '2026-11-12 05:30:03.320718+00', '01a13823-6b94-73ef-86d4-f50d4c1d2e4b', 'FOUND', 'CHARGED', 0, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, '01a1ce3c-0861-77f4-80f5-88c1d542e69a', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', NULL, 0, '01a13823-6b94-73ef-86d4-f50d4c1d2e4b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-08f1-7723-992a-e3a643281db8', 'ASK', '2026-11-12 05:30:03.378165+00', '2026-11-12 05:30:03.420283+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, NULL, false, '{}', '{}', NULL, 22, '01a1ce3c-08f1-7723-992a-e3a643281db8', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-091d-7c33-a400-243d51914cfd', 'CORRECTION', '2026-10-14 02:00:10.890781+00', '2026-11-12 05:30:03.420283+00', '01a13823-778a-714a-9de0-39f64000d259', 'NOT_FOUND', 'NOT_FOUND', -1, 0, '01a13823-60c5-737f-855c-e2e82fb42b90', 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', NULL, 0, '01a13823-778a-714a-9de0-39f64000d259', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0971-75b0-81b7-c43804d07f9b', 'ASK', '2026-11-12 05:30:03.506157+00', '2026-11-12 05:30:03.532277+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'COMPANY', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', '01a1ce3c-0971-75b0-81b7-c43804d07f9b', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 18, '01a1ce3c-0971-75b0-81b7-c43804d07f9b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0997-712a-82c1-7e982b3739a7', 'ASK', '2026-11-12 05:30:03.552806+00', '2026-11-12 05:30:04.653867+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'COMPANY', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', 'PROVIDER_UNAVAILABLE', 1078, '01a1ce3c-0997-712a-82c1-7e982b3739a7', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0e2a-7088-a169-e9caa1220317', 'ASK', '2026-11-12 05:30:04.71534+00', '2026-11-12 05:30:04.745001+00', NULL, 'FAILED', 'NONE', 0, 0, '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'COMPANY', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', 'PROVIDER_UNAVAILABLE', 9, '01a1ce3c-0e2a-7088-a169-e9caa1220317', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0e73-701f-acfc-64e9cda31765', 'ASK', '2026-11-12 05:30:04.788545+00', '2026-11-12 05:30:06.953664+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 0, '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'COMPANY', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', '01a1ce3c-0e73-701f-acfc-64e9cda31765', false, '{}', '{}', NULL, 2155, '01a1ce3c-0e73-701f-acfc-64e9cda31765', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-16ea-78a4-b7f9-506e94f23161', 'CORRECTION', '2026-11-12 05:30:03.552806+00', '2026-11-12 05:30:06.953664+00', '01a1ce3c-0997-712a-82c1-7e982b3739a7', 'FOUND', 'CHARGED', 0, 0, '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'COMPANY', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'list-cleaning', '01a1ce3c-0e73-701f-acfc-64e9cda31765', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 0, '01a1ce3c-0997-712a-82c1-7e982b3739a7', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-171a-70fb-a444-5d735429091e', 'ASK', '2026-11-12 05:30:07.009689+00', '2026-11-12 05:30:07.030576+00', NULL, 'REFUSED', 'NONE', 0, 0, '01a13823-6208-7664-8f74-e8e742a89861', 'COMPANY', 'PEOPLE_DATA_LABS', '01a13823-61f5-70da-ace5-dc91999dae1e', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', 'OUT_OF_CREDITS', 9, '01a1ce3c-171a-70fb-a444-5d735429091e', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-1754-77c1-b0fc-4fb8cb22b492', 'ASK', '2026-11-12 05:30:07.061753+00', '2026-11-12 05:30:10.069568+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a13823-61e6-704a-9bb7-c8e3fcd879dc', 'PERSON', 'PEOPLE_DATA_LABS', '01a13823-61d7-700e-acbf-0fb1e0bd4864', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', 'PROVIDER_TIMEOUT', 3004, '01a1ce3c-1754-77c1-b0fc-4fb8cb22b492', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-239d-7279-b2b9-ec093ed1fbdc', 'ASK', '2026-11-12 05:30:10.209179+00', '2026-11-12 05:30:10.209179+00', NULL, 'REFUSED', 'NONE', 0, 0, NULL, 'COMPANY', 'PEOPLE_DATA_LABS', NULL, NULL, false, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, NULL, false, '{}', '{}', 'CONNECTION_DISABLED', 3, '01a1ce3c-239d-7279-b2b9-ec093ed1fbdc', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', 'ASK', '2026-11-12 05:30:10.232636+00', '2026-11-12 05:30:10.254751+00', NULL, 'FOUND', 'FREE', 0, 0, '01a13823-6273-73fd-b832-d0a7b50fb901', 'PERSON', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 10, '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', 'ASK', '2026-11-12 05:30:10.292373+00', '2026-11-12 05:30:10.335874+00', NULL, 'FOUND', 'CHARGED', 9, 0, '01a13823-6273-73fd-b832-d0a7b50fb901', 'PERSON', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 41, '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-24b1-75f5-8902-f5feda6f140b', 'ASK', '2026-11-12 05:30:10.482327+00', '2026-11-12 05:30:10.505582+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1ce3c-2462-7aa0-8105-843645248b58', false, '{}', '{}', NULL, 12, '01a1ce3c-24b1-75f5-8902-f5feda6f140b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-24e0-7457-bb1b-044b8ac54b02', 'ASK', '2026-11-12 05:30:10.53079+00', '2026-11-12 05:30:10.553312+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', NULL, '01a1ce3c-247d-794b-bc02-6ee2dd30e562', false, '{}', '{}', NULL, 18, '01a1ce3c-24e0-7457-bb1b-044b8ac54b02', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-2538-7114-bd97-c30a332c15a3', 'ASK', '2026-11-12 05:30:10.617886+00', '2026-11-12 05:30:10.62756+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-6306-714e-8c3a-b8ce44624f71', NULL, '01a13823-66cc-75bc-ac6f-e584e0224984', false, '{}', '{}', NULL, 6, '01a1ce3c-2538-7114-bd97-c30a332c15a3', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2880-760b-953a-5fba9b48c3fe', 'ASK', '2026-11-12 05:30:11.468345+00', '2026-11-12 05:30:11.537805+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1ce3c-2872-736c-a509-f5c650c09405', 'COMPANY', 'FIRMABLE', '01a1ce3c-2865-703c-a4df-4644620799fe', 'CONNECTION', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1ce3c-2880-760b-953a-5fba9b48c3fe', false, '{}', '{}', NULL, 38, '01a1ce3c-2880-760b-953a-5fba9b48c3fe', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-28e3-7038-925e-1ff29a2c065e', 'ASK', '2026-11-12 05:30:11.605486+00', '2026-11-12 05:30:11.605486+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'COMPANY', 'FIRMABLE', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1938c-4a03-7485-a562-2ad8efd3e11f', true, '{}', '{}', NULL, 0, '01a1ce3c-28e3-7038-925e-1ff29a2c065e', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29bd-74fd-a85c-51a3a5569934', 'ASK', '2026-11-12 05:30:11.783335+00', '2026-11-12 05:30:11.804424+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a1ce3c-2872-736c-a509-f5c650c09405', 'COMPANY', 'FIRMABLE', '01a1ce3c-2865-703c-a4df-4644620799fe', 'CONNECTION', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1ce3c-29bd-74fd-a85c-51a3a5569934', false, '{01a1ce3c-29a9-76ef-9e25-d3ad2a412aa2}', '{"2026-11-09 00:00:00+00"}', NULL, 8, '01a1ce3c-29bd-74fd-a85c-51a3a5569934', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a1f-751c-8dfb-6c5970977257', 'ASK', '2026-11-12 05:30:11.880415+00', '2026-11-12 05:30:11.917575+00', NULL, 'NOT_FOUND', 'NOT_FOUND', 0, 0, '01a1ce3c-2872-736c-a509-f5c650c09405', 'PERSON', 'FIRMABLE', '01a1ce3c-2865-703c-a4df-4644620799fe', 'CONNECTION', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, NULL, false, '{01a1ce3c-29a9-76ef-9e25-d3ad2a412aa2}', '{"2026-11-09 00:00:00+00"}', NULL, 29, '01a1ce3c-2a1f-751c-8dfb-6c5970977257', 1),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186', 'ASK', '2026-11-12 05:30:12.001655+00', '2026-11-12 05:30:12.039115+00', NULL, 'FOUND', 'CHARGED', 9, 0, '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'PERSON', 'APOLLO', NULL, 'MANAGED', true, '01a1938c-459c-76f4-8d2d-2aab39e539bd', NULL, '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186', false, '{01a1938c-460e-7379-88c0-22c4851e30c2}', '{"2026-11-01 00:00:00+00"}', NULL, 14, '01a1ce3c-2a1f-751c-8dfb-6c5970977257', 2),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', 'ASK', '2026-11-12 05:30:17.209919+00', '2026-11-12 05:30:17.219778+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'given-up', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a1ce3c-3ede-747b-a932-4e54f2d80886}', '{"2026-10-31 13:00:00+00","2026-11-08 13:00:00+00","1970-01-01 00:00:00+00"}', NULL, 6, '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c7de-74ed-bdff-82581043cec2', 'ASK', '2026-11-27 22:00:02.275102+00', '2026-11-27 22:00:02.275102+00', NULL, 'FOUND', 'ALREADY_UNLOCKED', 0, 1, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a13823-66cc-75bc-ac6f-e584e0224984', true, '{}', '{}', NULL, 0, '01a21f05-c7de-74ed-bdff-82581043cec2', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c7fe-76ab-b787-d24ddb926165', 'ASK', '2026-11-27 22:00:02.303336+00', '2026-11-27 22:00:02.343958+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-c7fe-76ab-b787-d24ddb926165', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 28, '01a21f05-c7fe-76ab-b787-d24ddb926165', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', 'ASK', '2026-11-27 22:00:02.384398+00', '2026-11-27 22:00:02.409382+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 15, '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c876-751e-a6c6-b2cf7346e3c0', 'ASK', '2026-11-27 22:00:02.426333+00', '2026-11-27 22:00:02.447683+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-c876-751e-a6c6-b2cf7346e3c0', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 16, '01a21f05-c876-751e-a6c6-b2cf7346e3c0', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', 'ASK', '2026-11-27 22:00:02.474733+00', '2026-11-27 22:00:02.531523+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 55, '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8f3-7729-965f-e2712157586e', 'ASK', '2026-11-27 22:00:02.547999+00', '2026-11-27 22:00:02.560437+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-c8f3-7729-965f-e2712157586e', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 7, '01a21f05-c8f3-7729-965f-e2712157586e', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c916-76fe-881c-73e26a17e463', 'ASK', '2026-11-27 22:00:02.591187+00', '2026-11-27 22:00:02.609431+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'PERSON', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a21f05-c916-76fe-881c-73e26a17e463', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00"}', NULL, 8, '01a21f05-c916-76fe-881c-73e26a17e463', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c93c-7678-9b12-d1d184b8ccbd', 'ASK', '2026-11-27 22:00:02.622575+00', '2026-11-27 22:00:02.644315+00', NULL, 'FOUND', 'CHARGED', 9, 0, '01a13823-6273-73fd-b832-d0a7b50fb901', 'PERSON', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '01a21f05-c93c-7678-9b12-d1d184b8ccbd', false, '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', NULL, 18, '01a21f05-c916-76fe-881c-73e26a17e463', 2),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddce-716d-9675-54395cf6a17b', 'ASK', '2026-11-27 22:00:07.889147+00', '2026-11-27 22:00:07.912449+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-ddce-716d-9675-54395cf6a17b', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 13, '01a21f05-ddce-716d-9675-54395cf6a17b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddf3-77f8-b47f-87de1e68881a', 'ASK', '2026-11-27 22:00:07.927568+00', '2026-11-27 22:00:07.953731+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-ddf3-77f8-b47f-87de1e68881a', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 10, '01a21f05-ddf3-77f8-b47f-87de1e68881a', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de2b-76f7-b8a1-f7806d33d437', 'ASK', '2026-11-27 22:00:07.980408+00', '2026-11-27 22:00:07.99781+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-de2b-76f7-b8a1-f7806d33d437', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 12, '01a21f05-de2b-76f7-b8a1-f7806d33d437', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', 'ASK', '2026-11-27 22:00:08.011548+00', '2026-11-27 22:00:08.023564+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 7, '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de66-7487-8ed1-b50b179ea2a2', 'ASK', '2026-11-27 22:00:08.039449+00', '2026-11-27 22:00:08.058193+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-de66-7487-8ed1-b50b179ea2a2', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 9, '01a21f05-de66-7487-8ed1-b50b179ea2a2', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de84-704f-aeb0-30f58f02a030', 'ASK', '2026-11-27 22:00:08.069525+00', '2026-11-27 22:00:08.084777+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-de84-704f-aeb0-30f58f02a030', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 13, '01a21f05-de84-704f-aeb0-30f58f02a030', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de9e-701a-ba1f-844b6699a6ed', 'ASK', '2026-11-27 22:00:08.095442+00', '2026-11-27 22:00:08.108575+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-de9e-701a-ba1f-844b6699a6ed', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 7, '01a21f05-de9e-701a-ba1f-844b6699a6ed', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', 'ASK', '2026-11-27 22:00:08.118649+00', '2026-11-27 22:00:08.133597+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 8, '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ded8-704f-ba46-11bb8f26857d', 'ASK', '2026-11-27 22:00:08.156268+00', '2026-11-27 22:00:08.167296+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'nightly', '01a21f05-ded8-704f-ba46-11bb8f26857d', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-64ab-7286-96bb-7878df6cd1b7,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-22 13:00:00+00","2026-11-23 00:00:00+00"}', NULL, 6, '01a21f05-ded8-704f-ba46-11bb8f26857d', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-defd-72ea-81e7-9790e09ed8a6', 'ASK', '2026-11-27 22:00:08.191749+00', '2026-11-27 22:00:08.209477+00', NULL, 'FOUND', 'CHARGED', 1, 0, '01a13823-5fa0-7418-aae3-da53441dc423', 'COMPANY', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm-sync', '01a21f05-defd-72ea-81e7-9790e09ed8a6', false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a13823-6408-749d-9607-7f6d14473ae3,01a13823-64ab-7286-96bb-7878df6cd1b7}', '{"2026-10-31 13:00:00+00","2026-11-27 00:00:00+00","2026-11-22 13:00:00+00"}', NULL, 8, '01a21f05-defd-72ea-81e7-9790e09ed8a6', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-df23-709f-83fd-bec207ac6ca4', 'ASK', '2026-11-27 22:00:08.236507+00', '2026-11-27 22:00:08.236507+00', NULL, 'REFUSED', 'NONE', 0, 0, NULL, 'COMPANY', 'FIRMABLE', NULL, NULL, false, '01a13823-631b-70ee-85df-c5df421a55b2', NULL, NULL, false, '{}', '{}', 'FORBIDDEN', 1, '01a21f05-df23-709f-83fd-bec207ac6ca4', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-df70-73bb-aee2-f569e2b03835', 'ASK', '2026-11-27 22:00:08.305526+00', '2026-11-27 22:00:11.313354+00', NULL, 'UNKNOWN', 'PRESUMED', 1, 0, '01a21f05-c6de-756c-a183-d0c995dbeed7', 'COMPANY', 'FIRMABLE', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'nightly', NULL, false, '{01a13823-63af-72fc-9a70-2372a5de8778,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-23 00:00:00+00"}', 'PROVIDER_TIMEOUT', 3004, '01a21f05-df70-73bb-aee2-f569e2b03835', 1);

INSERT INTO public.idempotent_requests (workspace_id, token_id, key_fingerprint, request_fingerprint, id, answer_sealed, lease_ends_at, expires_at, created_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5a7e-74be-bccf-7102021a11ba', '\x22799de06a06794352b3a5a856167598098a05af951054b66ab9e2504fe56a8d', '\xd8545cbbb2a23567e4acd23ad6c93a400ebdb3f934516223b288dd6530577ef0', '01a21f05-c769-77ba-ae46-8193137a7e70', '\x011f8e02694fe7a5e2ecbcee2d04c6932633e89d75af459e21e5996d9d7f6628173cf02f738808eece6aa2b108a25d68e285dd57d52c738b190b63f635f5725d78aad98b9e88daa504e1858ab55b7bc7759f17708a6f5d8910a5592c1fcae6639f9437e44022fb95', '2026-11-27 22:01:02.15638+00', '2026-11-28 22:00:02.15638+00', '2026-11-27 22:00:02.15638+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5a7e-74be-bccf-7102021a11ba', '\xb353514d03aade48ba3dbd77825f3104d79cbfface20f60f6a903013571c3599', '\x1d00837d153fe78847c90da07cc692029546fe2fced8212426a5a46551f964d9', '01a21f06-0e81-752c-b712-de00c70e1fb3', NULL, '2026-11-27 22:01:20.356126+00', '2026-11-28 22:00:20.356126+00', '2026-11-27 22:00:20.356126+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5a7e-74be-bccf-7102021a11ba', '\x79165d3e212da02968f7b43566282f16538e665e317f43f61be5f490343b0681', '\x87d4480c47160812f43c241e3099097311497fba605c40fa3b5e3cc6f442b751', '01a21f05-c6e9-747b-9a46-6dff07a32cba', '\x011f8e0269157eff78cebaeeebd3f77e12944337ffe0844dac324b97cfb019f7ebe0e9d16b76ccb1b03054a664c473944027f6e4182b8db4fcf4b6cac53c1484e2919a073b98dd4bbc0b592e8f4a55180da3183a7b1d19339c29fe6dae2f02462b06886f5cd84a371d4a6f81bbccb805ccff10f5119a4d80ffd8eb2948f523036121d810be5620623ea196ca23bb456e23200cb8f635512bcda789698762cd55dd47d82e283db87cca48a88b1aec9374aaaf172df39f91bf0762a5c14d7132f5584181c8b41b6cbfb6994bdc4b014842aba1c01a1adebb09a5a5dcfbacfbd229aa', '2026-11-27 22:01:02.026101+00', '2099-01-01 00:00:00+00', '2026-11-27 22:00:02.026101+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5a7e-74be-bccf-7102021a11ba', '\x1d84b2aece0c5a7314626546622988d24bf7a24cadc90b7272ffa1515f25c128', '\xb90e85f3b9366d740f2a491bf2fb448037070cd0e27f6caa42fc46e971dba5c7', '01a21f05-c713-77f1-8830-ab574707dcb0', '\x011f8e0269251f2344e547dff26d1dd9cceabac6aadd9189855413a88acb5c00773fe9c2bb32eae7c6a15ed02e67f3009060ae146b1516b7d2e86a4e17ca02c19b15f0dbb07e3b7c6f9e06edc965813895a9656f612d08ec12499b48eab34c8ccf7d419b8a29592da3d5f2f5e75de8bbb49e86e0e1e1680ca5f45befd36d0722d3f8c52a172f9fcc56d5f275b4ac4fc3efab81055e79ca1428103a5beae4c40e8096a69e867dcec59dc0b1becc67caeb072b397921e8d5f9c09fe4cc484251f95ab77895692628973fabba6b53f818ec1f3019bc33b058228f', '2026-11-27 22:01:02.068535+00', '2099-01-01 00:00:00+00', '2026-11-27 22:00:02.068535+00');

INSERT INTO public.paces (key, turns, used_at) VALUES
	('zOCa8TH5EndesINY/7iu9A9Gcak8b8EeNXuzPV/qM7Y=', '{1794461407.022438}', '2026-11-12 05:30:07.022399+00'),
	('I286kZmpDir24NeM4SsGU8VJo5gM9Z87tePeNIw9Raw=', '{1794461407.064412}', '2026-11-12 05:30:07.064365+00'),
	('/DBH78xPFJ+WbnBaRHftl64GDzeaX3bSFGJX1eWnQr8=', '{1794461410.102666}', '2026-11-12 05:30:10.102589+00'),
	('4lQM2O6f0Qbs+r8Zi3DVzDInFM5ZOxmZ+3UNYGHh7Dk=', '{1791943204.892443,1791943204.916453}', '2026-10-14 02:00:04.916395+00'),
	('oiY48AoQBkUFoNPGhFjNOIrDJ4reav/lWI+P3YzXfMI=', '{1793476805.260732,1794461410.245187,1794461410.320426,1794461410.78926,1795816802.625673}', '2026-11-27 22:00:02.625636+00'),
	('it+7LAlj2UYHHTUCzdh2Epl9jvuWaevDGSbMWujdYYo=', '{1791943205.286211,1791943217.200831,1791943217.377357,1793476804.686381,1794461410.72621}', '2026-11-12 05:30:10.726165+00'),
	('JUoMOBGVPXF6I1Xbz5GhGNjZz5b2x04kuaaWYkndhnw=', '{1793476807.180486,1793476807.203644,1793476807.254171,1793476807.302397,1793476807.351404}', '2026-10-31 20:00:07.351358+00'),
	('IcSb9nKajZpel/1TFCg7tX6yfKachCa8tM3MEKiBFwc=', '{1793476807.44416}', '2026-10-31 20:00:07.444113+00'),
	('TRqjo4aqZEb+6nBwbNHvrrUb6yMIKkAwQ0nxFZZU8Ko=', '{1791943205.12434,1791943205.152434,1791943207.090376,1791943207.253251}', '2026-10-14 02:00:07.253192+00'),
	('he5akx9QXA+LSdiFSwtdJO1oKHaPu6pco7Bh91P/aTc=', '{1791943207.760274}', '2026-10-14 02:00:07.76021+00'),
	('ZhKnmU1vyQjr4Ge+0lQIOEs8uLRf0iSGJr/TQ5UdZKc=', '{1794461403.038351,1794461403.072466,1794461403.268488,1794461403.404457}', '2026-11-12 05:30:03.404398+00'),
	('CIOwI2aJFb4a8MraAEyybY/IcXV/tczWk9NE2EDOsd0=', '{1791943207.840307,1791943210.90319,1791943213.941088}', '2026-10-14 02:00:13.941027+00'),
	('uvmz6bRpohw/AfXo1gHNaTPHrxVBMgyKlwDTgFHdTIc=', '{1794461412.02563}', '2026-11-12 05:30:12.025577+00'),
	('wqmuWJESxRmJt+sgBxIHIXxmTwxJD1id0c0dz1tayNQ=', '{1795816808.072928,1795816808.101476,1795816808.125482,1795816808.158436,1795816808.201409}', '2026-11-27 22:00:08.201355+00'),
	('PFf/e0JpFBQO6b8n088QkZmHkQagPEL6S5ljBZhLGF0=', '{1795816808.309314,1795816820.352287,1795816820.352287}', '2026-11-27 22:00:20.352243+00'),
	('jomrspO8J9KcSKxSwk/14GgBl3MvOAzo77r1B6Wwn4I=', '{1795816820.367288}', '2026-11-27 22:00:20.367239+00'),
	('oOFsRYf2S3Bd8LQUvBQCp3gQQZ3A53bhiVzYzfULytQ=', '{1794461404.627898,1794461404.724383,1794461404.798876,1794461405.905458,1794461406.946968}', '2026-11-12 05:30:06.946904+00');

INSERT INTO public.reservations (workspace_id, id, account_id, subject, variant, state, credits, unlock_id, operation, provider, connection_id, payer, sandbox, token_id, workflow, budget_ids, budget_starts, reserved_at, expires_at, refetch_credits, ask_id, step) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8370-70f7-b2b3-031aa27e68cd', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:domain:banksiagatelaw.example', 'AU', 'IN_DOUBT', 1, NULL, 'COMPANY', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, '01a13823-5a7e-74be-bccf-7102021a11ba', 'outreach', '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-09-30 14:00:00+00"}', '2026-10-14 02:00:13.937365+00', '2026-10-14 02:01:13.937365+00', 0, '01a13823-8370-70f7-b2b3-031aa27e68cd', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-df70-73bb-aee2-f569e2b03835', '01a21f05-c6de-756c-a183-d0c995dbeed7', 'company:domain:mapleshorecouriers.example', 'AU', 'IN_DOUBT', 1, NULL, 'COMPANY', 'FIRMABLE', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'nightly', '{01a13823-63af-72fc-9a70-2372a5de8778,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-23 00:00:00+00"}', '2026-11-27 22:00:08.305526+00', '2026-11-27 22:01:08.305526+00', 0, '01a21f05-df70-73bb-aee2-f569e2b03835', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f06-0e78-76cf-86a2-8a2c03219892', '01a21f05-c6de-756c-a183-d0c995dbeed7', 'company:domain:riversteadlabs.example', 'AU', 'HELD', 1, NULL, 'COMPANY', 'FIRMABLE', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'nightly', '{01a13823-63af-72fc-9a70-2372a5de8778,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-23 00:00:00+00"}', '2026-11-27 22:00:20.345339+00', '2026-11-27 22:01:20.345339+00', 0, '01a21f06-0e78-76cf-86a2-8a2c03219892', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f06-0e78-76cf-86a2-84b5c7e2f89e', '01a21f05-c6de-756c-a183-d0c995dbeed7', 'company:domain:cinderfordbuilders.example', 'AU', 'HELD', 1, NULL, 'COMPANY', 'FIRMABLE', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'nightly', '{01a13823-63af-72fc-9a70-2372a5de8778,01a21f05-c743-765a-bdfc-3cfe4920ad2b}', '{"2026-10-31 13:00:00+00","2026-11-23 00:00:00+00"}', '2026-11-27 22:00:20.345339+00', '2099-01-01 00:00:00+00', 0, '01a21f06-0e78-76cf-86a2-84b5c7e2f89e', 1),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-1754-77c1-b0fc-4fb8cb22b492', '01a13823-61e6-704a-9bb7-c8e3fcd879dc', 'person:workEmail:sunniva.hale@greywetherrobotics.example', '', 'IN_DOUBT', 1, NULL, 'PERSON', 'PEOPLE_DATA_LABS', '01a13823-61d7-700e-acbf-0fb1e0bd4864', 'CONNECTION', true, '01a13823-62c2-715d-94d1-561755e4a5d7', 'outreach', '{01a13823-63af-72fc-9a70-2372a5de8778}', '{"2026-10-31 13:00:00+00"}', '2026-11-12 05:30:07.061753+00', '2026-11-12 05:31:07.061753+00', 1, '01a1ce3c-1754-77c1-b0fc-4fb8cb22b492', 1);

INSERT INTO public.snapshots (workspace_id, unlock_id, variant, body, fetched_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-66cc-75bc-ac6f-e584e0224984', 'NZ', '{"id":"f000000100001","name":"Harbourline","website":"https://www.harbourline.example","fqdn":"harbourline.example","description":"Harbourline moves freight between the ports of the east coast and the towns behind them: 40 trucks, two rail sidings and a cold store in Newcastle. An invented company of the sandbox.","tagline":"From the quay to the door","linkedin":"harbourline","employee_count":18,"year_founded":1998,"hq_location":"Newcastle","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Newcastle","Sydney","Brisbane"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 707","(02) 5550 7929"],"emails":["hello@harbourline.example","accounts@harbourline.example"],"social_media":{"twitter":"harbourline","youtube":"harbourline","facebook":"harbourline","linkedin":"harbourline","instagram":"harbourline"},"industry_codes":{"sic":"4213","duns":"999000000","naics":"484121","anzsic":"4610","nzbn":"9429999000005"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["NSW","QLD"],"nextGen":{"technographics":{"Software Development":["Java","TypeScript"],"Finance & Accounting":["MYOB","Stripe"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.harbourline.example","social_media":{"youtube":{"profile_name":"Harbourline","handle":"harbourline","followers":714,"verified":"false","videos":1,"likes":1428,"views":14994,"subscribers":714,"following":321,"joined":"2018-09-02"},"instagram":{"profile_name":"Harbourline","handle":"harbourline","followers":2142,"verified":"false","videos":8,"likes":6426,"views":119952,"subscribers":2142,"following":35,"joined":"2019-07-06"},"linkedin":{"profile_name":"Harbourline","handle":"harbourline","followers":3332,"verified":"false","videos":33,"likes":3332,"views":203252,"subscribers":3332,"following":376,"joined":"2017-01-22"},"facebook":{"profile_name":"Harbourline","handle":"harbourline","followers":1190,"verified":"true","videos":27,"likes":4760,"views":63070,"subscribers":1190,"following":107,"joined":"2013-09-15"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":60,"rating":{"ceo_approval_rating":"4.9","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.9","senior_management_rating":"4.9","work_life_balance_rating":"4.1"},"overall_rating":"4.5","employee_rating_id":"700000","recommend_to_friend":81,"url":"https://reviews.example/harbourline"},"id":"f000000100001","web_traffic":{"summary":{"avg_visit_duration":"00:04:08","total_web_visitors":18802,"bounce_rate":0.3,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.84,"New Zealand":0.16},"organic":0.55,"paid":0.45},"marketing_channels_distribution":{"Direct":0.32,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.2}}}}', '2026-10-14 02:00:06.791401+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67a7-76ef-b466-8f01a3c577a4', 'AU', '{"id":"f000000100007","name":"Quillbourne Brewing","website":"https://www.quillbournebrewing.example","fqdn":"quillbournebrewing.example","description":"Quillbourne Brewing makes pantry goods from fruit and grain of its own region. It works from Melbourne, Adelaide and Canberra. An invented company of the sandbox.","tagline":"Made slowly, eaten quickly","linkedin":"quillbourne-brewing","employee_count":190,"year_founded":1991,"hq_location":"Melbourne","hq_country":"Australia","company_size":"201 - 500","company_type":"Public company","abn_operation_status":"active","locations":["Melbourne","Adelaide","Canberra"],"industries":["Food and Beverage Manufacturing"],"revenue":"$25M - $100M","phones":["1300 975 707","(03) 5550 6575"],"emails":["hello@quillbournebrewing.example","accounts@quillbournebrewing.example"],"social_media":{"twitter":"quillbournebrewing","youtube":"quillbournebrewing","facebook":"quillbournebrewing","linkedin":"quillbourne-brewing","instagram":"quillbournebrewing"},"industry_codes":{"sic":"2099","duns":"999000006","naics":"311999","anzsic":"1199","abn":"34999000065","acn":"999000065"},"keywords":["Food Manufacturing","Wholesale","Private Label","Export"],"org_registers":{},"states":["VIC","SA","ACT"],"nextGen":{"technographics":{"Finance & Accounting":["MYOB","Stripe"],"Sales & Marketing":["Salesforce","Mailchimp"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.quillbournebrewing.example","social_media":{"youtube":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":714,"verified":"false","videos":46,"likes":2856,"views":25704,"subscribers":714,"following":293,"joined":"2021-12-01"},"instagram":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":2142,"verified":"false","videos":28,"likes":6426,"views":130662,"subscribers":2142,"following":219,"joined":"2017-01-02"},"linkedin":{"profile_name":"Quillbourne Brewing","handle":"quillbourne-brewing","followers":3332,"verified":"true","videos":59,"likes":6664,"views":206584,"subscribers":3332,"following":107,"joined":"2017-08-21"},"facebook":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":1190,"verified":"true","videos":9,"likes":2380,"views":89250,"subscribers":1190,"following":176,"joined":"2019-06-21"}},"reviews_rating":{"ceo_approval":"4.3","total_reviews":60,"rating":{"ceo_approval_rating":"3.4","career_opportunities_rating":"4.6","compensation_and_benefits_rating":"4.2","culture_and_values_rating":"3.1","diversity_and_inclusion_rating":"4.5","senior_management_rating":"4.9","work_life_balance_rating":"4.2"},"overall_rating":"4.4","employee_rating_id":"700006","recommend_to_friend":62,"url":"https://reviews.example/quillbourne-brewing"},"id":"f000000100007","web_traffic":{"summary":{"avg_visit_duration":"00:04:36","total_web_visitors":28322,"bounce_rate":0.62,"pages_per_visit":2.2},"traffic_share":{"countries":{"Australia":0.86,"New Zealand":0.14},"organic":0.59,"paid":0.41},"marketing_channels_distribution":{"Direct":0.43,"Referrals":0.08,"Search":0.28,"Social":0.07,"Mail":0.14}}}}', '2026-10-14 02:00:06.849023+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-68ad-778b-af19-8f8f975ffa18', 'AU', '{"id":"f000000100010","name":"Maplemoor Studio","website":"https://www.maplemoorstudio.example","fqdn":"maplemoorstudio.example","description":"Maplemoor Studio plans and makes campaigns for regional brands. It works from Darwin, Perth and Geelong. An invented company of the sandbox.","tagline":"Said once, remembered","linkedin":"maplemoor-studio","employee_count":342,"year_founded":1972,"hq_location":"Darwin","hq_country":"Australia","company_size":"201 - 500","company_type":"Partnership","abn_operation_status":"active","locations":["Darwin","Perth","Geelong"],"industries":["Advertising Services"],"revenue":"$100M - $500M","phones":["1300 975 709","(08) 5550 8614"],"emails":["hello@maplemoorstudio.example","accounts@maplemoorstudio.example"],"social_media":{"twitter":"maplemoorstudio","youtube":"maplemoorstudio","facebook":"maplemoorstudio","linkedin":"maplemoor-studio","instagram":"maplemoorstudio"},"industry_codes":{"sic":"7311","duns":"999000009","naics":"541810","anzsic":"6940","abn":"40999000092","acn":"999000092"},"keywords":["Branding","Media Buying","Content","Web Design"],"org_registers":{},"states":["NT","WA","VIC"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Finance & Accounting":["Xero","MYOB"],"Sales & Marketing":["Google Analytics","Mailchimp"]},"website":"https://www.maplemoorstudio.example","social_media":{"youtube":{"profile_name":"Maplemoor Studio","handle":"maplemoorstudio","followers":1155,"verified":"false","videos":34,"likes":2310,"views":32340,"subscribers":1155,"following":58,"joined":"2018-04-14"},"instagram":{"profile_name":"Maplemoor Studio","handle":"maplemoorstudio","followers":3465,"verified":"false","videos":29,"likes":10395,"views":162855,"subscribers":3465,"following":36,"joined":"2021-08-19"},"linkedin":{"profile_name":"Maplemoor Studio","handle":"maplemoor-studio","followers":5390,"verified":true,"videos":60,"likes":5390,"views":328790,"subscribers":5390,"following":384,"joined":"2014-03-15"},"facebook":{"profile_name":"Maplemoor Studio","handle":"maplemoorstudio","followers":1925,"verified":"false","videos":14,"likes":5775,"views":107800,"subscribers":1925,"following":49,"joined":"2019-06-03"}},"reviews_rating":{"ceo_approval":"4.6","total_reviews":96,"rating":{"ceo_approval_rating":"3.8","career_opportunities_rating":"3.3","compensation_and_benefits_rating":"4.8","culture_and_values_rating":"3.9","diversity_and_inclusion_rating":"3.7","senior_management_rating":"4.3","work_life_balance_rating":"4.6"},"overall_rating":"4.8","employee_rating_id":"700009","recommend_to_friend":65,"url":"https://reviews.example/maplemoor-studio"},"id":"f000000100010","web_traffic":{"summary":{"avg_visit_duration":"00:03:29","total_web_visitors":47355,"bounce_rate":0.64,"pages_per_visit":2.8},"traffic_share":{"countries":{"Australia":0.81,"New Zealand":0.19},"organic":0.89,"paid":0.11},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.28,"Social":0.07,"Mail":0.32}}}}', '2026-10-14 02:00:07.097429+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67de-74d9-a6ee-fac87ad6b7b5', 'AU', '{"id":"f000000100006","name":"Birchmark Power","website":"https://www.birchmarkpower.example","fqdn":"birchmarkpower.example","description":"Birchmark Power designs and installs rooftop solar and batteries for industry. It works from Perth, Melbourne and Townsville. An invented company of the sandbox.","tagline":"Sunlight, on the books","linkedin":"birchmark-power","au_employee_count":8,"year_founded":1985,"hq_location":"Perth","hq_country":"Australia","company_size":"1 - 10","company_type":"Partnership","abn_operation_status":"active","locations":["Perth","Melbourne","Townsville"],"industries":["Renewable Energy"],"revenue":"<$5M","phones":["1300 975 710","(08) 5550 8163"],"emails":["hello@birchmarkpower.example","accounts@birchmarkpower.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"birchmarkpower","linkedin":"birchmark-power","instagram":"birchmarkpower"},"industry_codes":{"sic":"4911","duns":"999000005","naics":"221114","anzsic":"2619","abn":"32999000056","acn":"999000056"},"keywords":["Solar","Batteries","Energy Efficiency","Grid Services"],"org_registers":{},"states":["WA","VIC","QLD"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.birchmarkpower.example","social_media":{"youtube":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":27,"verified":"false","videos":5,"likes":108,"views":2349,"subscribers":27,"following":334,"joined":"2016-09-05"},"instagram":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":81,"verified":"false","videos":34,"likes":324,"views":3402,"subscribers":81,"following":229,"joined":"2020-07-01"},"linkedin":{"profile_name":"Birchmark Power","handle":"birchmark-power","followers":126,"verified":true,"videos":15,"likes":504,"views":3906,"subscribers":126,"following":87,"joined":"2015-07-02"},"facebook":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":45,"verified":"true","videos":53,"likes":135,"views":1845,"subscribers":45,"following":206,"joined":"2011-09-12"}},"reviews_rating":null,"id":"f000000100006","web_traffic":{"summary":{"avg_visit_duration":"00:02:45","total_web_visitors":1422,"bounce_rate":0.53,"pages_per_visit":4.7},"traffic_share":{"countries":{"Australia":0.63,"New Zealand":0.37},"organic":0.86,"paid":0.14},"marketing_channels_distribution":{"Direct":0.31,"Referrals":0.08,"Search":0.24,"Social":0.07,"Mail":0.3}}}}', '2026-10-14 02:00:06.892523+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6825-7253-80b6-90c8d35764e9', 'AU', '{"id":"f000000100013","name":"Heronfen Systems","website":"https://www.heronfensystems.example","fqdn":"heronfensystems.example","description":"Heronfen Systems makes scheduling and billing software for field teams. It works from Brisbane. An invented company of the sandbox.","tagline":"Less admin, more work done","linkedin":"heronfen-systems","employee_count":48,"year_founded":1980,"hq_location":"Brisbane","hq_country":"Australia","company_size":"11 - 50","company_type":"Public company","abn_operation_status":"active","locations":["Brisbane"],"industries":["Software Development"],"revenue":"$5M - $25M","phones":["1300 975 707","(07) 5550 5114"],"emails":["hello@heronfensystems.example","accounts@heronfensystems.example"],"social_media":{"twitter":"heronfensystems","youtube":"heronfensystems","facebook":"heronfensystems","linkedin":"heronfen-systems","instagram":null},"industry_codes":{"sic":"7372","duns":"999000012","naics":"513210","anzsic":"7000","abn":"49999000127","acn":"999000127"},"keywords":["SaaS","Workflow","APIs","Mobile Apps"],"org_registers":{},"states":["QLD"],"nextGen":{"technographics":{"Sales & Marketing":["Google Analytics","Mailchimp"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.heronfensystems.example","social_media":{"youtube":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":144,"verified":"false","videos":25,"likes":576,"views":11232,"subscribers":144,"following":137,"joined":"2014-09-13"},"instagram":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":432,"verified":"false","videos":34,"likes":864,"views":38016,"subscribers":432,"following":375,"joined":"2017-01-19"},"linkedin":{"profile_name":"Heronfen Systems","handle":"heronfen-systems","followers":672,"verified":"true","videos":45,"likes":672,"views":47712,"subscribers":672,"following":103,"joined":"2017-10-02"},"facebook":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":240,"verified":"false","videos":48,"likes":960,"views":10080,"subscribers":240,"following":282,"joined":"2015-01-07"}},"reviews_rating":{"ceo_approval":"4.7","total_reviews":12,"rating":{"ceo_approval_rating":"3.1","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.8","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.1","senior_management_rating":"4.5","work_life_balance_rating":"4.6"},"overall_rating":"4.1","employee_rating_id":"700012","recommend_to_friend":72,"url":"https://reviews.example/heronfen-systems"},"id":"f000000100013","web_traffic":{"summary":{"avg_visit_duration":"00:01:52","total_web_visitors":7296,"bounce_rate":0.64,"pages_per_visit":4.3},"traffic_share":{"countries":{"Australia":0.65,"New Zealand":0.35},"organic":0.64,"paid":0.36},"marketing_channels_distribution":{"Direct":0.44,"Referrals":0.08,"Search":0.23,"Social":0.07,"Mail":0.18}}}}', '2026-10-14 02:00:06.966938+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6850-74bd-a816-4f94fd81830a', '', '{"id":"fp000000200001","name":"Mara Ellery","first_name":"Mara","last_name":"Ellery","middle_name":null,"headline":"Chief Executive Officer at Harbourline","description":"Mara joined Harbourline in 2016 and works from Newcastle. An invented person of the sandbox.","position":"Chief Executive Officer","current_company":{"id":"f000000100001","name":"Harbourline","size":"201 - 500","website":"https://www.harbourline.example","industry":["Transportation and Logistics"],"linkedin":"harbourline","main_phones":["1300 975 711"],"other_phones":null,"mobile_phones":null},"time_in_current_role":"Mar ''16 - Present","month_joined":3,"year_joined":2016,"emails":{"personal":[{"value":"mara.ellery@letterbox.example","deliverability":"Deliverable"}],"work":[{"value":"mara.ellery@harbourline.example","deliverability":"Deliverable"}]},"phones":[{"value":"0491 570 006","is_dnd":true},{"value":"(02) 5550 0101","is_dnd":false}],"linkedin":"mara-ellery-harbourline","social_media":{"linkedin":{"handle":"mara-ellery-harbourline","connections":203,"followers":3797,"stars":null},"github":null,"twitter":null,"facebook":null,"youtube":null,"pintrest":{"handle":"maraellery","connections":null,"followers":286,"stars":null}},"location":["Newcastle","NSW"],"department":"General Management","seniority":"C-Suite / Partner","gender":"Female","skills":["Contract Negotiation","Data Analysis","Stakeholder Engagement","Strategy","Team Building"],"education":{"degree":"Master of Business Administration","field":"Strategy","date_range":"2014 - 2017","school_name":"Coral Coast University"},"keywords":["Warehousing","Last Mile"],"secondary_position":null}', '2026-10-14 02:00:07.007837+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-691b-74cc-a54f-2572975c67f8', 'AU', '{"id":"f000000100016","name":"Coralshore Solar","website":"https://www.coralshoresolar.example","fqdn":"coralshoresolar.example","description":"Coralshore Solar designs and installs rooftop solar and batteries for industry. It works from Melbourne and Newcastle. An invented company of the sandbox.","tagline":"Sunlight, on the books","linkedin":"coralshore-solar","employee_count":21,"year_founded":1984,"hq_location":"Melbourne","hq_country":"Australia","company_size":"11 - 50","company_type":"Partnership","abn_operation_status":"active","locations":["Melbourne","Newcastle"],"industries":["Renewable Energy"],"revenue":"$5M - $25M","phones":["1300 975 711","(03) 5550 4422"],"emails":["hello@coralshoresolar.example","accounts@coralshoresolar.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"coralshoresolar","linkedin":"coralshore-solar","instagram":"coralshoresolar"},"industry_codes":{"sic":"4911","duns":"999000015","naics":"221114","anzsic":"2619","abn":"55999000154","acn":"999000154"},"keywords":["Solar","Batteries","Energy Efficiency","Grid Services"],"org_registers":{},"states":["VIC","NSW"],"nextGen":{"technographics":{"Sales & Marketing":["HubSpot","Mailchimp"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.coralshoresolar.example","social_media":{"youtube":{"profile_name":"Coralshore Solar","handle":"coralshoresolar","followers":72,"verified":"false","videos":46,"likes":216,"views":5832,"subscribers":72,"following":55,"joined":"2017-07-21"},"instagram":{"profile_name":"Coralshore Solar","handle":"coralshoresolar","followers":216,"verified":"false","videos":37,"likes":216,"views":5832,"subscribers":216,"following":144,"joined":"2021-12-02"},"linkedin":{"profile_name":"Coralshore Solar","handle":"coralshore-solar","followers":336,"verified":"false","videos":45,"likes":672,"views":22176,"subscribers":336,"following":303,"joined":"2018-09-15"},"facebook":{"profile_name":"Coralshore Solar","handle":"coralshoresolar","followers":120,"verified":"false","videos":49,"likes":480,"views":4320,"subscribers":120,"following":199,"joined":"2016-07-04"}},"reviews_rating":{"ceo_approval":"4.4","total_reviews":6,"rating":{"ceo_approval_rating":"3.8","career_opportunities_rating":"4.1","compensation_and_benefits_rating":"3.3","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"3.1","senior_management_rating":"3.0","work_life_balance_rating":"4.2"},"overall_rating":"3.5","employee_rating_id":"700015","recommend_to_friend":88,"url":"https://reviews.example/coralshore-solar"},"id":"f000000100016","web_traffic":{"summary":{"avg_visit_duration":"00:04:44","total_web_visitors":3672,"bounce_rate":0.31,"pages_per_visit":4.1},"traffic_share":{"countries":{"Australia":0.79,"New Zealand":0.21},"organic":0.71,"paid":0.29},"marketing_channels_distribution":{"Direct":0.29,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.23}}}}', '2026-10-14 02:00:07.381903+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6ab5-7159-951c-0070c0e40804', 'AU', '{"id":"f000000100009","name":"Umberbrook Legal","website":"https://www.umberbrooklegal.example","fqdn":"umberbrooklegal.example","description":"Umberbrook Legal advises on property, employment and commercial disputes. It works from Adelaide and Brisbane. An invented company of the sandbox.","tagline":"Clear counsel","linkedin":"umberbrook-legal","employee_count":122,"year_founded":2022,"hq_location":"Adelaide","hq_country":"Australia","company_size":"51 - 200","company_type":"Private company","abn_operation_status":"active","locations":["Adelaide","Brisbane"],"industries":["Law Practice"],"revenue":"$25M - $100M","phones":["1300 975 710","(08) 5550 1642"],"emails":["hello@umberbrooklegal.example","accounts@umberbrooklegal.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"umberbrooklegal","linkedin":"umberbrook-legal","instagram":null},"industry_codes":{"sic":"8111","duns":"999000008","naics":"541110","anzsic":"6931","abn":"38999000083","acn":"999000083"},"keywords":["Commercial Law","Property Law","Employment Law","Mediation"],"org_registers":{},"states":["SA","QLD"],"nextGen":{"technographics":{"Software Development":["TypeScript","GitHub"],"Sales & Marketing":["Google Analytics","Mailchimp"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.umberbrooklegal.example","social_media":{"youtube":{"profile_name":"Umberbrook Legal","handle":"umberbrooklegal","followers":411,"verified":"false","videos":57,"likes":822,"views":34935,"subscribers":411,"following":15,"joined":"2014-08-14"},"instagram":{"profile_name":"Umberbrook Legal","handle":"umberbrooklegal","followers":1233,"verified":"false","videos":27,"likes":3699,"views":85077,"subscribers":1233,"following":66,"joined":"2014-06-01"},"linkedin":{"profile_name":"Umberbrook Legal","handle":"umberbrook-legal","followers":1918,"verified":"false","videos":29,"likes":5754,"views":42196,"subscribers":1918,"following":53,"joined":"2012-04-01"},"facebook":{"profile_name":"Umberbrook Legal","handle":"umberbrooklegal","followers":685,"verified":"false","videos":11,"likes":685,"views":61650,"subscribers":685,"following":27,"joined":"2018-08-13"}},"reviews_rating":{"ceo_approval":"4.2","total_reviews":34,"rating":{"ceo_approval_rating":"4.3","career_opportunities_rating":"3.7","compensation_and_benefits_rating":"4.7","culture_and_values_rating":"4.6","diversity_and_inclusion_rating":"4.7","senior_management_rating":"4.8","work_life_balance_rating":"4.2"},"overall_rating":"4.0","employee_rating_id":"700008","recommend_to_friend":83,"url":"https://reviews.example/umberbrook-legal"},"id":"f000000100009","web_traffic":{"summary":{"avg_visit_duration":"00:03:45","total_web_visitors":8494,"bounce_rate":0.52,"pages_per_visit":1.5},"traffic_share":{"countries":{"Australia":0.76,"New Zealand":0.24},"organic":0.84,"paid":0.16},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.27,"Social":0.07,"Mail":0.33}}}}', '2026-10-14 02:00:07.673837+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', '', '{"id":"fp000000200005","name":"Linh Dao","first_name":"Linh","last_name":"Dao","middle_name":null,"headline":"Logistics Systems Engineer at Harbourline","description":null,"position":"Logistics Systems Engineer","current_company":{"id":"f000000100001","name":"Harbourline","size":"201 - 500","website":"https://www.harbourline.example","industry":["Transportation and Logistics"],"linkedin":"harbourline","main_phones":["1300 975 708"],"other_phones":null,"mobile_phones":null},"time_in_current_role":"Sep ''23 - Present","month_joined":9,"year_joined":2023,"emails":{"personal":[{"value":"linh.dao@letterbox.example","deliverability":"Deliverable"}],"work":[{"value":"linh.dao@harbourline.example","deliverability":"Deliverable"}]},"phones":[],"linkedin":"linh-dao-harbourline","social_media":{"linkedin":{"handle":"linh-dao-harbourline","connections":144,"followers":1950,"stars":null},"github":null,"twitter":null,"facebook":null,"youtube":null,"pintrest":null},"location":["Newcastle","NSW"],"department":"Engineering & Technical","seniority":"Other","gender":"Female","skills":["Public Speaking","Strategy"],"education":{"degree":"Bachelor of Business","field":"Management","date_range":"1994 - 1997","school_name":"Coral Coast University"},"keywords":["Warehousing","Last Mile"],"secondary_position":null}', '2026-10-14 02:00:17.147282+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b48-734f-a552-8bda5f3473ec', 'AU', '{"id":"f000000100004","name":"Sparrowlea Capital","website":"https://www.sparrowleacapital.example","fqdn":"sparrowleacapital.example","description":"Sparrowlea Capital lends to small businesses and advises their owners. It works from Townsville, Melbourne, Newcastle and Geelong. An invented company of the sandbox.","tagline":"Plain advice, fair terms","linkedin":"sparrowlea-capital","employee_count":624,"year_founded":"2001","hq_location":"Townsville","hq_country":"Australia","company_size":"501 - 1000","company_type":"Private company","abn_operation_status":"active","locations":["Townsville","Melbourne","Newcastle","Geelong"],"industries":["Financial Services"],"revenue":"$100M - $500M","phones":["1300 975 708","(07) 5550 0256"],"emails":["hello@sparrowleacapital.example","accounts@sparrowleacapital.example"],"social_media":{"twitter":"sparrowleacapital","youtube":"sparrowleacapital","facebook":"sparrowleacapital","linkedin":"sparrowlea-capital","instagram":"sparrowleacapital"},"industry_codes":{"sic":"6282","duns":"999000003","naics":"523940","anzsic":"6419","abn":"28999000038","acn":"999000038"},"keywords":["Business Lending","Financial Planning","Asset Finance","Compliance"],"org_registers":{},"states":["QLD","VIC","NSW"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","GitHub"],"Finance & Accounting":["MYOB","Stripe"],"Sales & Marketing":["Google Analytics","Mailchimp"]},"website":"https://www.sparrowleacapital.example","social_media":{"youtube":{"profile_name":"Sparrowlea Capital","handle":"sparrowleacapital","followers":2340,"verified":"false","videos":9,"likes":7020,"views":77220,"subscribers":2340,"following":114,"joined":"2020-08-01"},"instagram":{"profile_name":"Sparrowlea Capital","handle":"sparrowleacapital","followers":7020,"verified":"false","videos":33,"likes":28080,"views":526500,"subscribers":7020,"following":309,"joined":"2019-02-10"},"linkedin":{"profile_name":"Sparrowlea Capital","handle":"sparrowlea-capital","followers":10920,"verified":"false","videos":58,"likes":10920,"views":698880,"subscribers":10920,"following":232,"joined":"2012-08-03"},"facebook":{"profile_name":"Sparrowlea Capital","handle":"sparrowleacapital","followers":3900,"verified":"false","videos":22,"likes":7800,"views":308100,"subscribers":3900,"following":316,"joined":"2017-12-26"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":195,"rating":{"ceo_approval_rating":"4.2","career_opportunities_rating":"3.5","compensation_and_benefits_rating":"3.3","culture_and_values_rating":"4.1","diversity_and_inclusion_rating":"4.0","senior_management_rating":"4.6","work_life_balance_rating":"3.7"},"overall_rating":"4.0","employee_rating_id":"700003","recommend_to_friend":76,"url":"https://reviews.example/sparrowlea-capital"},"id":"f000000100004","web_traffic":{"summary":{"avg_visit_duration":"00:03:26","total_web_visitors":67860,"bounce_rate":0.5,"pages_per_visit":2.1},"traffic_share":{"countries":{"Australia":0.73,"New Zealand":0.27},"organic":0.75,"paid":0.25},"marketing_channels_distribution":{"Direct":0.31,"Referrals":0.08,"Search":0.26,"Social":0.07,"Mail":0.28}}}}', '2026-10-14 02:00:07.771611+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-900f-7328-b3a6-3bd3d0d608c0', '', '{"status":200,"likelihood":10,"data":{"id":"ohULsrLTCIVFDUT6wN1MhN_0000","full_name":"Linh Dao","first_name":"Linh","middle_initial":null,"middle_name":null,"last_name":"Dao","last_initial":"d","sex":"female","birth_year":null,"birth_date":null,"linkedin_url":"linkedin.com/in/linh-dao-harbourline","linkedin_username":"linh-dao-harbourline","linkedin_id":"80811379","facebook_url":null,"twitter_url":null,"github_url":null,"work_email":"linh.dao@harbourline.example","personal_emails":["linh.dao@letterbox.example"],"emails":[{"address":"ldao@oldquay.example","type":"professional"},{"address":"linh.dao@letterbox.example","type":"personal"},{"address":"linh.dao@harbourline.example","type":"current_professional"}],"mobile_phone":"+61491574632","phone_numbers":["+61491574632"],"industry":"Transportation And Logistics","job_title":"Logistics Systems Engineer","job_title_role":"engineering","job_title_sub_role":null,"job_title_levels":["entry"],"job_start_date":"2023-09","job_company_id":"uXq6xLPeEia6POPAwqer3gLgC48B","job_company_name":"Harbourline","job_company_website":"harbourline.example","job_company_size":"201-500","job_company_founded":"1998","job_company_industry":"Transportation And Logistics","job_company_linkedin_url":"linkedin.com/company/harbourline","job_company_location_name":"Newcastle, New South Wales, Australia","job_company_location_locality":"Newcastle","job_company_location_region":"New South Wales","job_company_location_metro":null,"job_company_location_country":"Australia","job_company_location_continent":"Oceania","job_company_location_street_address":null,"job_company_location_address_line_2":null,"job_company_location_postal_code":null,"job_company_location_geo":null,"location_name":"Newcastle, New South Wales, Australia","location_locality":"Newcastle","location_region":"New South Wales","location_metro":null,"location_country":"Australia","location_continent":"Oceania","location_street_address":null,"location_address_line_2":null,"location_postal_code":null,"location_geo":null,"location_last_updated":"2026-06-01","location_names":["Newcastle, New South Wales, Australia"],"regions":["New South Wales, Australia"],"countries":["Australia"],"street_addresses":[],"skills":["Change Management","Contract Negotiation","Strategy"],"interests":[],"experience":[{"company":{"id":"uXq6xLPeEia6POPAwqer3gLgC48B","name":"Harbourline","website":"harbourline.example","linkedin_url":"linkedin.com/company/harbourline"},"title":{"name":"Logistics Systems Engineer","levels":["entry"]},"start_date":"2023-09","end_date":null,"is_primary":true}],"education":[{"school":{"name":"Ironbark Institute Of Technology"},"degrees":[],"majors":[]}],"profiles":[{"network":"linkedin","url":"linkedin.com/in/linh-dao-harbourline","username":"linh-dao-harbourline","id":null}]}}', '2026-10-14 02:00:17.237425+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-90d1-740f-b37c-b54cc33e8fbe', '', '{"status":200,"likelihood":10,"data":{"id":"7evaZ1PFHzfarpQqN9JnDD_0000","full_name":"Ines Calloway","first_name":"Ines","middle_initial":null,"middle_name":null,"last_name":"Calloway","last_initial":"c","sex":"female","birth_year":null,"birth_date":null,"linkedin_url":"linkedin.com/in/ines-calloway-tallowmere","linkedin_username":"ines-calloway-tallowmere","linkedin_id":"895609582","facebook_url":null,"twitter_url":null,"github_url":null,"work_email":"ines.calloway@tallowmereinstruments.example","personal_emails":["ines.calloway@letterbox.example"],"emails":[{"address":"icalloway@marlowandsons.example","type":"professional"},{"address":"ines.calloway@letterbox.example","type":"personal"},{"address":"ines.calloway@tallowmereinstruments.example","type":"current_professional"}],"mobile_phone":"+61491575254","phone_numbers":["+61491575254"],"industry":"Software Development","job_title":"Chief Executive Officer","job_title_role":"operations","job_title_sub_role":null,"job_title_levels":["cxo"],"job_start_date":"2013","job_company_id":"pmSC0fzv4MPxEDp4zbrCS6Z7msTy","job_company_name":"Tallowmere Instruments","job_company_website":"tallowmereinstruments.example","job_company_size":"51-200","job_company_founded":"2009","job_company_industry":"Software Development","job_company_linkedin_url":"linkedin.com/company/tallowmere-instruments","job_company_location_name":"Singapore, Singapore, Singapore","job_company_location_locality":"Singapore","job_company_location_region":"Singapore","job_company_location_metro":null,"job_company_location_country":"Singapore","job_company_location_continent":"Asia","job_company_location_street_address":null,"job_company_location_address_line_2":null,"job_company_location_postal_code":null,"job_company_location_geo":null,"location_name":"Singapore, Singapore, Singapore","location_locality":"Singapore","location_region":"Singapore","location_metro":null,"location_country":"Singapore","location_continent":"Asia","location_street_address":null,"location_address_line_2":null,"location_postal_code":null,"location_geo":null,"location_last_updated":"2026-06-01","location_names":["Singapore, Singapore, Singapore"],"regions":["Singapore, Singapore"],"countries":["Singapore"],"street_addresses":[],"skills":["Contract Negotiation","Operations","Strategy"],"interests":[],"experience":[{"company":{"id":"pmSC0fzv4MPxEDp4zbrCS6Z7msTy","name":"Tallowmere Instruments","website":"tallowmereinstruments.example","linkedin_url":"linkedin.com/company/tallowmere-instruments"},"title":{"name":"Chief Executive Officer","levels":["cxo"]},"start_date":"2013","end_date":null,"is_primary":true}],"education":[{"school":{"name":"Tasman Polytechnic"},"degrees":[],"majors":[]}],"profiles":[{"network":"linkedin","url":"linkedin.com/in/ines-calloway-tallowmere","username":"ines-calloway-tallowmere","id":null}]}}', '2026-10-14 02:00:17.406598+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', 'AU', '{"id":"f000000100005","name":"Lanternbeacon Diagnostics","website":"https://www.lanternbeacondiagnostics.example","fqdn":"lanternbeacondiagnostics.example","description":"Lanternbeacon Diagnostics runs community clinics and visiting specialists. It works from Auckland, Sydney, Newcastle and Hobart. An invented company of the sandbox.","tagline":"Care close to home","linkedin":"lanternbeacon-diagnostics","employee_count":8,"year_founded":2002,"hq_location":"Auckland","hq_country":"New Zealand","company_size":"11 - 50","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Auckland","Sydney","Newcastle","Hobart"],"industries":["Hospitals and Health Care"],"revenue":"$5M - $25M","phones":null,"emails":["hello@lanternbeacondiagnostics.example","accounts@lanternbeacondiagnostics.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"lanternbeacondiagnostics","linkedin":"lanternbeacon-diagnostics","instagram":null},"industry_codes":{"sic":"8011","duns":"999000004","naics":"621111","anzsic":"8511","abn":"30999000047","acn":"999000047"},"keywords":"Wholesale, Export","org_registers":{},"states":["Auckland","NSW","TAS"],"nextGen":{"technographics":{"Finance & Accounting":["Xero","Stripe"],"Sales & Marketing":["Salesforce","Google Analytics"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.lanternbeacondiagnostics.example","social_media":{"youtube":{"profile_name":"Lanternbeacon Diagnostics","handle":"lanternbeacondiagnostics","followers":117,"verified":"false","videos":25,"likes":351,"views":6669,"subscribers":117,"following":148,"joined":"2015-05-10"},"instagram":{"profile_name":"Lanternbeacon Diagnostics","handle":"lanternbeacondiagnostics","followers":351,"verified":"false","videos":14,"likes":351,"views":19305,"subscribers":351,"following":150,"joined":"2015-09-26"},"linkedin":{"profile_name":"Lanternbeacon Diagnostics","handle":"lanternbeacon-diagnostics","followers":546,"verified":"true","videos":4,"likes":546,"views":45864,"subscribers":546,"following":302,"joined":"2014-08-21"},"facebook":{"profile_name":"Lanternbeacon Diagnostics","handle":"lanternbeacondiagnostics","followers":195,"verified":"true","videos":47,"likes":390,"views":16575,"subscribers":195,"following":128,"joined":"2017-11-15"}},"reviews_rating":{"ceo_approval":"3.7","total_reviews":10,"rating":{"ceo_approval_rating":"3.6","career_opportunities_rating":"3.7","compensation_and_benefits_rating":"3.1","culture_and_values_rating":"4.8","diversity_and_inclusion_rating":"4.4","senior_management_rating":"4.9","work_life_balance_rating":"3.6"},"overall_rating":"4.0","employee_rating_id":"700004","recommend_to_friend":58,"url":"https://reviews.example/lanternbeacon-diagnostics"},"id":"f000000100005","web_traffic":{"summary":{"avg_visit_duration":"00:01:25","total_web_visitors":2847,"bounce_rate":0.36,"pages_per_visit":2.8},"traffic_share":{"countries":{"Australia":0.64,"New Zealand":0.36},"organic":0.66,"paid":0.34},"marketing_channels_distribution":{"Direct":0.27,"Referrals":0.08,"Search":0.32,"Social":0.07,"Mail":0.26}}}}', '2026-10-31 20:00:04.213125+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4072-7628-ba8e-837bca9c242a', '', '{"organization":{"id":"eb6836eddd520edebc890ff6","name":"Fennimore Sails","website_url":"http://www.fennimoresails.example","blog_url":null,"angellist_url":null,"linkedin_url":"http://www.linkedin.com/company/fennimore-sails","twitter_url":null,"facebook_url":"https://www.facebook.com/fennimore-sails","primary_phone":{"number":"+61255504657","source":"Account","sanitized_number":"+61255504657"},"languages":["English"],"alexa_ranking":null,"phone":"+61255504657","sanitized_phone":"+61255504657","linkedin_uid":"91861339","founded_year":1987,"publicly_traded_symbol":null,"publicly_traded_exchange":null,"logo_url":null,"crunchbase_url":null,"primary_domain":"fennimoresails.example","industry":"transportation and logistics","keywords":["freight","warehousing","last mile","supply chain"],"estimated_num_employees":50,"industries":["transportation and logistics"],"secondary_industries":[],"snippets_loaded":true,"industry_tag_id":"79cf6e74599bcab8e538dd61","retail_location_count":0,"raw_address":"Auckland, Auckland, New Zealand","street_address":null,"city":"Auckland","state":"Auckland","postal_code":null,"country":"New Zealand","owned_by_organization_id":null,"seo_description":"Known in other books","short_description":"Fennimore Sails works from Auckland. An invented company of the sandbox.","suborganizations":[],"num_suborganizations":0,"annual_revenue_printed":"10M","annual_revenue":10000000,"total_funding":null,"total_funding_printed":null,"latest_funding_round_date":null,"latest_funding_stage":null,"funding_events":[],"technology_names":["TypeScript","Xero","Mailchimp","Employment Hero","Microsoft 365"],"current_technologies":[{"uid":"typescript","name":"TypeScript","category":"Software Development"},{"uid":"xero","name":"Xero","category":"Finance & Accounting"},{"uid":"mailchimp","name":"Mailchimp","category":"Sales & Marketing"},{"uid":"employment_hero","name":"Employment Hero","category":"Human Resources"},{"uid":"microsoft_365","name":"Microsoft 365","category":"Infrastructure"}],"org_chart_removed":false}}', '2026-10-31 20:00:04.770359+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-425a-737c-9b03-2cb969d9c53b', '', '{"person":{"id":"2a8505d7b2fa6f2d5fa111a1","first_name":"Petra","last_name":"Lindqvale","name":"Petra Lindqvale","linkedin_url":"http://www.linkedin.com/in/petra-lindqvale-fennimore","photo_url":null,"twitter_url":null,"github_url":null,"facebook_url":null,"extrapolated_email_confidence":null,"title":"VP Sales","headline":"VP Sales at Fennimore Sails","email":"petra.lindqvale@fennimoresails.example","email_status":"verified","organization_id":"eb6836eddd520edebc890ff6","employment_history":[{"_id":"a4fcd90d3bac12df9439d5f1","id":"a4fcd90d3bac12df9439d5f1","key":"a4fcd90d3bac12df9439d5f1","current":true,"organization_id":"eb6836eddd520edebc890ff6","organization_name":"Fennimore Sails","title":"VP Sales","start_date":"2018-06-01","end_date":null}],"city":"Auckland","state":"Auckland","country":"New Zealand","revealed_for_current_team":true,"organization":{"id":"eb6836eddd520edebc890ff6","name":"Fennimore Sails","website_url":"http://www.fennimoresails.example","blog_url":null,"angellist_url":null,"linkedin_url":"http://www.linkedin.com/company/fennimore-sails","twitter_url":null,"facebook_url":"https://www.facebook.com/fennimore-sails","primary_phone":{"number":"+61255504657","source":"Account","sanitized_number":"+61255504657"},"languages":["English"],"alexa_ranking":null,"phone":"+61255504657","sanitized_phone":"+61255504657","linkedin_uid":"91861339","founded_year":1987,"publicly_traded_symbol":null,"publicly_traded_exchange":null,"logo_url":null,"crunchbase_url":null,"primary_domain":"fennimoresails.example","industry":"transportation and logistics","keywords":["freight","warehousing","last mile","supply chain"],"estimated_num_employees":50,"industries":["transportation and logistics"],"secondary_industries":[],"snippets_loaded":true,"industry_tag_id":"79cf6e74599bcab8e538dd61","retail_location_count":0,"raw_address":"Auckland, Auckland, New Zealand","street_address":null,"city":"Auckland","state":"Auckland","postal_code":null,"country":"New Zealand","owned_by_organization_id":null,"seo_description":"Known in other books","short_description":"Fennimore Sails works from Auckland. An invented company of the sandbox.","suborganizations":[],"num_suborganizations":0,"annual_revenue_printed":"10M","annual_revenue":10000000,"total_funding":null,"total_funding_printed":null,"latest_funding_round_date":null,"latest_funding_stage":null,"funding_events":[],"technology_names":["TypeScript","Xero","Mailchimp","Employment Hero","Microsoft 365"],"current_technologies":[{"uid":"typescript","name":"TypeScript","category":"Software Development"},{"uid":"xero","name":"Xero","category":"Finance & Accounting"},{"uid":"mailchimp","name":"Mailchimp","category":"Sales & Marketing"},{"uid":"employment_hero","name":"Employment Hero","category":"Human Resources"},{"uid":"microsoft_365","name":"Microsoft 365","category":"Infrastructure"}],"org_chart_removed":false},"is_likely_to_engage":false,"departments":["master_sales"],"subdepartments":[],"functions":[],"seniority":"vp"}}', '2026-10-31 20:00:05.305425+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a03-7485-a562-2ad8efd3e11f', 'AU', '{"id":"f000000100001","name":"Harbourline","website":"https://www.harbourline.example","fqdn":"harbourline.example","description":"Harbourline moves freight between the ports of the east coast and the towns behind them: 40 trucks, two rail sidings and a cold store in Newcastle. An invented company of the sandbox.","tagline":"From the quay to the door","linkedin":"harbourline","employee_count":214,"year_founded":1998,"hq_location":"Newcastle","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Newcastle","Sydney","Brisbane"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 707","(02) 5550 7929"],"emails":["hello@harbourline.example","accounts@harbourline.example"],"social_media":{"twitter":"harbourline","youtube":"harbourline","facebook":"harbourline","linkedin":"harbourline","instagram":"harbourline"},"industry_codes":{"sic":"4213","duns":"999000000","naics":"484121","anzsic":"4610","abn":"34999000001","acn":"999000001"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["NSW","QLD"],"nextGen":{"technographics":{"Software Development":["Java","TypeScript"],"Finance & Accounting":["MYOB","Stripe"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.harbourline.example","social_media":{"youtube":{"profile_name":"Harbourline","handle":"harbourline","followers":714,"verified":"false","videos":1,"likes":1428,"views":14994,"subscribers":714,"following":321,"joined":"2018-09-02"},"instagram":{"profile_name":"Harbourline","handle":"harbourline","followers":2142,"verified":"false","videos":8,"likes":6426,"views":119952,"subscribers":2142,"following":35,"joined":"2019-07-06"},"linkedin":{"profile_name":"Harbourline","handle":"harbourline","followers":3332,"verified":"false","videos":33,"likes":3332,"views":203252,"subscribers":3332,"following":376,"joined":"2017-01-22"},"facebook":{"profile_name":"Harbourline","handle":"harbourline","followers":1190,"verified":"true","videos":27,"likes":4760,"views":63070,"subscribers":1190,"following":107,"joined":"2013-09-15"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":60,"rating":{"ceo_approval_rating":"4.9","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.9","senior_management_rating":"4.9","work_life_balance_rating":"4.1"},"overall_rating":"4.5","employee_rating_id":"700000","recommend_to_friend":81,"url":"https://reviews.example/harbourline"},"id":"f000000100001","web_traffic":{"summary":{"avg_visit_duration":"00:04:08","total_web_visitors":18802,"bounce_rate":0.3,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.84,"New Zealand":0.16},"organic":0.55,"paid":0.45},"marketing_channels_distribution":{"Direct":0.32,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.2}}}}', '2026-10-31 20:00:07.188348+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a1c-72cf-8675-299ee142ff57', 'AU', '{"id":"f000000100007","name":"Quillbourne Brewing","website":"https://www.quillbournebrewing.example","fqdn":"quillbournebrewing.example","description":"Quillbourne Brewing makes pantry goods from fruit and grain of its own region. It works from Melbourne, Adelaide and Canberra. An invented company of the sandbox.","tagline":"Made slowly, eaten quickly","linkedin":"quillbourne-brewing","employee_count":190,"year_founded":1991,"hq_location":"Melbourne","hq_country":"Australia","company_size":"201 - 500","company_type":"Public company","abn_operation_status":"active","locations":["Melbourne","Adelaide","Canberra"],"industries":["Food and Beverage Manufacturing"],"revenue":"$25M - $100M","phones":["1300 975 707","(03) 5550 6575"],"emails":["hello@quillbournebrewing.example","accounts@quillbournebrewing.example"],"social_media":{"twitter":"quillbournebrewing","youtube":"quillbournebrewing","facebook":"quillbournebrewing","linkedin":"quillbourne-brewing","instagram":"quillbournebrewing"},"industry_codes":{"sic":"2099","duns":"999000006","naics":"311999","anzsic":"1199","abn":"34999000065","acn":"999000065"},"keywords":["Food Manufacturing","Wholesale","Private Label","Export"],"org_registers":{},"states":["VIC","SA","ACT"],"nextGen":{"technographics":{"Finance & Accounting":["MYOB","Stripe"],"Sales & Marketing":["Salesforce","Mailchimp"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.quillbournebrewing.example","social_media":{"youtube":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":714,"verified":"false","videos":46,"likes":2856,"views":25704,"subscribers":714,"following":293,"joined":"2021-12-01"},"instagram":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":2142,"verified":"false","videos":28,"likes":6426,"views":130662,"subscribers":2142,"following":219,"joined":"2017-01-02"},"linkedin":{"profile_name":"Quillbourne Brewing","handle":"quillbourne-brewing","followers":3332,"verified":"true","videos":59,"likes":6664,"views":206584,"subscribers":3332,"following":107,"joined":"2017-08-21"},"facebook":{"profile_name":"Quillbourne Brewing","handle":"quillbournebrewing","followers":1190,"verified":"true","videos":9,"likes":2380,"views":89250,"subscribers":1190,"following":176,"joined":"2019-06-21"}},"reviews_rating":{"ceo_approval":"4.3","total_reviews":60,"rating":{"ceo_approval_rating":"3.4","career_opportunities_rating":"4.6","compensation_and_benefits_rating":"4.2","culture_and_values_rating":"3.1","diversity_and_inclusion_rating":"4.5","senior_management_rating":"4.9","work_life_balance_rating":"4.2"},"overall_rating":"4.4","employee_rating_id":"700006","recommend_to_friend":62,"url":"https://reviews.example/quillbourne-brewing"},"id":"f000000100007","web_traffic":{"summary":{"avg_visit_duration":"00:04:36","total_web_visitors":28322,"bounce_rate":0.62,"pages_per_visit":2.2},"traffic_share":{"countries":{"Australia":0.86,"New Zealand":0.14},"organic":0.59,"paid":0.41},"marketing_channels_distribution":{"Direct":0.43,"Referrals":0.08,"Search":0.28,"Social":0.07,"Mail":0.14}}}}', '2026-10-31 20:00:07.209768+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a45-723d-adde-c0a500ee4146', 'AU', '{"id":"f000000100006","name":"Birchmark Power","website":"https://www.birchmarkpower.example","fqdn":"birchmarkpower.example","description":"Birchmark Power designs and installs rooftop solar and batteries for industry. It works from Perth, Melbourne and Townsville. An invented company of the sandbox.","tagline":"Sunlight, on the books","linkedin":"birchmark-power","au_employee_count":8,"year_founded":1985,"hq_location":"Perth","hq_country":"Australia","company_size":"1 - 10","company_type":"Partnership","abn_operation_status":"active","locations":["Perth","Melbourne","Townsville"],"industries":["Renewable Energy"],"revenue":"<$5M","phones":["1300 975 710","(08) 5550 8163"],"emails":["hello@birchmarkpower.example","accounts@birchmarkpower.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"birchmarkpower","linkedin":"birchmark-power","instagram":"birchmarkpower"},"industry_codes":{"sic":"4911","duns":"999000005","naics":"221114","anzsic":"2619","abn":"32999000056","acn":"999000056"},"keywords":["Solar","Batteries","Energy Efficiency","Grid Services"],"org_registers":{},"states":["WA","VIC","QLD"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.birchmarkpower.example","social_media":{"youtube":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":27,"verified":"false","videos":5,"likes":108,"views":2349,"subscribers":27,"following":334,"joined":"2016-09-05"},"instagram":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":81,"verified":"false","videos":34,"likes":324,"views":3402,"subscribers":81,"following":229,"joined":"2020-07-01"},"linkedin":{"profile_name":"Birchmark Power","handle":"birchmark-power","followers":126,"verified":true,"videos":15,"likes":504,"views":3906,"subscribers":126,"following":87,"joined":"2015-07-02"},"facebook":{"profile_name":"Birchmark Power","handle":"birchmarkpower","followers":45,"verified":"true","videos":53,"likes":135,"views":1845,"subscribers":45,"following":206,"joined":"2011-09-12"}},"reviews_rating":null,"id":"f000000100006","web_traffic":{"summary":{"avg_visit_duration":"00:02:45","total_web_visitors":1422,"bounce_rate":0.53,"pages_per_visit":4.7},"traffic_share":{"countries":{"Australia":0.63,"New Zealand":0.37},"organic":0.86,"paid":0.14},"marketing_channels_distribution":{"Direct":0.31,"Referrals":0.08,"Search":0.24,"Social":0.07,"Mail":0.3}}}}', '2026-10-31 20:00:07.267637+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4aac-72ab-8d52-dda372eb8300', 'AU', '{"id":"f000000100017","name":"Slateford Foods","website":"https://www.slatefordfoods.example","fqdn":"slatefordfoods.example","description":"Slateford Foods makes pantry goods from fruit and grain of its own region. It works from Darwin and Sydney. An invented company of the sandbox.","tagline":"Made slowly, eaten quickly","linkedin":"slateford-foods","employee_count":32,"year_founded":"1995","hq_location":"Darwin","hq_country":"Australia","company_size":"11 - 50","company_type":"Public company","abn_operation_status":"active","locations":["Darwin","Sydney"],"industries":["Food and Beverage Manufacturing"],"revenue":"$5M - $25M","phones":["1300 975 708","(08) 5550 9782"],"emails":["hello@slatefordfoods.example","accounts@slatefordfoods.example"],"social_media":{"twitter":"slatefordfoods","youtube":null,"facebook":"slatefordfoods","linkedin":"slateford-foods","instagram":null},"industry_codes":{"sic":"2099","duns":"999000016","naics":"311999","anzsic":"1199","abn":"57999000163","acn":"999000163"},"keywords":["Food Manufacturing","Wholesale","Private Label","Export"],"org_registers":{},"states":["NT","NSW"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.slatefordfoods.example","social_media":{"youtube":{"profile_name":"Slateford Foods","handle":"slatefordfoods","followers":108,"verified":"false","videos":9,"likes":324,"views":3240,"subscribers":108,"following":124,"joined":"2016-05-22"},"instagram":{"profile_name":"Slateford Foods","handle":"slatefordfoods","followers":324,"verified":"false","videos":18,"likes":972,"views":7776,"subscribers":324,"following":271,"joined":"2011-05-18"},"linkedin":{"profile_name":"Slateford Foods","handle":"slateford-foods","followers":504,"verified":"false","videos":60,"likes":1512,"views":18648,"subscribers":504,"following":263,"joined":"2016-08-03"},"facebook":{"profile_name":"Slateford Foods","handle":"slatefordfoods","followers":180,"verified":"true","videos":28,"likes":540,"views":9000,"subscribers":180,"following":149,"joined":"2013-08-02"}},"reviews_rating":{"ceo_approval":"3.4","total_reviews":9,"rating":{"ceo_approval_rating":"3.8","career_opportunities_rating":"3.3","compensation_and_benefits_rating":"3.1","culture_and_values_rating":"4.7","diversity_and_inclusion_rating":"3.4","senior_management_rating":"3.6","work_life_balance_rating":"4.9"},"overall_rating":"3.3","employee_rating_id":"700016","recommend_to_friend":95,"url":"https://reviews.example/slateford-foods"},"id":"f000000100017","web_traffic":{"summary":{"avg_visit_duration":"00:01:37","total_web_visitors":3816,"bounce_rate":0.53,"pages_per_visit":2},"traffic_share":{"countries":{"Australia":0.84,"New Zealand":0.16},"organic":0.86,"paid":0.14},"marketing_channels_distribution":{"Direct":0.39,"Referrals":0.08,"Search":0.29,"Social":0.07,"Mail":0.17}}}}', '2026-10-31 20:00:07.359572+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a78-728d-a42b-acf6da4dbe4a', 'AU', '{"id":"f000000100013","name":"Heronfen Systems","website":"https://www.heronfensystems.example","fqdn":"heronfensystems.example","description":"Heronfen Systems makes scheduling and billing software for field teams. It works from Brisbane. An invented company of the sandbox.","tagline":"Less admin, more work done","linkedin":"heronfen-systems","employee_count":48,"year_founded":1980,"hq_location":"Brisbane","hq_country":"Australia","company_size":"11 - 50","company_type":"Public company","abn_operation_status":"active","locations":["Brisbane"],"industries":["Software Development"],"revenue":"$5M - $25M","phones":["1300 975 707","(07) 5550 5114"],"emails":["hello@heronfensystems.example","accounts@heronfensystems.example"],"social_media":{"twitter":"heronfensystems","youtube":"heronfensystems","facebook":"heronfensystems","linkedin":"heronfen-systems","instagram":null},"industry_codes":{"sic":"7372","duns":"999000012","naics":"513210","anzsic":"7000","abn":"49999000127","acn":"999000127"},"keywords":["SaaS","Workflow","APIs","Mobile Apps"],"org_registers":{},"states":["QLD"],"nextGen":{"technographics":{"Sales & Marketing":["Google Analytics","Mailchimp"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.heronfensystems.example","social_media":{"youtube":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":144,"verified":"false","videos":25,"likes":576,"views":11232,"subscribers":144,"following":137,"joined":"2014-09-13"},"instagram":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":432,"verified":"false","videos":34,"likes":864,"views":38016,"subscribers":432,"following":375,"joined":"2017-01-19"},"linkedin":{"profile_name":"Heronfen Systems","handle":"heronfen-systems","followers":672,"verified":"true","videos":45,"likes":672,"views":47712,"subscribers":672,"following":103,"joined":"2017-10-02"},"facebook":{"profile_name":"Heronfen Systems","handle":"heronfensystems","followers":240,"verified":"false","videos":48,"likes":960,"views":10080,"subscribers":240,"following":282,"joined":"2015-01-07"}},"reviews_rating":{"ceo_approval":"4.7","total_reviews":12,"rating":{"ceo_approval_rating":"3.1","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.8","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.1","senior_management_rating":"4.5","work_life_balance_rating":"4.6"},"overall_rating":"4.1","employee_rating_id":"700012","recommend_to_friend":72,"url":"https://reviews.example/heronfen-systems"},"id":"f000000100013","web_traffic":{"summary":{"avg_visit_duration":"00:01:52","total_web_visitors":7296,"bounce_rate":0.64,"pages_per_visit":4.3},"traffic_share":{"countries":{"Australia":0.65,"New Zealand":0.35},"organic":0.64,"paid":0.36},"marketing_channels_distribution":{"Direct":0.44,"Referrals":0.08,"Search":0.23,"Social":0.07,"Mail":0.18}}}}', '2026-10-31 20:00:07.318712+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0861-77f4-80f5-88c1d542e69a', 'AU', '{"id":"f000000100015","name":"Northfield Dental","website":"https://www.northfielddental.example","fqdn":"northfielddental.example","description":"Northfield Dental runs community clinics and visiting specialists. It works from Geelong. An invented company of the sandbox.","tagline":"Care close to home","linkedin":"northfield-dental","employee_count":5,"year_founded":2006,"hq_location":"Geelong","hq_country":"Australia","company_size":"1 - 10","company_type":"Private company","abn_operation_status":"active","locations":["Geelong"],"industries":["Hospitals and Health Care"],"revenue":"<$5M","phones":["1300 975 710","(03) 5550 2171"],"emails":["hello@northfielddental.example","accounts@northfielddental.example"],"social_media":{"twitter":null,"youtube":null,"facebook":null,"linkedin":"northfield-dental","instagram":"northfielddental"},"industry_codes":{"sic":"8011","duns":"999000014","naics":"621111","anzsic":"8511","abn":"53999000145","acn":"999000145"},"keywords":["Primary Care","Telehealth","Pathology","Allied Health"],"org_registers":{},"states":["VIC"],"nextGen":{"technographics":{"Software Development":["TypeScript","GitHub"],"Sales & Marketing":["HubSpot","Mailchimp"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.northfielddental.example","social_media":{"youtube":{"profile_name":"Northfield Dental","handle":"northfielddental","followers":18,"verified":"true","videos":28,"likes":18,"views":720,"subscribers":18,"following":187,"joined":"2014-11-13"},"instagram":{"profile_name":"Northfield Dental","handle":"northfielddental","followers":54,"verified":"false","videos":53,"likes":216,"views":2916,"subscribers":54,"following":21,"joined":"2018-06-23"},"linkedin":{"profile_name":"Northfield Dental","handle":"northfield-dental","followers":84,"verified":"true","videos":10,"likes":168,"views":1764,"subscribers":84,"following":291,"joined":"2019-03-03"},"facebook":{"profile_name":"Northfield Dental","handle":"northfielddental","followers":30,"verified":"true","videos":39,"likes":90,"views":690,"subscribers":30,"following":379,"joined":"2020-06-09"}},"reviews_rating":null,"id":"f000000100015","web_traffic":{"summary":{"avg_visit_duration":"00:02:19","total_web_visitors":486,"bounce_rate":0.31,"pages_per_visit":2.9},"traffic_share":{"countries":{"Australia":0.66,"New Zealand":0.34},"organic":0.85,"paid":0.15},"marketing_channels_distribution":{"Direct":0.34,"Referrals":0.08,"Search":0.26,"Social":0.07,"Mail":0.25}}}}', '2026-11-12 05:30:03.320718+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0971-75b0-81b7-c43804d07f9b', 'AU', '{"id":"f000000100021","name":"Ferngrove Logistics","website":"https://www.ferngrovelogistics.example","fqdn":"ferngrovelogistics.example","description":"Ferngrove Logistics moves pallets and parcels between ports, warehouses and shopfronts. It works from Darwin, Brisbane and Newcastle. An invented company of the sandbox.","tagline":"There by morning","linkedin":"ferngrove-logistics","employee_count":193,"year_founded":2004,"hq_location":"Darwin","hq_country":"Australia","company_size":"201 - 500","company_type":"Public company","abn_operation_status":"active","locations":["Darwin","Brisbane","Newcastle"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 711","(08) 5550 6054"],"emails":["hello@ferngrovelogistics.example","accounts@ferngrovelogistics.example"],"social_media":{"twitter":"ferngrovelogistics","youtube":"ferngrovelogistics","facebook":"ferngrovelogistics","linkedin":"ferngrove-logistics","instagram":"ferngrovelogistics"},"industry_codes":{"sic":"4213","duns":"999000020","naics":"484121","anzsic":"4610","abn":"68999000207","acn":"999000207"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["NT","QLD","NSW"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","Java"],"Sales & Marketing":["Google Analytics","Mailchimp"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.ferngrovelogistics.example","social_media":{"youtube":{"profile_name":"Ferngrove Logistics","handle":"ferngrovelogistics","followers":651,"verified":"false","videos":52,"likes":651,"views":29946,"subscribers":651,"following":55,"joined":"2020-02-07"},"instagram":{"profile_name":"Ferngrove Logistics","handle":"ferngrovelogistics","followers":1953,"verified":"true","videos":7,"likes":3906,"views":76167,"subscribers":1953,"following":176,"joined":"2014-12-25"},"linkedin":{"profile_name":"Ferngrove Logistics","handle":"ferngrove-logistics","followers":3038,"verified":"false","videos":3,"likes":12152,"views":243040,"subscribers":3038,"following":157,"joined":"2013-06-03"},"facebook":{"profile_name":"Ferngrove Logistics","handle":"ferngrovelogistics","followers":1085,"verified":"true","videos":18,"likes":3255,"views":65100,"subscribers":1085,"following":45,"joined":"2021-05-26"}},"reviews_rating":{"ceo_approval":"4.4","total_reviews":54,"rating":{"ceo_approval_rating":"4.7","career_opportunities_rating":"4.9","compensation_and_benefits_rating":"3.6","culture_and_values_rating":"3.6","diversity_and_inclusion_rating":"4.3","senior_management_rating":"3.4","work_life_balance_rating":"4.2"},"overall_rating":"3.7","employee_rating_id":"700020","recommend_to_friend":70,"url":4.5},"id":"f000000100021","web_traffic":{"summary":{"avg_visit_duration":"00:02:33","total_web_visitors":15841,"bounce_rate":0.39,"pages_per_visit":1.4},"traffic_share":{"countries":{"Australia":0.63,"New Zealand":0.37},"organic":0.68,"paid":0.32},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.28,"Social":0.07,"Mail":0.32}}}}', '2026-11-12 05:30:03.532277+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', '', '{"person":{"id":"57737994eab84187fcc1a76e","first_name":null,"last_name":null,"name":null,"linkedin_url":null,"title":null,"headline":null,"email":null,"email_status":"unavailable","organization_id":null,"employment_history":[],"city":null,"state":null,"country":null,"departments":[],"subdepartments":[],"functions":[],"seniority":null}}', '2026-11-12 05:30:10.254751+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0e73-701f-acfc-64e9cda31765', 'AU', '{"id":"f000000100022","name":"Thistlewharf Builders","website":"https://www.thistlewharfbuilders.example","fqdn":"thistlewharfbuilders.example","description":"Thistlewharf Builders builds schools, clinics and mid-rise homes. It works from Brisbane, Melbourne, Perth and Hobart. An invented company of the sandbox.","tagline":"Built to be lived in","linkedin":"thistlewharf-builders","employee_count":8,"year_founded":2011,"hq_location":"Brisbane","hq_country":"Australia","company_size":"11 - 50","company_type":"Partnership","abn_operation_status":"active","locations":["Brisbane","Melbourne","Perth","Hobart"],"industries":["Construction"],"revenue":"<$5M","phones":null,"emails":["hello@thistlewharfbuilders.example","accounts@thistlewharfbuilders.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"thistlewharfbuilders","linkedin":"thistlewharf-builders","instagram":"thistlewharfbuilders"},"industry_codes":{"sic":"1542","duns":"999000021","naics":"236220","anzsic":"3020","abn":"70999000216","acn":"999000216"},"keywords":"Wholesale, Export","org_registers":{},"states":["QLD","VIC","WA","TAS"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.thistlewharfbuilders.example","social_media":{"youtube":{"profile_name":"Thistlewharf Builders","handle":"thistlewharfbuilders","followers":33,"verified":"true","videos":10,"likes":66,"views":1683,"subscribers":33,"following":399,"joined":"2015-07-07"},"instagram":{"profile_name":"Thistlewharf Builders","handle":"thistlewharfbuilders","followers":99,"verified":"false","videos":5,"likes":297,"views":2574,"subscribers":99,"following":388,"joined":"2012-01-16"},"linkedin":{"profile_name":"Thistlewharf Builders","handle":"thistlewharf-builders","followers":154,"verified":true,"videos":31,"likes":154,"views":5852,"subscribers":154,"following":266,"joined":"2015-08-12"},"facebook":{"profile_name":"Thistlewharf Builders","handle":"thistlewharfbuilders","followers":55,"verified":"false","videos":55,"likes":220,"views":2640,"subscribers":55,"following":17,"joined":"2013-11-13"}},"reviews_rating":null,"id":"f000000100022","web_traffic":{"summary":{"avg_visit_duration":"00:03:41","total_web_visitors":726,"bounce_rate":0.58,"pages_per_visit":4.1},"traffic_share":{"countries":{"Australia":0.74,"New Zealand":0.26},"organic":0.82,"paid":0.18},"marketing_channels_distribution":{"Direct":0.45,"Referrals":0.08,"Search":0.24,"Social":0.07,"Mail":0.16}}}}', '2026-11-12 05:30:06.953664+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-2462-7aa0-8105-843645248b58', 'AU', '{"id":"f000000100002","name":"Ochrekeep Joinery","website":"https://www.ochrekeepjoinery.example","fqdn":"ochrekeepjoinery.example","description":"Ochrekeep Joinery builds schools, clinics and mid-rise homes. It works from Brisbane and Canberra. An invented company of the sandbox.","tagline":"Built to be lived in","linkedin":"ochrekeep-joinery","employee_count":344,"year_founded":2012,"hq_location":"Brisbane","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Brisbane","Canberra"],"industries":["Construction"],"revenue":"$100M - $500M","phones":["1300 975 708","(07) 5550 7587"],"emails":["hello@ochrekeepjoinery.example","accounts@ochrekeepjoinery.example"],"social_media":{"twitter":"ochrekeepjoinery","youtube":"ochrekeepjoinery","facebook":"ochrekeepjoinery","linkedin":"ochrekeep-joinery","instagram":"ochrekeepjoinery"},"industry_codes":{"sic":"1542","duns":"999000001","naics":"236220","anzsic":"3020","abn":"36999000010","acn":"999000010"},"keywords":["Commercial Construction","Fit-out","Project Management","Safety"],"org_registers":{},"states":["QLD","ACT"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","Java"],"Finance & Accounting":["Xero","MYOB"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.ochrekeepjoinery.example","social_media":{"youtube":{"profile_name":"Ochrekeep Joinery","handle":"ochrekeepjoinery","followers":1161,"verified":"true","videos":42,"likes":2322,"views":46440,"subscribers":1161,"following":90,"joined":"2019-12-28"},"instagram":{"profile_name":"Ochrekeep Joinery","handle":"ochrekeepjoinery","followers":3483,"verified":"false","videos":48,"likes":6966,"views":90558,"subscribers":3483,"following":30,"joined":"2022-03-16"},"linkedin":{"profile_name":"Ochrekeep Joinery","handle":"ochrekeep-joinery","followers":5418,"verified":true,"videos":54,"likes":21672,"views":314244,"subscribers":5418,"following":176,"joined":"2019-12-13"},"facebook":{"profile_name":"Ochrekeep Joinery","handle":"ochrekeepjoinery","followers":1935,"verified":"true","videos":7,"likes":7740,"views":75465,"subscribers":1935,"following":134,"joined":"2019-01-04"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":97,"rating":{"ceo_approval_rating":"3.8","career_opportunities_rating":"3.5","compensation_and_benefits_rating":"4.3","culture_and_values_rating":"3.3","diversity_and_inclusion_rating":"4.3","senior_management_rating":"3.1","work_life_balance_rating":"4.9"},"overall_rating":"3.6","employee_rating_id":"700001","recommend_to_friend":58,"url":"https://reviews.example/ochrekeep-joinery"},"id":"f000000100002","web_traffic":{"summary":{"avg_visit_duration":"00:02:15","total_web_visitors":17415,"bounce_rate":0.45,"pages_per_visit":2.8},"traffic_share":{"countries":{"Australia":0.78,"New Zealand":0.22},"organic":0.9,"paid":0.1},"marketing_channels_distribution":{"Direct":0.39,"Referrals":0.08,"Search":0.31,"Social":0.07,"Mail":0.15}}}}', '2026-11-12 05:30:10.505582+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-247d-794b-bc02-6ee2dd30e562', '', '{"id":"fp000000200007","name":"Gus Greyling","first_name":"Gus","last_name":"Greyling","middle_name":null,"headline":"Managing Director at Ochrekeep Joinery","description":"Gus joined Ochrekeep Joinery in 2018 and works from Brisbane. An invented person of the sandbox.","position":"Managing Director","current_company":{"id":"f000000100002","name":"Ochrekeep Joinery","size":"201 - 500","website":"https://www.ochrekeepjoinery.example","industry":["Construction"],"linkedin":"ochrekeep-joinery","main_phones":["1300 975 709"],"other_phones":["(07) 5550 5276"],"mobile_phones":null},"time_in_current_role":"Mar ''18 - Present","month_joined":3,"year_joined":"2018","emails":{"personal":[],"work":[{"value":"gus.greyling@ochrekeepjoinery.example","deliverability":"Deliverable"}]},"phones":[{"value":"0491 571 491","is_dnd":false},{"value":"(07) 5550 5575","is_dnd":false}],"linkedin":"gus-greyling-1006","social_media":{"linkedin":{"handle":"gus-greyling-1006","connections":430,"followers":644,"stars":null},"github":{"handle":"gusgreyling","connections":null,"followers":745,"stars":null},"twitter":{"handle":"gusgreyling","connections":null,"followers":279,"stars":null},"facebook":{"handle":"gusgreyling","connections":null,"followers":711,"stars":null},"youtube":null,"pintrest":null},"location":["Brisbane","QLD"],"department":"General Management","seniority":"C-Suite / Partner","gender":"Male","skills":["Business Development","Change Management","Contract Negotiation","Stakeholder Engagement"],"education":{"degree":"Bachelor of Commerce","field":"Accounting","date_range":"2015 - 2018","school_name":"Southern Lights University"},"keywords":["Commercial Construction","Safety"],"secondary_position":null}', '2026-11-12 05:30:10.553312+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', '', '{"person":{"id":"211b04d7f5c47c33303b29ce","first_name":"Dario","last_name":"Fennimore","name":"Dario Fennimore","linkedin_url":"http://www.linkedin.com/in/dario-fennimore-fennimore","photo_url":null,"twitter_url":null,"github_url":null,"facebook_url":null,"extrapolated_email_confidence":null,"title":"Founder","headline":"Founder at Fennimore Sails","email":"dario.fennimore@fennimoresails.example","email_status":"verified","organization_id":"eb6836eddd520edebc890ff6","employment_history":[{"_id":"667479b762843e5951f628c5","id":"667479b762843e5951f628c5","key":"667479b762843e5951f628c5","current":true,"organization_id":"eb6836eddd520edebc890ff6","organization_name":"Fennimore Sails","title":"Founder","start_date":"2008-01-01","end_date":null}],"city":"Auckland","state":"Auckland","country":"New Zealand","contact_id":"26ad2e8f2be85ee827221988","contact":{"id":"26ad2e8f2be85ee827221988","person_id":"211b04d7f5c47c33303b29ce","first_name":"Dario","last_name":"Fennimore","name":"Dario Fennimore","title":"Founder","organization_name":"Fennimore Sails","organization_id":"eb6836eddd520edebc890ff6","sanitized_phone":"+61491576398","phone_numbers":[{"raw_number":"0491 576 398","sanitized_number":"+61491576398","type":"mobile","position":0,"status":"valid_number","dnc_status":null,"dnc_other_info":null,"dialer_flags":null}]},"revealed_for_current_team":true,"organization":{"id":"eb6836eddd520edebc890ff6","name":"Fennimore Sails","website_url":"http://www.fennimoresails.example","blog_url":null,"angellist_url":null,"linkedin_url":"http://www.linkedin.com/company/fennimore-sails","twitter_url":null,"facebook_url":"https://www.facebook.com/fennimore-sails","primary_phone":{"number":"+61255504657","source":"Account","sanitized_number":"+61255504657"},"languages":["English"],"alexa_ranking":null,"phone":"+61255504657","sanitized_phone":"+61255504657","linkedin_uid":"91861339","founded_year":1987,"publicly_traded_symbol":null,"publicly_traded_exchange":null,"logo_url":null,"crunchbase_url":null,"primary_domain":"fennimoresails.example","industry":"transportation and logistics","keywords":["freight","warehousing","last mile","supply chain"],"estimated_num_employees":50,"industries":["transportation and logistics"],"secondary_industries":[],"snippets_loaded":true,"industry_tag_id":"79cf6e74599bcab8e538dd61","retail_location_count":0,"raw_address":"Auckland, Auckland, New Zealand","street_address":null,"city":"Auckland","state":"Auckland","postal_code":null,"country":"New Zealand","owned_by_organization_id":null,"seo_description":"Known in other books","short_description":"Fennimore Sails works from Auckland. An invented company of the sandbox.","suborganizations":[],"num_suborganizations":0,"annual_revenue_printed":"10M","annual_revenue":10000000,"total_funding":null,"total_funding_printed":null,"latest_funding_round_date":null,"latest_funding_stage":null,"funding_events":[],"technology_names":["TypeScript","Xero","Mailchimp","Employment Hero","Microsoft 365"],"current_technologies":[{"uid":"typescript","name":"TypeScript","category":"Software Development"},{"uid":"xero","name":"Xero","category":"Finance & Accounting"},{"uid":"mailchimp","name":"Mailchimp","category":"Sales & Marketing"},{"uid":"employment_hero","name":"Employment Hero","category":"Human Resources"},{"uid":"microsoft_365","name":"Microsoft 365","category":"Infrastructure"}],"org_chart_removed":false},"is_likely_to_engage":false,"departments":["c_suite"],"subdepartments":[],"functions":[],"seniority":"founder"}}', '2026-11-12 05:30:10.335874+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-66cc-75bc-ac6f-e584e0224984', 'AU', '{"id":"f000000100001","name":"Harbourline","website":"https://www.harbourline.example","fqdn":"harbourline.example","description":"Harbourline moves freight between the ports of the east coast and the towns behind them: 40 trucks, two rail sidings and a cold store in Newcastle. An invented company of the sandbox.","tagline":"From the quay to the door","linkedin":"harbourline","employee_count":214,"year_founded":1998,"hq_location":"Newcastle","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Newcastle","Sydney","Brisbane"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 707","(02) 5550 7929"],"emails":["hello@harbourline.example","accounts@harbourline.example"],"social_media":{"twitter":"harbourline","youtube":"harbourline","facebook":"harbourline","linkedin":"harbourline","instagram":"harbourline"},"industry_codes":{"sic":"4213","duns":"999000000","naics":"484121","anzsic":"4610","abn":"34999000001","acn":"999000001"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["NSW","QLD"],"nextGen":{"technographics":{"Software Development":["Java","TypeScript"],"Finance & Accounting":["MYOB","Stripe"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.harbourline.example","social_media":{"youtube":{"profile_name":"Harbourline","handle":"harbourline","followers":714,"verified":"false","videos":1,"likes":1428,"views":14994,"subscribers":714,"following":321,"joined":"2018-09-02"},"instagram":{"profile_name":"Harbourline","handle":"harbourline","followers":2142,"verified":"false","videos":8,"likes":6426,"views":119952,"subscribers":2142,"following":35,"joined":"2019-07-06"},"linkedin":{"profile_name":"Harbourline","handle":"harbourline","followers":3332,"verified":"false","videos":33,"likes":3332,"views":203252,"subscribers":3332,"following":376,"joined":"2017-01-22"},"facebook":{"profile_name":"Harbourline","handle":"harbourline","followers":1190,"verified":"true","videos":27,"likes":4760,"views":63070,"subscribers":1190,"following":107,"joined":"2013-09-15"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":60,"rating":{"ceo_approval_rating":"4.9","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.9","senior_management_rating":"4.9","work_life_balance_rating":"4.1"},"overall_rating":"4.5","employee_rating_id":"700000","recommend_to_friend":81,"url":"https://reviews.example/harbourline"},"id":"f000000100001","web_traffic":{"summary":{"avg_visit_duration":"00:04:08","total_web_visitors":18802,"bounce_rate":0.3,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.84,"New Zealand":0.16},"organic":0.55,"paid":0.45},"marketing_channels_distribution":{"Direct":0.32,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.2}}}}', '2026-11-12 05:30:10.62756+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29bd-74fd-a85c-51a3a5569934', 'AU', '{"id":"f000000100020","name":"Opalvale Media","website":"https://www.opalvalemedia.example","fqdn":"opalvalemedia.example","description":"Opalvale Media plans and makes campaigns for regional brands. It works from Canberra and Sydney. An invented company of the sandbox.","tagline":"Said once, remembered","linkedin":"opalvale-media","employee_count":33,"year_founded":1991,"hq_location":"Canberra","hq_country":"Australia","company_size":"11 - 50","company_type":"Partnership","abn_operation_status":"active","locations":["Canberra","Sydney"],"industries":["Advertising Services"],"revenue":"$5M - $25M","phones":["1300 975 709","(02) 5550 0945"],"emails":["hello@opalvalemedia.example","accounts@opalvalemedia.example"],"social_media":{"twitter":"opalvalemedia","youtube":null,"facebook":"opalvalemedia","linkedin":"opalvale-media","instagram":"opalvalemedia"},"industry_codes":{"sic":"7311","duns":"999000019","naics":"541810","anzsic":"6940","abn":"63999000190","acn":"999000190"},"keywords":["Branding","Media Buying","Content","Web Design"],"org_registers":{"acnc":"Charities & Not-for-profits"},"states":["ACT","NSW"],"nextGen":{"technographics":{"Sales & Marketing":["HubSpot","Google Analytics"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.opalvalemedia.example","social_media":{"youtube":{"profile_name":"Opalvale Media","handle":"opalvalemedia","followers":111,"verified":"true","videos":29,"likes":333,"views":6327,"subscribers":111,"following":11,"joined":"2022-01-26"},"instagram":{"profile_name":"Opalvale Media","handle":"opalvalemedia","followers":333,"verified":"false","videos":23,"likes":333,"views":27639,"subscribers":333,"following":172,"joined":"2017-05-11"},"linkedin":{"profile_name":"Opalvale Media","handle":"opalvale-media","followers":518,"verified":"false","videos":46,"likes":518,"views":23828,"subscribers":518,"following":55,"joined":"2021-01-22"},"facebook":{"profile_name":"Opalvale Media","handle":"opalvalemedia","followers":185,"verified":"false","videos":57,"likes":185,"views":10360,"subscribers":185,"following":162,"joined":"2013-01-13"}},"reviews_rating":{"ceo_approval":"3.2","total_reviews":9,"rating":{"ceo_approval_rating":"3.3","career_opportunities_rating":"3.5","compensation_and_benefits_rating":"4.2","culture_and_values_rating":"3.4","diversity_and_inclusion_rating":"3.8","senior_management_rating":"4.1","work_life_balance_rating":"4.2"},"overall_rating":"3.1","employee_rating_id":"700019","recommend_to_friend":93,"url":"https://reviews.example/opalvale-media"},"id":"f000000100020","web_traffic":{"summary":{"avg_visit_duration":"00:03:19","total_web_visitors":3885,"bounce_rate":0.43,"pages_per_visit":2.3},"traffic_share":{"countries":{"Australia":0.66,"New Zealand":0.34},"organic":0.66,"paid":0.34},"marketing_channels_distribution":{"Direct":0.33,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.19}}}}', '2026-11-12 05:30:11.804424+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186', '', '{"person":{"id":"211b04d7f5c47c33303b29ce","first_name":"Dario","last_name":"Fennimore","name":"Dario Fennimore","linkedin_url":"http://www.linkedin.com/in/dario-fennimore-fennimore","photo_url":null,"twitter_url":null,"github_url":null,"facebook_url":null,"extrapolated_email_confidence":null,"title":"Founder","headline":"Founder at Fennimore Sails","email":"dario.fennimore@fennimoresails.example","email_status":"verified","organization_id":"eb6836eddd520edebc890ff6","employment_history":[{"_id":"667479b762843e5951f628c5","id":"667479b762843e5951f628c5","key":"667479b762843e5951f628c5","current":true,"organization_id":"eb6836eddd520edebc890ff6","organization_name":"Fennimore Sails","title":"Founder","start_date":"2008-01-01","end_date":null}],"city":"Auckland","state":"Auckland","country":"New Zealand","contact_id":"26ad2e8f2be85ee827221988","contact":{"id":"26ad2e8f2be85ee827221988","person_id":"211b04d7f5c47c33303b29ce","first_name":"Dario","last_name":"Fennimore","name":"Dario Fennimore","title":"Founder","organization_name":"Fennimore Sails","organization_id":"eb6836eddd520edebc890ff6","sanitized_phone":"+61491576398","phone_numbers":[{"raw_number":"0491 576 398","sanitized_number":"+61491576398","type":"mobile","position":0,"status":"valid_number","dnc_status":null,"dnc_other_info":null,"dialer_flags":null}]},"revealed_for_current_team":true,"organization":{"id":"eb6836eddd520edebc890ff6","name":"Fennimore Sails","website_url":"http://www.fennimoresails.example","blog_url":null,"angellist_url":null,"linkedin_url":"http://www.linkedin.com/company/fennimore-sails","twitter_url":null,"facebook_url":"https://www.facebook.com/fennimore-sails","primary_phone":{"number":"+61255504657","source":"Account","sanitized_number":"+61255504657"},"languages":["English"],"alexa_ranking":null,"phone":"+61255504657","sanitized_phone":"+61255504657","linkedin_uid":"91861339","founded_year":1987,"publicly_traded_symbol":null,"publicly_traded_exchange":null,"logo_url":null,"crunchbase_url":null,"primary_domain":"fennimoresails.example","industry":"transportation and logistics","keywords":["freight","warehousing","last mile","supply chain"],"estimated_num_employees":50,"industries":["transportation and logistics"],"secondary_industries":[],"snippets_loaded":true,"industry_tag_id":"79cf6e74599bcab8e538dd61","retail_location_count":0,"raw_address":"Auckland, Auckland, New Zealand","street_address":null,"city":"Auckland","state":"Auckland","postal_code":null,"country":"New Zealand","owned_by_organization_id":null,"seo_description":"Known in other books","short_description":"Fennimore Sails works from Auckland. An invented company of the sandbox.","suborganizations":[],"num_suborganizations":0,"annual_revenue_printed":"10M","annual_revenue":10000000,"total_funding":null,"total_funding_printed":null,"latest_funding_round_date":null,"latest_funding_stage":null,"funding_events":[],"technology_names":["TypeScript","Xero","Mailchimp","Employment Hero","Microsoft 365"],"current_technologies":[{"uid":"typescript","name":"TypeScript","category":"Software Development"},{"uid":"xero","name":"Xero","category":"Finance & Accounting"},{"uid":"mailchimp","name":"Mailchimp","category":"Sales & Marketing"},{"uid":"employment_hero","name":"Employment Hero","category":"Human Resources"},{"uid":"microsoft_365","name":"Microsoft 365","category":"Infrastructure"}],"org_chart_removed":false},"is_likely_to_engage":false,"departments":["c_suite"],"subdepartments":[],"functions":[],"seniority":"founder"}}', '2026-11-12 05:30:12.039115+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2880-760b-953a-5fba9b48c3fe', 'AU', '{"id":"f000000100001","name":"Harbourline","website":"https://www.harbourline.example","fqdn":"harbourline.example","description":"Harbourline moves freight between the ports of the east coast and the towns behind them: 40 trucks, two rail sidings and a cold store in Newcastle. An invented company of the sandbox.","tagline":"From the quay to the door","linkedin":"harbourline","employee_count":214,"year_founded":1998,"hq_location":"Newcastle","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Newcastle","Sydney","Brisbane"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 707","(02) 5550 7929"],"emails":["hello@harbourline.example","accounts@harbourline.example"],"social_media":{"twitter":"harbourline","youtube":"harbourline","facebook":"harbourline","linkedin":"harbourline","instagram":"harbourline"},"industry_codes":{"sic":"4213","duns":"999000000","naics":"484121","anzsic":"4610","abn":"34999000001","acn":"999000001"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["NSW","QLD"],"nextGen":{"technographics":{"Software Development":["Java","TypeScript"],"Finance & Accounting":["MYOB","Stripe"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.harbourline.example","social_media":{"youtube":{"profile_name":"Harbourline","handle":"harbourline","followers":714,"verified":"false","videos":1,"likes":1428,"views":14994,"subscribers":714,"following":321,"joined":"2018-09-02"},"instagram":{"profile_name":"Harbourline","handle":"harbourline","followers":2142,"verified":"false","videos":8,"likes":6426,"views":119952,"subscribers":2142,"following":35,"joined":"2019-07-06"},"linkedin":{"profile_name":"Harbourline","handle":"harbourline","followers":3332,"verified":"false","videos":33,"likes":3332,"views":203252,"subscribers":3332,"following":376,"joined":"2017-01-22"},"facebook":{"profile_name":"Harbourline","handle":"harbourline","followers":1190,"verified":"true","videos":27,"likes":4760,"views":63070,"subscribers":1190,"following":107,"joined":"2013-09-15"}},"reviews_rating":{"ceo_approval":"4.8","total_reviews":60,"rating":{"ceo_approval_rating":"4.9","career_opportunities_rating":"3.0","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.9","senior_management_rating":"4.9","work_life_balance_rating":"4.1"},"overall_rating":"4.5","employee_rating_id":"700000","recommend_to_friend":81,"url":"https://reviews.example/harbourline"},"id":"f000000100001","web_traffic":{"summary":{"avg_visit_duration":"00:04:08","total_web_visitors":18802,"bounce_rate":0.3,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.84,"New Zealand":0.16},"organic":0.55,"paid":0.45},"marketing_channels_distribution":{"Direct":0.32,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.2}}}}', '2026-11-12 05:30:11.537805+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', 'AU', '{"id":"f000000100026","name":"Graniteacre Energy","website":"https://www.graniteacreenergy.example","fqdn":"graniteacreenergy.example","description":"Graniteacre Energy designs and installs rooftop solar and batteries for industry. It works from Melbourne and Newcastle. An invented company of the sandbox.","tagline":"Sunlight, on the books","linkedin":"graniteacre-energy","employee_count":1451,"year_founded":2022,"hq_location":"Melbourne","hq_country":"Australia","company_size":"1000+","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Melbourne","Newcastle"],"industries":["Renewable Energy"],"revenue":">$500M","phones":["1300 975 708","(03) 5550 5552"],"emails":["hello@graniteacreenergy.example","accounts@graniteacreenergy.example"],"social_media":{"twitter":"graniteacreenergy","youtube":"graniteacreenergy","facebook":"graniteacreenergy","linkedin":"graniteacre-energy","instagram":"graniteacreenergy"},"industry_codes":{"sic":"4911","duns":"999000025","naics":"221114","anzsic":"2619","abn":"78999000252","acn":"999000252"},"keywords":["Solar","Batteries","Energy Efficiency","Grid Services"],"org_registers":{},"states":["VIC","NSW"],"nextGen":{"technographics":{"Software Development":["Java","GitHub"],"Sales & Marketing":["Google Analytics","Mailchimp"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.graniteacreenergy.example","social_media":{"youtube":{"profile_name":"Graniteacre Energy","handle":"graniteacreenergy","followers":5439,"verified":"false","videos":16,"likes":10878,"views":190365,"subscribers":5439,"following":384,"joined":"2021-02-09"},"instagram":{"profile_name":"Graniteacre Energy","handle":"graniteacreenergy","followers":16317,"verified":"false","videos":41,"likes":16317,"views":864801,"subscribers":16317,"following":239,"joined":"2015-08-04"},"linkedin":{"profile_name":"Graniteacre Energy","handle":"graniteacre-energy","followers":25382,"verified":true,"videos":57,"likes":76146,"views":1903650,"subscribers":25382,"following":327,"joined":"2015-04-01"},"facebook":{"profile_name":"Graniteacre Energy","handle":"graniteacreenergy","followers":9065,"verified":"false","videos":40,"likes":18130,"views":317275,"subscribers":9065,"following":355,"joined":"2017-10-09"}},"reviews_rating":{"ceo_approval":"3.2","total_reviews":453,"rating":{"ceo_approval_rating":"3.8","career_opportunities_rating":"4.2","compensation_and_benefits_rating":"3.7","culture_and_values_rating":"3.8","diversity_and_inclusion_rating":"3.7","senior_management_rating":"3.4","work_life_balance_rating":"4.2"},"overall_rating":"4.5","employee_rating_id":"700025","recommend_to_friend":62,"url":"https://reviews.example/graniteacre-energy"},"id":"f000000100026","web_traffic":{"summary":{"avg_visit_duration":"00:01:29","total_web_visitors":277389,"bounce_rate":0.49,"pages_per_visit":5},"traffic_share":{"countries":{"Australia":0.71,"New Zealand":0.29},"organic":0.75,"paid":0.25},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.2,"Social":0.07,"Mail":0.4}}}}', '2026-11-12 05:30:17.219778+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c7fe-76ab-b787-d24ddb926165', 'AU', '{"id":"f000000100025","name":"Reedholm Clinics","website":"https://www.reedholmclinics.example","fqdn":"reedholmclinics.example","description":"Reedholm Clinics runs community clinics and visiting specialists. It works from Geelong, Perth and Hobart. An invented company of the sandbox.","tagline":"Care close to home","linkedin":"reedholm-clinics","employee_count":194,"year_founded":1982,"hq_location":"Geelong","hq_country":"Australia","company_size":"51 - 200","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Geelong","Perth","Hobart"],"industries":["Hospitals and Health Care"],"revenue":"$25M - $100M","phones":["1300 975 710","(03) 5550 5612"],"emails":["hello@reedholmclinics.example","accounts@reedholmclinics.example"],"social_media":{"twitter":null,"youtube":"reedholmclinics","facebook":"reedholmclinics","linkedin":"reedholm-clinics","instagram":null},"industry_codes":{"sic":"8011","duns":"999000024","naics":"621111","anzsic":"8511","abn":"76999000243","acn":"999000243"},"keywords":["Primary Care","Telehealth","Pathology","Allied Health"],"org_registers":{},"states":["VIC","WA","TAS"],"nextGen":{"technographics":{"Finance & Accounting":["MYOB","Stripe"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.reedholmclinics.example","social_media":{"youtube":{"profile_name":"Reedholm Clinics","handle":"reedholmclinics","followers":582,"verified":"true","videos":41,"likes":582,"views":11640,"subscribers":582,"following":129,"joined":"2021-03-26"},"instagram":{"profile_name":"Reedholm Clinics","handle":"reedholmclinics","followers":1746,"verified":"false","videos":16,"likes":5238,"views":85554,"subscribers":1746,"following":144,"joined":"2014-09-24"},"linkedin":{"profile_name":"Reedholm Clinics","handle":"reedholm-clinics","followers":2716,"verified":"false","videos":37,"likes":2716,"views":70616,"subscribers":2716,"following":187,"joined":"2012-01-05"},"facebook":{"profile_name":"Reedholm Clinics","handle":"reedholmclinics","followers":970,"verified":"false","videos":24,"likes":1940,"views":42680,"subscribers":970,"following":278,"joined":"2022-12-01"}},"reviews_rating":{"ceo_approval":"3.4","total_reviews":49,"rating":{"ceo_approval_rating":"4.9","career_opportunities_rating":"3.4","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"4.0","diversity_and_inclusion_rating":"4.7","senior_management_rating":"4.3","work_life_balance_rating":"4.2"},"overall_rating":"3.1","employee_rating_id":"700024","recommend_to_friend":89,"url":"https://reviews.example/reedholm-clinics"},"id":"f000000100025","web_traffic":{"summary":{"avg_visit_duration":"00:02:35","total_web_visitors":24444,"bounce_rate":0.44,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.66,"New Zealand":0.34},"organic":0.57,"paid":0.43},"marketing_channels_distribution":{"Direct":0.4,"Referrals":0.08,"Search":0.32,"Social":0.07,"Mail":0.13}}}}', '2026-11-27 22:00:02.343958+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', 'AU', '{"id":"f000000100027","name":"Wattlekeep Provisions","website":"https://www.wattlekeepprovisions.example","fqdn":"wattlekeepprovisions.example","description":"Wattlekeep Provisions makes pantry goods from fruit and grain of its own region. It works from Brisbane, Sydney, Canberra and Darwin. An invented company of the sandbox.","tagline":"Made slowly, eaten quickly","linkedin":"wattlekeep-provisions","employee_count":1453,"year_founded":2004,"hq_location":"Brisbane","hq_country":"Australia","company_size":"1000+","company_type":"Private company","abn_operation_status":"active","locations":["Brisbane","Sydney","Canberra","Darwin"],"industries":["Food and Beverage Manufacturing"],"revenue":">$500M","phones":["1300 975 707","(07) 5550 0633"],"emails":["hello@wattlekeepprovisions.example","accounts@wattlekeepprovisions.example"],"social_media":{"twitter":"wattlekeepprovisions","youtube":"wattlekeepprovisions","facebook":"wattlekeepprovisions","linkedin":"wattlekeep-provisions","instagram":"wattlekeepprovisions"},"industry_codes":{"sic":"2099","duns":"999000026","naics":"311999","anzsic":"1199","abn":"80999000261","acn":"999000261"},"keywords":["Food Manufacturing","Wholesale","Private Label","Export"],"org_registers":{},"states":["QLD","NSW","ACT","NT"],"nextGen":{"technographics":{"Finance & Accounting":["Xero","Stripe"],"Sales & Marketing":["Salesforce","Mailchimp"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.wattlekeepprovisions.example","social_media":{"youtube":{"profile_name":"Wattlekeep Provisions","handle":"wattlekeepprovisions","followers":4359,"verified":"true","videos":39,"likes":8718,"views":143847,"subscribers":4359,"following":284,"joined":"2016-10-18"},"instagram":{"profile_name":"Wattlekeep Provisions","handle":"wattlekeepprovisions","followers":13077,"verified":"false","videos":43,"likes":26154,"views":326925,"subscribers":13077,"following":73,"joined":"2011-08-10"},"linkedin":{"profile_name":"Wattlekeep Provisions","handle":"wattlekeep-provisions","followers":20342,"verified":"false","videos":26,"likes":81368,"views":915390,"subscribers":20342,"following":307,"joined":"2013-05-16"},"facebook":{"profile_name":"Wattlekeep Provisions","handle":"wattlekeepprovisions","followers":7265,"verified":"false","videos":58,"likes":14530,"views":595730,"subscribers":7265,"following":235,"joined":"2017-02-15"}},"reviews_rating":{"ceo_approval":"3.8","total_reviews":363,"rating":{"ceo_approval_rating":"4.0","career_opportunities_rating":"3.4","compensation_and_benefits_rating":"4.8","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"4.3","senior_management_rating":"4.7","work_life_balance_rating":"3.0"},"overall_rating":"4.8","employee_rating_id":"700026","recommend_to_friend":80,"url":"https://reviews.example/wattlekeep-provisions"},"id":"f000000100027","web_traffic":{"summary":{"avg_visit_duration":"00:03:15","total_web_visitors":178719,"bounce_rate":0.37,"pages_per_visit":3.3},"traffic_share":{"countries":{"Australia":0.66,"New Zealand":0.34},"organic":0.68,"paid":0.32},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.34,"Social":0.07,"Mail":0.26}}}}', '2026-11-27 22:00:02.409382+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c876-751e-a6c6-b2cf7346e3c0', 'AU', '{"id":"f000000100028","name":"Mossbank Academy","website":"https://www.mossbankacademy.example","fqdn":"mossbankacademy.example","description":"Mossbank Academy trains apprentices and their supervisors on site. It works from Townsville. An invented company of the sandbox.","tagline":"Skills that stay","linkedin":"mossbank-academy","employee_count":623,"year_founded":2013,"hq_location":"Townsville","hq_country":"Australia","company_size":"501 - 1000","company_type":"Public company","abn_operation_status":"active","locations":["Townsville"],"industries":["Professional Training and Coaching"],"revenue":"$100M - $500M","phones":["1300 975 707","(07) 5550 4686"],"emails":["hello@mossbankacademy.example","accounts@mossbankacademy.example"],"social_media":{"twitter":"mossbankacademy","youtube":"mossbankacademy","facebook":"mossbankacademy","linkedin":"mossbank-academy","instagram":"mossbankacademy"},"industry_codes":{"sic":"8249","duns":"999000027","naics":"611430","anzsic":"8101","abn":"82999000270","acn":"999000270"},"keywords":["Vocational Training","Apprenticeships","Leadership","E-learning"],"org_registers":{},"states":["QLD"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","GitHub"],"Sales & Marketing":["Salesforce","Google Analytics"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.mossbankacademy.example","social_media":{"youtube":{"profile_name":"Mossbank Academy","handle":"mossbankacademy","followers":2337,"verified":"false","videos":1,"likes":4674,"views":79458,"subscribers":2337,"following":157,"joined":"2015-12-11"},"instagram":{"profile_name":"Mossbank Academy","handle":"mossbankacademy","followers":7011,"verified":"false","videos":21,"likes":7011,"views":623979,"subscribers":7011,"following":260,"joined":"2013-12-26"},"linkedin":{"profile_name":"Mossbank Academy","handle":"mossbank-academy","followers":10906,"verified":"false","videos":13,"likes":21812,"views":229026,"subscribers":10906,"following":252,"joined":"2018-08-10"},"facebook":{"profile_name":"Mossbank Academy","handle":"mossbankacademy","followers":3895,"verified":"false","videos":11,"likes":15580,"views":257070,"subscribers":3895,"following":79,"joined":"2016-03-27"}},"reviews_rating":{"ceo_approval":"4.7","total_reviews":195,"rating":{"ceo_approval_rating":"3.7","career_opportunities_rating":"4.2","compensation_and_benefits_rating":"3.7","culture_and_values_rating":"4.6","diversity_and_inclusion_rating":"4.6","senior_management_rating":"4.8","work_life_balance_rating":"4.6"},"overall_rating":"3.7","employee_rating_id":"700027","recommend_to_friend":86,"url":"https://reviews.example/mossbank-academy"},"id":"f000000100028","web_traffic":{"summary":{"avg_visit_duration":"00:04:18","total_web_visitors":116850,"bounce_rate":0.47,"pages_per_visit":2.2},"traffic_share":{"countries":{"Australia":0.73,"New Zealand":0.27},"organic":0.68,"paid":0.32},"marketing_channels_distribution":{"Direct":0.28,"Referrals":0.08,"Search":0.26,"Social":0.07,"Mail":0.31}}}}', '2026-11-27 22:00:02.447683+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', 'AU', '{"id":"f000000100030","name":"Saltbeacon Media","website":"https://www.saltbeaconmedia.example","fqdn":"saltbeaconmedia.example","description":"Saltbeacon Media plans and makes campaigns for regional brands. It works from Geelong, Melbourne, Adelaide and Canberra. An invented company of the sandbox.","tagline":"Said once, remembered","linkedin":"saltbeacon-media","au_employee_count":28,"year_founded":"2015","hq_location":"Geelong","hq_country":"Australia","company_size":"11 - 50","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Geelong","Melbourne","Adelaide","Canberra"],"industries":["Advertising Services"],"revenue":"$5M - $25M","phones":["1300 975 708","(03) 5550 2257"],"emails":["hello@saltbeaconmedia.example","accounts@saltbeaconmedia.example"],"social_media":{"twitter":null,"youtube":"saltbeaconmedia","facebook":"saltbeaconmedia","linkedin":"saltbeacon-media","instagram":null},"industry_codes":{"sic":"7311","duns":"999000029","naics":"541810","anzsic":"6940","abn":"74999000298","acn":"999000298"},"keywords":["Branding","Media Buying","Content","Web Design"],"org_registers":{},"states":["VIC","SA","ACT"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","Java"],"Sales & Marketing":["HubSpot","Google Analytics"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.saltbeaconmedia.example","social_media":{"youtube":{"profile_name":"Saltbeacon Media","handle":"saltbeaconmedia","followers":84,"verified":"false","videos":59,"likes":168,"views":4704,"subscribers":84,"following":34,"joined":"2017-10-28"},"instagram":{"profile_name":"Saltbeacon Media","handle":"saltbeaconmedia","followers":252,"verified":"true","videos":47,"likes":756,"views":11844,"subscribers":252,"following":362,"joined":"2016-11-20"},"linkedin":{"profile_name":"Saltbeacon Media","handle":"saltbeacon-media","followers":392,"verified":true,"videos":24,"likes":392,"views":15680,"subscribers":392,"following":304,"joined":"2011-10-12"},"facebook":{"profile_name":"Saltbeacon Media","handle":"saltbeaconmedia","followers":140,"verified":"false","videos":15,"likes":280,"views":10640,"subscribers":140,"following":40,"joined":"2012-11-25"}},"reviews_rating":{"ceo_approval":"3.1","total_reviews":7,"rating":{"ceo_approval_rating":"3.5","career_opportunities_rating":"4.7","compensation_and_benefits_rating":"4.4","culture_and_values_rating":"3.5","diversity_and_inclusion_rating":"4.8","senior_management_rating":"4.5","work_life_balance_rating":"4.1"},"overall_rating":"4.9","employee_rating_id":"700029","recommend_to_friend":86,"url":4.5},"id":"f000000100030","web_traffic":{"summary":{"avg_visit_duration":"00:01:38","total_web_visitors":2632,"bounce_rate":0.45,"pages_per_visit":4.6},"traffic_share":{"countries":{"Australia":0.74,"New Zealand":0.26},"organic":0.73,"paid":0.27},"marketing_channels_distribution":{"Direct":0.34,"Referrals":0.08,"Search":0.31,"Social":0.07,"Mail":0.2}}}}', '2026-11-27 22:00:02.531523+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8f3-7729-965f-e2712157586e', 'AU', '{"id":"f000000100031","name":"Ironmark Haulage","website":"https://www.ironmarkhaulage.example","fqdn":"ironmarkhaulage.example","description":"Ironmark Haulage moves pallets and parcels between ports, warehouses and shopfronts. It works from Townsville and Darwin. An invented company of the sandbox.","tagline":"There by morning","linkedin":"ironmark-haulage","employee_count":194,"year_founded":2013,"hq_location":"Townsville","hq_country":"Australia","company_size":"51 - 200","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Townsville","Darwin"],"industries":["Transportation and Logistics"],"revenue":"$25M - $100M","phones":["1300 975 709","(07) 5550 7354"],"emails":["hello@ironmarkhaulage.example","accounts@ironmarkhaulage.example"],"social_media":{"twitter":null,"youtube":"ironmarkhaulage","facebook":"ironmarkhaulage","linkedin":"ironmark-haulage","instagram":null},"industry_codes":{"sic":"4213","duns":"999000030","naics":"484121","anzsic":"4610","abn":"91999000305","acn":"999000305"},"keywords":["Freight","Warehousing","Last Mile","Supply Chain"],"org_registers":{},"states":["QLD","NT"],"nextGen":{"technographics":{"Software Development":["Java","GitHub"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.ironmarkhaulage.example","social_media":{"youtube":{"profile_name":"Ironmark Haulage","handle":"ironmarkhaulage","followers":582,"verified":"true","videos":58,"likes":2328,"views":12222,"subscribers":582,"following":54,"joined":"2016-05-06"},"instagram":{"profile_name":"Ironmark Haulage","handle":"ironmarkhaulage","followers":1746,"verified":"false","videos":26,"likes":1746,"views":94284,"subscribers":1746,"following":318,"joined":"2015-03-20"},"linkedin":{"profile_name":"Ironmark Haulage","handle":"ironmark-haulage","followers":2716,"verified":"false","videos":8,"likes":10864,"views":152096,"subscribers":2716,"following":29,"joined":"2022-09-22"},"facebook":{"profile_name":"Ironmark Haulage","handle":"ironmarkhaulage","followers":970,"verified":"false","videos":25,"likes":2910,"views":29100,"subscribers":970,"following":212,"joined":"2019-01-17"}},"reviews_rating":{"ceo_approval":"4.7","total_reviews":49,"rating":{"ceo_approval_rating":"3.9","career_opportunities_rating":"4.2","compensation_and_benefits_rating":"4.6","culture_and_values_rating":"3.7","diversity_and_inclusion_rating":"4.7","senior_management_rating":"3.6","work_life_balance_rating":"3.9"},"overall_rating":"4.5","employee_rating_id":"700030","recommend_to_friend":83,"url":"https://reviews.example/ironmark-haulage"},"id":"f000000100031","web_traffic":{"summary":{"avg_visit_duration":"00:04:42","total_web_visitors":10476,"bounce_rate":0.63,"pages_per_visit":4.6},"traffic_share":{"countries":{"Australia":0.76,"New Zealand":0.24},"organic":0.71,"paid":0.29},"marketing_channels_distribution":{"Direct":0.43,"Referrals":0.08,"Search":0.2,"Social":0.07,"Mail":0.22}}}}', '2026-11-27 22:00:02.560437+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c916-76fe-881c-73e26a17e463', '', '{"id":"fp000000200030","name":"Dev M Iyer","first_name":"Dev","last_name":"Iyer","middle_name":"M","headline":"Software Engineer at Umberbrook Legal","description":"Dev joined Umberbrook Legal in 2022 and works from Adelaide. An invented person of the sandbox.","position":"Software Engineer","current_company":{"id":"f000000100009","name":"Umberbrook Legal","size":"51 - 200","website":"https://www.umberbrooklegal.example","industry":["Law Practice"],"linkedin":"umberbrook-legal","main_phones":["1300 975 710"],"other_phones":["(08) 5550 6771"],"mobile_phones":null},"time_in_current_role":"Nov ''22 - Present","month_joined":11,"year_joined":2022,"emails":{"personal":[],"work":[{"value":"dev.iyer@umberbrooklegal.example","deliverability":"Deliverable"}]},"phones":[],"linkedin":"dev-iyer-101d","social_media":{"linkedin":{"handle":"dev-iyer-101d","connections":471,"followers":1161,"stars":null},"github":{"handle":"deviyer","connections":null,"followers":226,"stars":null},"twitter":null,"facebook":null,"youtube":null,"pintrest":null},"location":["Adelaide","SA"],"department":"Engineering & Technical","seniority":"Other","gender":"Male","skills":["Change Management","Customer Service","Data Analysis","Project Management","Stakeholder Engagement"],"education":{"degree":"Bachelor of Science","field":"Computer Science","date_range":"2010 - 2013","school_name":"Southern Lights University"},"keywords":["Commercial Law","Mediation"],"secondary_position":null}', '2026-11-27 22:00:02.609431+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c93c-7678-9b12-d1d184b8ccbd', '', '{"person":{"id":"a81e763f6de47666d7c74279","first_name":"Dev","last_name":"Iyer","name":"Dev Iyer","linkedin_url":"http://www.linkedin.com/in/dev-iyer-101d","photo_url":null,"twitter_url":null,"github_url":null,"facebook_url":null,"extrapolated_email_confidence":null,"title":"Software Engineer","headline":"Software Engineer at Umberbrook Legal","email":null,"email_status":"unavailable","organization_id":"13178825a216e870d6385c3e","employment_history":[{"_id":"84acbab8ee68597a332e62bf","id":"84acbab8ee68597a332e62bf","key":"84acbab8ee68597a332e62bf","current":true,"organization_id":"13178825a216e870d6385c3e","organization_name":"Umberbrook Legal","title":"Software Engineer","start_date":"2022-11-01","end_date":null}],"city":"Adelaide","state":"South Australia","country":"Australia","contact_id":"a9268cd4d9bb0fd758cdb13e","contact":{"id":"a9268cd4d9bb0fd758cdb13e","person_id":"a81e763f6de47666d7c74279","first_name":"Dev","last_name":"Iyer","name":"Dev Iyer","title":"Software Engineer","organization_name":"Umberbrook Legal","organization_id":"13178825a216e870d6385c3e","sanitized_phone":"+61491571266","phone_numbers":[{"raw_number":"0491 571 266","sanitized_number":"+61491571266","type":"mobile","position":0,"status":"valid_number","dnc_status":null,"dnc_other_info":null,"dialer_flags":null}]},"revealed_for_current_team":true,"organization":{"id":"13178825a216e870d6385c3e","name":"Umberbrook Legal","website_url":"http://www.umberbrooklegal.example","blog_url":null,"angellist_url":null,"linkedin_url":"http://www.linkedin.com/company/umberbrook-legal","twitter_url":"https://twitter.com/umberbrooklegal","facebook_url":null,"primary_phone":{},"languages":["English"],"alexa_ranking":null,"phone":null,"sanitized_phone":null,"linkedin_uid":"85933766","founded_year":2022,"publicly_traded_symbol":null,"publicly_traded_exchange":null,"logo_url":null,"crunchbase_url":null,"primary_domain":"umberbrooklegal.example","industry":"law practice","keywords":["commercial law","property law","employment law","mediation"],"estimated_num_employees":140,"industries":["law practice"],"secondary_industries":[],"snippets_loaded":true,"industry_tag_id":"7669aa8ce2d0c60cd6099da4","retail_location_count":0,"raw_address":"Adelaide, South Australia, Australia","street_address":null,"city":"Adelaide","state":"South Australia","postal_code":null,"country":"Australia","owned_by_organization_id":null,"seo_description":"Clear counsel","short_description":"Umberbrook Legal advises on property, employment and commercial disputes. It works from Adelaide and Brisbane. An invented company of the sandbox.","suborganizations":[],"num_suborganizations":0,"annual_revenue_printed":"28M","annual_revenue":28000000,"total_funding":null,"total_funding_printed":null,"latest_funding_round_date":null,"latest_funding_stage":null,"funding_events":[],"technology_names":["Java","Xero","Google Analytics","Employment Hero","Microsoft 365"],"current_technologies":[{"uid":"java","name":"Java","category":"Software Development"},{"uid":"xero","name":"Xero","category":"Finance & Accounting"},{"uid":"google_analytics","name":"Google Analytics","category":"Sales & Marketing"},{"uid":"employment_hero","name":"Employment Hero","category":"Human Resources"},{"uid":"microsoft_365","name":"Microsoft 365","category":"Infrastructure"}],"org_chart_removed":false},"is_likely_to_engage":false,"departments":["master_engineering_technical"],"subdepartments":[],"functions":[],"seniority":"entry"}}', '2026-11-27 22:00:02.644315+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddce-716d-9675-54395cf6a17b', 'AU', '{"id":"f000000100029","name":"Copperlea Lawyers","website":"https://www.copperlealawyers.example","fqdn":"copperlealawyers.example","description":"Copperlea Lawyers advises on property, employment and commercial disputes. It works from Perth, Melbourne, Adelaide and Hobart. An invented company of the sandbox.","tagline":"Clear counsel","linkedin":"copperlea-lawyers","employee_count":76,"year_founded":2014,"hq_location":"Perth","hq_country":"Australia","company_size":"51 - 200","company_type":"Public company","abn_operation_status":"active","locations":["Perth","Melbourne","Adelaide","Hobart"],"industries":["Law Practice"],"revenue":"$25M - $100M","phones":["1300 975 710","(08) 5550 1290"],"emails":["hello@copperlealawyers.example","accounts@copperlealawyers.example"],"social_media":{"twitter":null,"youtube":null,"facebook":null,"linkedin":"copperlea-lawyers","instagram":"copperlealawyers"},"industry_codes":{"sic":"8111","duns":"999000028","naics":"541110","anzsic":"6931","abn":"72999000289","acn":"999000289"},"keywords":["Commercial Law","Property Law","Employment Law","Mediation"],"org_registers":{},"states":["WA","VIC","SA","TAS"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Sales & Marketing":["HubSpot","Google Analytics"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.copperlealawyers.example","social_media":{"youtube":{"profile_name":"Copperlea Lawyers","handle":"copperlealawyers","followers":288,"verified":"false","videos":48,"likes":576,"views":13824,"subscribers":288,"following":400,"joined":"2022-09-11"},"instagram":{"profile_name":"Copperlea Lawyers","handle":"copperlealawyers","followers":864,"verified":"false","videos":4,"likes":2592,"views":58752,"subscribers":864,"following":169,"joined":"2016-04-24"},"linkedin":{"profile_name":"Copperlea Lawyers","handle":"copperlea-lawyers","followers":1344,"verified":"false","videos":25,"likes":2688,"views":110208,"subscribers":1344,"following":68,"joined":"2015-11-12"},"facebook":{"profile_name":"Copperlea Lawyers","handle":"copperlealawyers","followers":480,"verified":"false","videos":43,"likes":1440,"views":34560,"subscribers":480,"following":128,"joined":"2012-01-13"}},"reviews_rating":{"ceo_approval":"3.8","total_reviews":24,"rating":{"ceo_approval_rating":"3.5","career_opportunities_rating":"3.5","compensation_and_benefits_rating":"3.6","culture_and_values_rating":"4.2","diversity_and_inclusion_rating":"3.4","senior_management_rating":"4.8","work_life_balance_rating":"4.5"},"overall_rating":"3.3","employee_rating_id":"700028","recommend_to_friend":55,"url":"https://reviews.example/copperlea-lawyers"},"id":"f000000100029","web_traffic":{"summary":{"avg_visit_duration":"00:02:34","total_web_visitors":14976,"bounce_rate":0.43,"pages_per_visit":3.3},"traffic_share":{"countries":{"Australia":0.68,"New Zealand":0.32},"organic":0.82,"paid":0.18},"marketing_channels_distribution":{"Direct":0.35,"Referrals":0.08,"Search":0.29,"Social":0.07,"Mail":0.21}}}}', '2026-11-27 22:00:07.912449+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddf3-77f8-b47f-87de1e68881a', 'AU', '{"id":"f000000100024","name":"Brightwick Capital","website":"https://www.brightwickcapital.example","fqdn":"brightwickcapital.example","description":"Brightwick Capital lends to small businesses and advises their owners. It works from Darwin and Melbourne. An invented company of the sandbox.","tagline":"Plain advice, fair terms","linkedin":"brightwick-capital","au_employee_count":195,"year_founded":1976,"hq_location":"Darwin","hq_country":"Australia","company_size":"51 - 200","company_type":"Private company","abn_operation_status":"active","locations":["Darwin","Melbourne"],"industries":["Financial Services"],"revenue":"$25M - $100M","phones":["1300 975 711","(08) 5550 2253"],"emails":["hello@brightwickcapital.example","accounts@brightwickcapital.example"],"social_media":{"twitter":"brightwickcapital","youtube":null,"facebook":null,"linkedin":"brightwick-capital","instagram":null},"industry_codes":{"sic":"6282","duns":"999000023","naics":"523940","anzsic":"6419","abn":"74999000234","acn":"999000234"},"keywords":["Business Lending","Financial Planning","Asset Finance","Compliance"],"org_registers":{},"states":["NT","VIC"],"nextGen":{"technographics":{"Finance & Accounting":["Xero","Stripe"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.brightwickcapital.example","social_media":{"youtube":{"profile_name":"Brightwick Capital","handle":"brightwickcapital","followers":585,"verified":"false","videos":40,"likes":1170,"views":23400,"subscribers":585,"following":287,"joined":"2014-04-11"},"instagram":{"profile_name":"Brightwick Capital","handle":"brightwickcapital","followers":1755,"verified":"true","videos":9,"likes":3510,"views":66690,"subscribers":1755,"following":118,"joined":"2017-12-18"},"linkedin":{"profile_name":"Brightwick Capital","handle":"brightwick-capital","followers":2730,"verified":"false","videos":39,"likes":10920,"views":161070,"subscribers":2730,"following":96,"joined":"2022-03-05"},"facebook":{"profile_name":"Brightwick Capital","handle":"brightwickcapital","followers":975,"verified":"false","videos":44,"likes":1950,"views":60450,"subscribers":975,"following":141,"joined":"2020-07-15"}},"reviews_rating":{"ceo_approval":"3.2","total_reviews":49,"rating":{"ceo_approval_rating":"4.3","career_opportunities_rating":"3.6","compensation_and_benefits_rating":"3.1","culture_and_values_rating":"4.3","diversity_and_inclusion_rating":"4.9","senior_management_rating":"3.0","work_life_balance_rating":"4.9"},"overall_rating":"4.2","employee_rating_id":"700023","recommend_to_friend":94,"url":"https://reviews.example/brightwick-capital"},"id":"f000000100024","web_traffic":{"summary":{"avg_visit_duration":"00:03:23","total_web_visitors":8385,"bounce_rate":0.58,"pages_per_visit":2.3},"traffic_share":{"countries":{"Australia":0.77,"New Zealand":0.23},"organic":0.71,"paid":0.29},"marketing_channels_distribution":{"Direct":0.38,"Referrals":0.08,"Search":0.29,"Social":0.07,"Mail":0.18}}}}', '2026-11-27 22:00:07.953731+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de2b-76f7-b8a1-f7806d33d437', 'AU', '{"id":"f000000100032","name":"Amberbourne Civil","website":"https://www.amberbournecivil.example","fqdn":"amberbournecivil.example","description":"Amberbourne Civil builds schools, clinics and mid-rise homes. It works from Christchurch and Melbourne. An invented company of the sandbox.","tagline":"Built to be lived in","linkedin":"amberbourne-civil","employee_count":31,"year_founded":1983,"hq_location":"Christchurch","hq_country":"New Zealand","company_size":"51 - 200","company_type":"Not-for-profit","abn_operation_status":"active","locations":["Christchurch","Melbourne"],"industries":["Construction"],"revenue":"$25M - $100M","phones":["1300 975 711","(02) 5550 0353"],"emails":["hello@amberbournecivil.example","accounts@amberbournecivil.example"],"social_media":{"twitter":"amberbournecivil","youtube":null,"facebook":null,"linkedin":"amberbourne-civil","instagram":null},"industry_codes":{"sic":"1542","duns":"999000031","naics":"236220","anzsic":"3020","abn":"93999000314","acn":"999000314"},"keywords":["Commercial Construction","Fit-out","Project Management","Safety"],"org_registers":{},"states":["Canterbury","VIC"],"nextGen":{"technographics":{"Software Development":["Java","GitHub"],"Finance & Accounting":["MYOB","Stripe"],"Infrastructure":["Amazon Web Services","Cloudflare"]},"website":"https://www.amberbournecivil.example","social_media":{"youtube":{"profile_name":"Amberbourne Civil","handle":"amberbournecivil","followers":465,"verified":"false","videos":18,"likes":1395,"views":41385,"subscribers":465,"following":318,"joined":"2019-03-18"},"instagram":{"profile_name":"Amberbourne Civil","handle":"amberbournecivil","followers":1395,"verified":"false","videos":37,"likes":2790,"views":40455,"subscribers":1395,"following":22,"joined":"2019-04-17"},"linkedin":{"profile_name":"Amberbourne Civil","handle":"amberbourne-civil","followers":2170,"verified":"false","videos":50,"likes":6510,"views":97650,"subscribers":2170,"following":183,"joined":"2018-02-06"},"facebook":{"profile_name":"Amberbourne Civil","handle":"amberbournecivil","followers":775,"verified":"false","videos":26,"likes":1550,"views":24025,"subscribers":775,"following":264,"joined":"2011-10-24"}},"reviews_rating":{"ceo_approval":"4.9","total_reviews":39,"rating":{"ceo_approval_rating":"3.9","career_opportunities_rating":"3.2","compensation_and_benefits_rating":"3.5","culture_and_values_rating":"3.3","diversity_and_inclusion_rating":"4.6","senior_management_rating":"3.4","work_life_balance_rating":"4.6"},"overall_rating":"4.3","employee_rating_id":"700031","recommend_to_friend":56,"url":"https://reviews.example/amberbourne-civil"},"id":"f000000100032","web_traffic":{"summary":{"avg_visit_duration":"00:02:14","total_web_visitors":19685,"bounce_rate":0.34,"pages_per_visit":3.9},"traffic_share":{"countries":{"Australia":0.75,"New Zealand":0.25},"organic":0.77,"paid":0.23},"marketing_channels_distribution":{"Direct":0.4,"Referrals":0.08,"Search":0.27,"Social":0.07,"Mail":0.18}}}}', '2026-11-27 22:00:07.99781+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', 'AU', '{"id":"f000000100033","name":"Ochremere Software","website":"https://www.ochremeresoftware.example","fqdn":"ochremeresoftware.example","description":"Ochremere Software makes scheduling and billing software for field teams. It works from Sydney and Brisbane. An invented company of the sandbox.","tagline":"Less admin, more work done","linkedin":"ochremere-software","employee_count":45,"year_founded":2016,"hq_location":"Sydney","hq_country":"Australia","company_size":"11 - 50","company_type":"Partnership","abn_operation_status":"active","locations":["Sydney","Brisbane"],"industries":["Software Development"],"revenue":"$5M - $25M","phones":["1300 975 710","(02) 5550 4913"],"emails":["hello@ochremeresoftware.example","accounts@ochremeresoftware.example"],"social_media":{"twitter":"ochremeresoftware","youtube":null,"facebook":"ochremeresoftware","linkedin":"ochremere-software","instagram":"ochremeresoftware"},"industry_codes":{"sic":"7372","duns":"999000032","naics":"513210","anzsic":"7000","abn":"95999000323","acn":"999000323"},"keywords":["SaaS","Workflow","APIs","Mobile Apps"],"org_registers":{},"states":["NSW","QLD"],"nextGen":{"technographics":{"Sales & Marketing":["Google Analytics","Mailchimp"],"Human Resources":["Employment Hero","Deputy"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.ochremeresoftware.example","social_media":{"youtube":{"profile_name":"Ochremere Software","handle":"ochremeresoftware","followers":135,"verified":"true","videos":38,"likes":270,"views":5400,"subscribers":135,"following":87,"joined":"2021-06-24"},"instagram":{"profile_name":"Ochremere Software","handle":"ochremeresoftware","followers":405,"verified":"false","videos":37,"likes":405,"views":19440,"subscribers":405,"following":303,"joined":"2019-07-10"},"linkedin":{"profile_name":"Ochremere Software","handle":"ochremere-software","followers":630,"verified":"true","videos":43,"likes":2520,"views":20160,"subscribers":630,"following":66,"joined":"2015-08-03"},"facebook":{"profile_name":"Ochremere Software","handle":"ochremeresoftware","followers":225,"verified":"false","videos":32,"likes":225,"views":16425,"subscribers":225,"following":331,"joined":"2015-04-28"}},"reviews_rating":{"ceo_approval":"3.8","total_reviews":11,"rating":{"ceo_approval_rating":"4.3","career_opportunities_rating":"4.0","compensation_and_benefits_rating":"3.2","culture_and_values_rating":"3.9","diversity_and_inclusion_rating":"4.0","senior_management_rating":"4.9","work_life_balance_rating":"3.9"},"overall_rating":"3.4","employee_rating_id":"700032","recommend_to_friend":84,"url":"https://reviews.example/ochremere-software"},"id":"f000000100033","web_traffic":{"summary":{"avg_visit_duration":"00:01:46","total_web_visitors":4095,"bounce_rate":0.53,"pages_per_visit":4.5},"traffic_share":{"countries":{"Australia":0.87,"New Zealand":0.13},"organic":0.63,"paid":0.37},"marketing_channels_distribution":{"Direct":0.37,"Referrals":0.08,"Search":0.31,"Social":0.07,"Mail":0.17}}}}', '2026-11-27 22:00:08.023564+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de84-704f-aeb0-30f58f02a030', 'AU', '{"id":"f000000100035","name":"Sparrowmoor Health","website":"https://www.sparrowmoorhealth.example","fqdn":"sparrowmoorhealth.example","description":"Sparrowmoor Health runs community clinics and visiting specialists. It works from Newcastle. An invented company of the sandbox.","tagline":"Care close to home","linkedin":"sparrowmoor-health","employee_count":195,"year_founded":1975,"hq_location":"Newcastle","hq_country":"Australia","company_size":"201 - 500","company_type":"Public company","abn_operation_status":"active","locations":["Newcastle"],"industries":["Hospitals and Health Care"],"revenue":"$25M - $100M","phones":["1300 975 707","(02) 5550 4797"],"emails":["hello@sparrowmoorhealth.example","accounts@sparrowmoorhealth.example"],"social_media":{"twitter":"sparrowmoorhealth","youtube":"sparrowmoorhealth","facebook":"sparrowmoorhealth","linkedin":"sparrowmoor-health","instagram":"sparrowmoorhealth"},"industry_codes":{"sic":"8011","duns":"999000034","naics":"621111","anzsic":"8511","abn":"99999000341","acn":"999000341"},"keywords":["Primary Care","Telehealth","Pathology","Allied Health"],"org_registers":{},"states":["NSW"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","GitHub"],"Finance & Accounting":["MYOB","Stripe"],"Infrastructure":["Cloudflare","Microsoft 365"]},"website":"https://www.sparrowmoorhealth.example","social_media":{"youtube":{"profile_name":"Sparrowmoor Health","handle":"sparrowmoorhealth","followers":729,"verified":"false","videos":45,"likes":729,"views":64152,"subscribers":729,"following":216,"joined":"2022-09-06"},"instagram":{"profile_name":"Sparrowmoor Health","handle":"sparrowmoorhealth","followers":2187,"verified":"false","videos":0,"likes":8748,"views":122472,"subscribers":2187,"following":161,"joined":"2021-03-20"},"linkedin":{"profile_name":"Sparrowmoor Health","handle":"sparrowmoor-health","followers":3402,"verified":"false","videos":60,"likes":6804,"views":108864,"subscribers":3402,"following":211,"joined":"2011-07-04"},"facebook":{"profile_name":"Sparrowmoor Health","handle":"sparrowmoorhealth","followers":1215,"verified":"false","videos":3,"likes":2430,"views":41310,"subscribers":1215,"following":337,"joined":"2022-05-04"}},"reviews_rating":{"ceo_approval":"4.4","total_reviews":61,"rating":{"ceo_approval_rating":"3.4","career_opportunities_rating":"4.0","compensation_and_benefits_rating":"3.4","culture_and_values_rating":"4.9","diversity_and_inclusion_rating":"4.1","senior_management_rating":"3.7","work_life_balance_rating":"3.0"},"overall_rating":"4.5","employee_rating_id":"700034","recommend_to_friend":96,"url":"https://reviews.example/sparrowmoor-health"},"id":"f000000100035","web_traffic":{"summary":{"avg_visit_duration":"00:01:37","total_web_visitors":26973,"bounce_rate":0.34,"pages_per_visit":4.7},"traffic_share":{"countries":{"Australia":0.9,"New Zealand":0.1},"organic":0.74,"paid":0.26},"marketing_channels_distribution":{"Direct":0.25,"Referrals":0.08,"Search":0.35,"Social":0.07,"Mail":0.25}}}}', '2026-11-27 22:00:08.084777+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', 'AU', '{"id":"f000000100037","name":"Birchreach Provisions","website":"https://www.birchreachprovisions.example","fqdn":"birchreachprovisions.example","description":"Birchreach Provisions makes pantry goods from fruit and grain of its own region. It works from Melbourne, Hobart, Townsville and Darwin. An invented company of the sandbox.","tagline":"Made slowly, eaten quickly","linkedin":"birchreach-provisions","employee_count":50,"year_founded":1978,"hq_location":"Melbourne","hq_country":"Australia","company_size":"11 - 50","company_type":"Partnership","abn_operation_status":"active","locations":["Melbourne","Hobart","Townsville","Darwin"],"industries":["Food and Beverage Manufacturing"],"revenue":"$5M - $25M","phones":["1300 975 711","(03) 5550 9241"],"emails":["hello@birchreachprovisions.example","accounts@birchreachprovisions.example"],"social_media":{"twitter":"birchreachprovisions","youtube":"birchreachprovisions","facebook":"birchreachprovisions","linkedin":"birchreach-provisions","instagram":"birchreachprovisions"},"industry_codes":{"sic":"2099","duns":"999000036","naics":"311999","anzsic":"1199","abn":"91999000369","acn":"999000369"},"keywords":["Food Manufacturing","Wholesale","Private Label","Export"],"org_registers":{},"states":["VIC","TAS","QLD","NT"],"nextGen":{"technographics":{"Software Development":["Java","TypeScript"],"Finance & Accounting":["Xero","Stripe"],"Sales & Marketing":["Salesforce","Google Analytics"]},"website":"https://www.birchreachprovisions.example","social_media":{"youtube":{"profile_name":"Birchreach Provisions","handle":"birchreachprovisions","followers":150,"verified":"false","videos":57,"likes":450,"views":4800,"subscribers":150,"following":170,"joined":"2014-05-16"},"instagram":{"profile_name":"Birchreach Provisions","handle":"birchreachprovisions","followers":450,"verified":"false","videos":19,"likes":900,"views":20700,"subscribers":450,"following":10,"joined":"2022-04-09"},"linkedin":{"profile_name":"Birchreach Provisions","handle":"birchreach-provisions","followers":700,"verified":"true","videos":60,"likes":1400,"views":35700,"subscribers":700,"following":175,"joined":"2012-12-11"},"facebook":{"profile_name":"Birchreach Provisions","handle":"birchreachprovisions","followers":250,"verified":"false","videos":35,"likes":750,"views":5750,"subscribers":250,"following":254,"joined":"2012-06-26"}},"reviews_rating":{"ceo_approval":"3.7","total_reviews":13,"rating":{"ceo_approval_rating":"4.2","career_opportunities_rating":"3.8","compensation_and_benefits_rating":"4.9","culture_and_values_rating":"3.7","diversity_and_inclusion_rating":"3.7","senior_management_rating":"4.5","work_life_balance_rating":"4.8"},"overall_rating":"4.8","employee_rating_id":"700036","recommend_to_friend":64,"url":"https://reviews.example/birchreach-provisions"},"id":"f000000100037","web_traffic":{"summary":{"avg_visit_duration":"00:04:55","total_web_visitors":4500,"bounce_rate":0.44,"pages_per_visit":3.2},"traffic_share":{"countries":{"Australia":0.6,"New Zealand":0.4},"organic":0.77,"paid":0.23},"marketing_channels_distribution":{"Direct":0.34,"Referrals":0.08,"Search":0.28,"Social":0.07,"Mail":0.23}}}}', '2026-11-27 22:00:08.133597+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de66-7487-8ed1-b50b179ea2a2', 'AU', '{"id":"f000000100034","name":"Emberbrook Capital","website":"https://www.emberbrookcapital.example","fqdn":"emberbrookcapital.example","description":"Emberbrook Capital lends to small businesses and advises their owners. It works from Townsville, Brisbane and Canberra. An invented company of the sandbox.","tagline":"Plain advice, fair terms","linkedin":"emberbrook-capital","employee_count":344,"year_founded":1962,"hq_location":"Townsville","hq_country":"Australia","company_size":"201 - 500","company_type":"Private company","abn_operation_status":"active","locations":["Townsville","Brisbane","Canberra"],"industries":["Financial Services"],"revenue":"$100M - $500M","phones":["1300 975 707","(07) 5550 5911"],"emails":["hello@emberbrookcapital.example","accounts@emberbrookcapital.example"],"social_media":{"twitter":"emberbrookcapital","youtube":"emberbrookcapital","facebook":"emberbrookcapital","linkedin":"emberbrook-capital","instagram":"emberbrookcapital"},"industry_codes":{"sic":"6282","duns":"999000033","naics":"523940","anzsic":"6419","abn":"97999000332","acn":"999000332"},"keywords":["Business Lending","Financial Planning","Asset Finance","Compliance"],"org_registers":{"acnc":"Charities & Not-for-profits"},"states":["QLD","ACT"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Finance & Accounting":["Xero","Stripe"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.emberbrookcapital.example","social_media":{"youtube":{"profile_name":"Emberbrook Capital","handle":"emberbrookcapital","followers":1290,"verified":"false","videos":12,"likes":5160,"views":82560,"subscribers":1290,"following":320,"joined":"2020-12-04"},"instagram":{"profile_name":"Emberbrook Capital","handle":"emberbrookcapital","followers":3870,"verified":"false","videos":45,"likes":7740,"views":139320,"subscribers":3870,"following":269,"joined":"2011-12-08"},"linkedin":{"profile_name":"Emberbrook Capital","handle":"emberbrook-capital","followers":6020,"verified":true,"videos":11,"likes":24080,"views":367220,"subscribers":6020,"following":176,"joined":"2022-04-19"},"facebook":{"profile_name":"Emberbrook Capital","handle":"emberbrookcapital","followers":2150,"verified":"false","videos":23,"likes":4300,"views":81700,"subscribers":2150,"following":152,"joined":"2018-12-11"}},"reviews_rating":{"ceo_approval":"3.1","total_reviews":108,"rating":{"ceo_approval_rating":"3.6","career_opportunities_rating":"4.2","compensation_and_benefits_rating":"4.8","culture_and_values_rating":"3.5","diversity_and_inclusion_rating":"4.6","senior_management_rating":"4.9","work_life_balance_rating":"3.0"},"overall_rating":"3.7","employee_rating_id":"700033","recommend_to_friend":70,"url":"https://reviews.example/emberbrook-capital"},"id":"f000000100034","web_traffic":{"summary":{"avg_visit_duration":"00:01:41","total_web_visitors":46440,"bounce_rate":0.45,"pages_per_visit":5.2},"traffic_share":{"countries":{"Australia":0.63,"New Zealand":0.37},"organic":0.79,"paid":0.21},"marketing_channels_distribution":{"Direct":0.28,"Referrals":0.08,"Search":0.34,"Social":0.07,"Mail":0.23}}}}', '2026-11-27 22:00:08.058193+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de9e-701a-ba1f-844b6699a6ed', 'AU', '{"id":"f000000100036","name":"Lanterncroft Storage","website":"https://www.lanterncroftstorage.example","fqdn":"lanterncroftstorage.example","description":"Lanterncroft Storage designs and installs rooftop solar and batteries for industry. It works from Darwin, Brisbane, Newcastle and Canberra. An invented company of the sandbox.","tagline":"Sunlight, on the books","linkedin":"lanterncroft-storage","au_employee_count":122,"year_founded":1973,"hq_location":"Darwin","hq_country":"Australia","company_size":"51 - 200","company_type":"Private company","abn_operation_status":"active","locations":["Darwin","Brisbane","Newcastle","Canberra"],"industries":["Renewable Energy"],"revenue":"$25M - $100M","phones":["1300 975 711","(08) 5550 4015"],"emails":["hello@lanterncroftstorage.example","accounts@lanterncroftstorage.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"lanterncroftstorage","linkedin":"lanterncroft-storage","instagram":null},"industry_codes":{"sic":"4911","duns":"999000035","naics":"221114","anzsic":"2619","abn":"12999000350","acn":"999000350"},"keywords":["Solar","Batteries","Energy Efficiency","Grid Services"],"org_registers":{"acnc":"Charities & Not-for-profits"},"states":["NT","QLD","NSW","ACT"],"nextGen":{"technographics":{"Software Development":["PostgreSQL","TypeScript"],"Sales & Marketing":["Salesforce","Google Analytics"],"Human Resources":["Employment Hero","Deputy"]},"website":"https://www.lanterncroftstorage.example","social_media":{"youtube":{"profile_name":"Lanterncroft Storage","handle":"lanterncroftstorage","followers":411,"verified":"false","videos":8,"likes":1233,"views":18906,"subscribers":411,"following":252,"joined":"2016-09-28"},"instagram":{"profile_name":"Lanterncroft Storage","handle":"lanterncroftstorage","followers":1233,"verified":"false","videos":52,"likes":2466,"views":90009,"subscribers":1233,"following":186,"joined":"2012-08-02"},"linkedin":{"profile_name":"Lanterncroft Storage","handle":"lanterncroft-storage","followers":1918,"verified":"false","videos":30,"likes":5754,"views":113162,"subscribers":1918,"following":223,"joined":"2022-02-09"},"facebook":{"profile_name":"Lanterncroft Storage","handle":"lanterncroftstorage","followers":685,"verified":"false","videos":0,"likes":2740,"views":46580,"subscribers":685,"following":64,"joined":"2022-07-03"}},"reviews_rating":{"ceo_approval":"4.3","total_reviews":34,"rating":{"ceo_approval_rating":"4.0","career_opportunities_rating":"4.6","compensation_and_benefits_rating":"3.8","culture_and_values_rating":"3.3","diversity_and_inclusion_rating":"3.8","senior_management_rating":"4.8","work_life_balance_rating":"3.4"},"overall_rating":"4.4","employee_rating_id":"700035","recommend_to_friend":67,"url":"https://reviews.example/lanterncroft-storage"},"id":"f000000100036","web_traffic":{"summary":{"avg_visit_duration":"00:01:47","total_web_visitors":9179,"bounce_rate":0.64,"pages_per_visit":1.8},"traffic_share":{"countries":{"Australia":0.78,"New Zealand":0.22},"organic":0.71,"paid":0.29},"marketing_channels_distribution":{"Direct":0.26,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.26}}}}', '2026-11-27 22:00:08.108575+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ded8-704f-ba46-11bb8f26857d', 'AU', '{"id":"f000000100038","name":"Quillfen Learning","website":"https://www.quillfenlearning.example","fqdn":"quillfenlearning.example","description":"Quillfen Learning trains apprentices and their supervisors on site. It works from Hobart, Sydney, Melbourne and Perth. An invented company of the sandbox.","tagline":"Skills that stay","linkedin":"quillfen-learning","employee_count":73,"year_founded":1985,"hq_location":"Hobart","hq_country":"Australia","company_size":"51 - 200","company_type":"Private company","abn_operation_status":"active","locations":["Hobart","Sydney","Melbourne","Perth"],"industries":["Professional Training and Coaching"],"revenue":"$5M - $25M","phones":["1300 975 709","(03) 5550 4218"],"emails":["hello@quillfenlearning.example","accounts@quillfenlearning.example"],"social_media":{"twitter":null,"youtube":null,"facebook":"quillfenlearning","linkedin":"quillfen-learning","instagram":null},"industry_codes":{"sic":"8249","duns":"999000037","naics":"611430","anzsic":"8101","abn":"93999000378","acn":"999000378"},"keywords":["Vocational Training","Apprenticeships","Leadership","E-learning"],"org_registers":{},"states":["TAS","NSW","VIC","WA"],"nextGen":{"technographics":{"Finance & Accounting":["Xero","Stripe"],"Sales & Marketing":["HubSpot","Google Analytics"],"Infrastructure":["Amazon Web Services","Microsoft 365"]},"website":"https://www.quillfenlearning.example","social_media":{"youtube":{"profile_name":"Quillfen Learning","handle":"quillfenlearning","followers":219,"verified":"false","videos":15,"likes":657,"views":6132,"subscribers":219,"following":261,"joined":"2013-02-03"},"instagram":{"profile_name":"Quillfen Learning","handle":"quillfenlearning","followers":657,"verified":"false","videos":7,"likes":657,"views":56502,"subscribers":657,"following":193,"joined":"2015-07-14"},"linkedin":{"profile_name":"Quillfen Learning","handle":"quillfen-learning","followers":1022,"verified":true,"videos":25,"likes":2044,"views":60298,"subscribers":1022,"following":385,"joined":"2014-04-06"},"facebook":{"profile_name":"Quillfen Learning","handle":"quillfenlearning","followers":365,"verified":"false","videos":12,"likes":1095,"views":16060,"subscribers":365,"following":157,"joined":"2022-04-07"}},"reviews_rating":{"ceo_approval":"3.7","total_reviews":18,"rating":{"ceo_approval_rating":"3.6","career_opportunities_rating":"3.8","compensation_and_benefits_rating":"4.5","culture_and_values_rating":"4.9","diversity_and_inclusion_rating":"4.6","senior_management_rating":"3.6","work_life_balance_rating":"3.7"},"overall_rating":"3.9","employee_rating_id":"700037","recommend_to_friend":67,"url":"https://reviews.example/quillfen-learning"},"id":"f000000100038","web_traffic":{"summary":{"avg_visit_duration":"00:03:39","total_web_visitors":6935,"bounce_rate":0.43,"pages_per_visit":2.8},"traffic_share":{"countries":{"Australia":0.78,"New Zealand":0.22},"organic":0.71,"paid":0.29},"marketing_channels_distribution":{"Direct":0.28,"Referrals":0.08,"Search":0.26,"Social":0.07,"Mail":0.31}}}}', '2026-11-27 22:00:08.167296+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-defd-72ea-81e7-9790e09ed8a6', 'AU', '{"id":"f000000100008","name":"Flintmere Academy","website":"https://www.flintmereacademy.example","fqdn":"flintmereacademy.example","description":"Flintmere Academy trains apprentices and their supervisors on site. It works from Perth, Brisbane, Geelong and Darwin. An invented company of the sandbox.","tagline":"Skills that stay","linkedin":"flintmere-academy","employee_count":8,"year_founded":1962,"hq_location":"Perth","hq_country":"Australia","company_size":"1 - 10","company_type":"Private company","abn_operation_status":"active","locations":["Perth","Brisbane","Geelong","Darwin"],"industries":["Professional Training and Coaching"],"revenue":"<$5M","phones":["1300 975 711","(08) 5550 4307"],"emails":["hello@flintmereacademy.example","accounts@flintmereacademy.example"],"social_media":{"twitter":"flintmereacademy","youtube":null,"facebook":"flintmereacademy","linkedin":"flintmere-academy","instagram":null},"industry_codes":{"sic":"8249","duns":"999000007","naics":"611430","anzsic":"8101","abn":"36999000074","acn":"999000074"},"keywords":["Vocational Training","Apprenticeships","Leadership","E-learning"],"org_registers":{},"states":["WA","QLD","VIC","NT"],"nextGen":{"technographics":{"Software Development":["Java","GitHub"],"Finance & Accounting":["Xero","MYOB"],"Sales & Marketing":["HubSpot","Salesforce"]},"website":"https://www.flintmereacademy.example","social_media":{"youtube":{"profile_name":"Flintmere Academy","handle":"flintmereacademy","followers":30,"verified":"true","videos":41,"likes":120,"views":1470,"subscribers":30,"following":79,"joined":"2017-11-20"},"instagram":{"profile_name":"Flintmere Academy","handle":"flintmereacademy","followers":90,"verified":"false","videos":52,"likes":90,"views":6840,"subscribers":90,"following":156,"joined":"2011-11-17"},"linkedin":{"profile_name":"Flintmere Academy","handle":"flintmere-academy","followers":140,"verified":"false","videos":40,"likes":280,"views":4340,"subscribers":140,"following":354,"joined":"2011-04-14"},"facebook":{"profile_name":"Flintmere Academy","handle":"flintmereacademy","followers":50,"verified":"false","videos":3,"likes":150,"views":1700,"subscribers":50,"following":169,"joined":"2022-01-16"}},"reviews_rating":null,"id":"f000000100008","web_traffic":{"summary":{"avg_visit_duration":"00:03:18","total_web_visitors":1110,"bounce_rate":0.48,"pages_per_visit":5},"traffic_share":{"countries":{"Australia":0.67,"New Zealand":0.33},"organic":0.84,"paid":0.16},"marketing_channels_distribution":{"Direct":0.4,"Referrals":0.08,"Search":0.33,"Social":0.07,"Mail":0.12}}}}', '2026-11-27 22:00:08.209477+00');

INSERT INTO public.tokens (workspace_id, id, name, role, hash_prefix, hash, hint, workflow, expires_at, last_used_at, revoked_at, created_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6342-75b8-99b3-6a29f0d9263a', 'contractor', 'MEMBER', '\xe1fa32f431c23098', '\xe1fa32f431c2309802f7dea507f4e8b0763658043ce267e16829817e4325de84', '_GA4', NULL, '2026-11-20 00:00:00+00', '2026-10-14 02:00:07.196131+00', NULL, '2026-10-14 02:00:05.698522+00'),
	('01a1938c-48d1-722c-af07-82b8f78fa1ec', '01a1938c-48d4-73ae-a424-0196f89a24eb', 'admin', 'ADMIN', '\x853057763a503a54', '\x853057763a503a54e4cff3208d98b7c5feba8e6a14e60691cb00ac7b748b3335', '1zfM', NULL, NULL, NULL, NULL, '2026-10-31 20:00:06.85699+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6325-77cc-b271-7154b1bbe68e', 'leaver', 'MEMBER', '\xf4e9ce347661c3b4', '\xf4e9ce347661c3b40928d48223508b569a0a187252394a01e0c553aa1e0c3a80', 'PO0Q', 'outreach', NULL, '2026-10-14 02:00:07.075534+00', '2026-11-12 05:30:03.469721+00', '2026-10-14 02:00:05.670263+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6306-714e-8c3a-b8ce44624f71', 'analyst', 'MEMBER', '\xfb5eaa3c78a94aa7', '\xfb5eaa3c78a94aa7519be15117d33dfb5cd939e88f293516654e8d4e2a152a23', '95So', NULL, NULL, '2026-11-12 05:30:10.617001+00', NULL, '2026-10-14 02:00:05.640095+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'admin', 'ADMIN', '\xb865a466bd4efba3', '\xb865a466bd4efba3855818742194b4adf06202596ea2bf2c78bb04baadb2ee14', '815E', NULL, NULL, '2026-11-12 05:30:11.410522+00', NULL, '2026-10-31 20:00:06.022286+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-5a7e-74be-bccf-7102021a11ba', 'bootstrap', 'ADMIN', '\x14831fab616f5b63', '\x14831fab616f5b6388026aefd47b01493b2f96ec9684196d592a4adcac28b4bc', '0009', NULL, NULL, '2026-11-27 22:00:02.003555+00', NULL, '2026-10-14 02:00:03.427736+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'night job', 'INTEGRATION', '\xacbdbb84963d4a3a', '\xacbdbb84963d4a3a6fe2a706c1d60840d672cef5ad50e00770ab3ab358656425', 'oX3s', 'nightly', NULL, '2026-11-27 22:00:02.254921+00', NULL, '2026-11-27 22:00:02.030216+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-62c2-715d-94d1-561755e4a5d7', 'ops', 'MANAGER', '\x60ec05dda00a4707', '\x60ec05dda00a47079826cb02c93f54dc18ebfc8dd59cdb0ee573b2ff126397a9', 'mDWM', NULL, NULL, '2026-11-27 22:00:02.586279+00', NULL, '2026-10-14 02:00:05.571332+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-62fa-744a-b7cf-908468d1cbc1', 'crm', 'INTEGRATION', '\x7fe654f4255d143f', '\x7fe654f4255d143f7eee7595ccab1bb6492970669831b8cc0e95bf54bc5c1e78', 'mZTM', 'crm-sync', NULL, '2026-11-27 22:00:08.189205+00', NULL, '2026-10-14 02:00:05.628086+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-631b-70ee-85df-c5df421a55b2', 'auditor', 'VIEWER', '\x09279797363fd620', '\x09279797363fd6202c1b1e834704e8e606b5ef40244a92c7bb780081c7e996da', 'bo4Q', NULL, NULL, '2026-11-27 22:00:08.229059+00', NULL, '2026-10-14 02:00:05.66458+00');

INSERT INTO public.unlocks (workspace_id, id, account_id, record, operation, provider, sandbox, price, entry_id, unlocked_at, refetch_costs, origin) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-66cc-75bc-ac6f-e584e0224984', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100001', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-66cc-75bc-ac6f-e584e0224984', '2026-10-14 02:00:06.653751+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67a7-76ef-b466-8f01a3c577a4', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100007', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-67a7-76ef-b466-8f01a3c577a4', '2026-10-14 02:00:06.849023+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-67de-74d9-a6ee-fac87ad6b7b5', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100006', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-67de-74d9-a6ee-fac87ad6b7b5', '2026-10-14 02:00:06.892523+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6825-7253-80b6-90c8d35764e9', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100013', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-6825-7253-80b6-90c8d35764e9', '2026-10-14 02:00:06.966938+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6850-74bd-a816-4f94fd81830a', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200001', 'PERSON', 'FIRMABLE', true, 1, '01a13823-6850-74bd-a816-4f94fd81830a', '2026-10-14 02:00:07.007837+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6879-734f-9884-d1aeb0500e02', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200003', 'PERSON', 'FIRMABLE', true, 1, '01a13823-6879-734f-9884-d1aeb0500e02', '2026-10-14 02:00:07.054893+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-68ad-778b-af19-8f8f975ffa18', '01a13823-6191-745d-9b65-f67d21d99574', 'company:id:f000000100010', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-68ad-778b-af19-8f8f975ffa18', '2026-10-14 02:00:07.097429+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-691b-74cc-a54f-2572975c67f8', '01a13823-6191-745d-9b65-f67d21d99574', 'company:id:f000000100016', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-691b-74cc-a54f-2572975c67f8', '2026-10-14 02:00:07.381903+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6ab5-7159-951c-0070c0e40804', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100009', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-6ab5-7159-951c-0070c0e40804', '2026-10-14 02:00:07.673837+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-6b48-734f-a552-8bda5f3473ec', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'company:id:f000000100004', 'COMPANY', 'FIRMABLE', true, 1, '01a13823-6b48-734f-a552-8bda5f3473ec', '2026-10-14 02:00:07.771611+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200005', 'PERSON', 'FIRMABLE', true, 1, '01a13823-8fe2-770f-bc10-a7b0ea0cefcb', '2026-10-14 02:00:17.147282+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-900f-7328-b3a6-3bd3d0d608c0', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:id:ohULsrLTCIVFDUT6wN1MhN_0000', 'PERSON', 'PEOPLE_DATA_LABS', true, 1, '01a13823-900f-7328-b3a6-3bd3d0d608c0', '2026-10-14 02:00:17.237425+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-90d1-740f-b37c-b54cc33e8fbe', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'person:id:7evaZ1PFHzfarpQqN9JnDD_0000', 'PERSON', 'PEOPLE_DATA_LABS', true, 1, '01a13823-90d1-740f-b37c-b54cc33e8fbe', '2026-10-14 02:00:17.406598+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100005', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-3da5-7248-ab56-9ffa34c9cbd6', '2026-10-31 20:00:04.213125+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-4072-7628-ba8e-837bca9c242a', '01a13823-6273-73fd-b832-d0a7b50fb901', 'company:id:eb6836eddd520edebc890ff6', 'COMPANY', 'APOLLO', true, 1, '01a1938c-4072-7628-ba8e-837bca9c242a', '2026-10-31 20:00:04.770359+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1938c-425a-737c-9b03-2cb969d9c53b', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:2a8505d7b2fa6f2d5fa111a1', 'PERSON', 'APOLLO', true, 1, '01a1938c-425a-737c-9b03-2cb969d9c53b', '2026-10-31 20:00:05.305425+00', true, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a03-7485-a562-2ad8efd3e11f', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100001', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-4a03-7485-a562-2ad8efd3e11f', '2026-10-31 20:00:07.188348+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a1c-72cf-8675-299ee142ff57', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100007', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-4a1c-72cf-8675-299ee142ff57', '2026-10-31 20:00:07.209768+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a45-723d-adde-c0a500ee4146', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100006', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-4a45-723d-adde-c0a500ee4146', '2026-10-31 20:00:07.267637+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4a78-728d-a42b-acf6da4dbe4a', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100013', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-4a78-728d-a42b-acf6da4dbe4a', '2026-10-31 20:00:07.318712+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1938c-4aac-72ab-8d52-dda372eb8300', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'company:id:f000000100017', 'COMPANY', 'FIRMABLE', true, 1, '01a1938c-4aac-72ab-8d52-dda372eb8300', '2026-10-31 20:00:07.359572+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0861-77f4-80f5-88c1d542e69a', '01a13823-60c5-737f-855c-e2e82fb42b90', 'company:id:f000000100015', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-0861-77f4-80f5-88c1d542e69a', '2026-11-12 05:30:03.320718+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0971-75b0-81b7-c43804d07f9b', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:id:f000000100021', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-0971-75b0-81b7-c43804d07f9b', '2026-11-12 05:30:03.532277+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-0e73-701f-acfc-64e9cda31765', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'company:id:f000000100022', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-0e73-701f-acfc-64e9cda31765', '2026-11-12 05:30:06.953664+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:57737994eab84187fcc1a76e', 'PERSON', 'APOLLO', true, 0, '01a1ce3c-23b7-761e-a707-06fbc75c8ba5', '2026-11-12 05:30:10.254751+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:211b04d7f5c47c33303b29ce', 'PERSON', 'APOLLO', true, 9, '01a1ce3c-23f0-75ea-88e4-b4dcd078eaf0', '2026-11-12 05:30:10.335874+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-2462-7aa0-8105-843645248b58', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100002', 'COMPANY', 'FIRMABLE', true, 1, NULL, '2026-11-12 05:30:10.401841+00', false, 'DECLARED'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-2462-72a5-b9d3-42c8d6bf3843', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100003', 'COMPANY', 'FIRMABLE', true, 1, NULL, '2026-11-12 05:30:10.401897+00', false, 'DECLARED'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-247d-794b-bc02-6ee2dd30e562', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200007', 'PERSON', 'FIRMABLE', true, 1, NULL, '2026-11-12 05:30:10.428866+00', false, 'DECLARED'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-247d-78cd-a91e-73ecb668dcd7', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200012', 'PERSON', 'FIRMABLE', true, 1, NULL, '2026-11-12 05:30:10.42891+00', false, 'DECLARED'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2880-760b-953a-5fba9b48c3fe', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:id:f000000100001', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-2880-760b-953a-5fba9b48c3fe', '2026-11-12 05:30:11.537805+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-29bd-74fd-a85c-51a3a5569934', '01a1ce3c-2872-736c-a509-f5c650c09405', 'company:id:f000000100020', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-29bd-74fd-a85c-51a3a5569934', '2026-11-12 05:30:11.804424+00', false, 'BOUGHT'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'person:id:211b04d7f5c47c33303b29ce', 'PERSON', 'APOLLO', true, 9, '01a1ce3c-2aa0-707a-9c0e-57e99ebcc186', '2026-11-12 05:30:12.039115+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100026', 'COMPANY', 'FIRMABLE', true, 1, '01a1ce3c-3ef9-7121-a141-8fd41c10cc43', '2026-11-12 05:30:17.219778+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c7fe-76ab-b787-d24ddb926165', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100025', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-c7fe-76ab-b787-d24ddb926165', '2026-11-27 22:00:02.343958+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100027', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-c84d-74e0-9c8b-03ddfbe49de8', '2026-11-27 22:00:02.409382+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c876-751e-a6c6-b2cf7346e3c0', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100028', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-c876-751e-a6c6-b2cf7346e3c0', '2026-11-27 22:00:02.447683+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100030', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-c8a9-71fe-8c94-2fa75017ee6d', '2026-11-27 22:00:02.531523+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c8f3-7729-965f-e2712157586e', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100031', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-c8f3-7729-965f-e2712157586e', '2026-11-27 22:00:02.560437+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c916-76fe-881c-73e26a17e463', '01a13823-5fa0-7418-aae3-da53441dc423', 'person:id:fp000000200030', 'PERSON', 'FIRMABLE', true, 1, '01a21f05-c916-76fe-881c-73e26a17e463', '2026-11-27 22:00:02.609431+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-c93c-7678-9b12-d1d184b8ccbd', '01a13823-6273-73fd-b832-d0a7b50fb901', 'person:id:a81e763f6de47666d7c74279', 'PERSON', 'APOLLO', true, 9, '01a21f05-c93c-7678-9b12-d1d184b8ccbd', '2026-11-27 22:00:02.644315+00', true, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddce-716d-9675-54395cf6a17b', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100029', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-ddce-716d-9675-54395cf6a17b', '2026-11-27 22:00:07.912449+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ddf3-77f8-b47f-87de1e68881a', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100024', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-ddf3-77f8-b47f-87de1e68881a', '2026-11-27 22:00:07.953731+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de2b-76f7-b8a1-f7806d33d437', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100032', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-de2b-76f7-b8a1-f7806d33d437', '2026-11-27 22:00:07.99781+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100033', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-de4a-77e7-8d7b-ca29a7dab7ff', '2026-11-27 22:00:08.023564+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de66-7487-8ed1-b50b179ea2a2', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100034', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-de66-7487-8ed1-b50b179ea2a2', '2026-11-27 22:00:08.058193+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de84-704f-aeb0-30f58f02a030', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100035', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-de84-704f-aeb0-30f58f02a030', '2026-11-27 22:00:08.084777+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-de9e-701a-ba1f-844b6699a6ed', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100036', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-de9e-701a-ba1f-844b6699a6ed', '2026-11-27 22:00:08.108575+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100037', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-deb5-73dc-8c2b-e5b14c8dd99b', '2026-11-27 22:00:08.133597+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-ded8-704f-ba46-11bb8f26857d', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100038', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-ded8-704f-ba46-11bb8f26857d', '2026-11-27 22:00:08.167296+00', false, 'BOUGHT'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a21f05-defd-72ea-81e7-9790e09ed8a6', '01a13823-5fa0-7418-aae3-da53441dc423', 'company:id:f000000100008', 'COMPANY', 'FIRMABLE', true, 1, '01a21f05-defd-72ea-81e7-9790e09ed8a6', '2026-11-27 22:00:08.209477+00', false, 'BOUGHT');

INSERT INTO public.usage_buckets (workspace_id, starts_at, labels, account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id, outcome, asks, attempts, from_snapshot, credits, saved, latencies) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', 'a9ee6587-b46c-3c7c-d8b3-0d1276ebd9c7', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'FOUND', 3, 3, 1, 1, 2, '{0,0,0,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '9af9d958-1a92-9cc6-b45e-8579a9cbe1da', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'crm-sync', '01a13823-62fa-744a-b7cf-908468d1cbc1', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '4eb51491-cb70-b931-6612-0d98999abab3', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'crm-sync', '01a13823-62fa-744a-b7cf-908468d1cbc1', 'FOUND', 3, 3, 0, 3, 0, '{0,0,0,2,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', 'fb745a16-9f79-ca3e-11cf-d41d80647585', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'crm-sync', '01a13823-62fa-744a-b7cf-908468d1cbc1', 'REFUSED', 1, 1, 0, 0, 0, '{}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '1f24e578-c790-8d47-9cb7-69a5f8925205', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', NULL, '01a13823-6306-714e-8c3a-b8ce44624f71', 'FOUND', 2, 2, 1, 1, 1, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '2c5c1148-2e6e-3cb5-ff68-2b82ff44e6ff', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-6306-714e-8c3a-b8ce44624f71', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', 'b7cd3869-779b-d7c3-e2e0-72800361d3a7', '01a13823-6191-745d-9b65-f67d21d99574', 'FIRMABLE', '01a13823-6130-711f-815d-19d89962388c', 'CONNECTION', true, 'COMPANY', 'outreach', '01a13823-6325-77cc-b271-7154b1bbe68e', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '1cff4ff2-b88e-c7ed-8608-c13d133dc222', '01a13823-6191-745d-9b65-f67d21d99574', 'FIRMABLE', '01a13823-6130-711f-815d-19d89962388c', 'CONNECTION', true, 'COMPANY', 'pilot', '01a13823-6342-75b8-99b3-6a29f0d9263a', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '9f0b26e9-e80f-e4d7-7b61-ba5a8bb50ee8', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PEOPLE_SEARCH', NULL, '01a13823-6306-714e-8c3a-b8ce44624f71', 'FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '8d967b75-95e4-c206-ef45-36e5f02bdb82', NULL, 'FIRMABLE', NULL, NULL, false, 'COMPANY', 'list-cleaning', '01a13823-62c2-715d-94d1-561755e4a5d7', 'REFUSED', 1, 1, 0, 0, 0, '{}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', 'a3b5614e-0535-dcd7-8623-56238153ec6e', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'list-cleaning', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 2, 2, 1, 1, 1, '{0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '725f6678-346f-8ea6-4351-2c1c15751eec', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-6306-714e-8c3a-b8ce44624f71', 'REFUSED', 1, 1, 0, 0, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', 'bec8b464-d600-7260-8953-ff53557a069e', '01a13823-6b38-70c2-9ef6-ea442821b57a', 'FIRMABLE', NULL, 'CALLER_KEY', true, 'COMPANY', NULL, '01a13823-6306-714e-8c3a-b8ce44624f71', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '80db931d-272e-62b6-2177-b8f8dec056de', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'UNKNOWN', 2, 2, 0, 2, 0, '{0,0,0,0,0,0,0,0,0,0,0,0,2,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '44eeabbf-d8bb-1c27-feed-7737f8eb6408', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', 'outreach', '01a13823-5a7e-74be-bccf-7102021a11ba', 'UNKNOWN', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '1fd2f9bc-a02b-ca05-07d3-5c5dfdd0280d', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '1b66b164-e180-9e15-4ff7-b58509b340d9', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '30dcdc89-8f3d-935c-c758-781e3261e14a', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'PEOPLE_DATA_LABS', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 0, 2, 0, 2, 0, '{0,0,0,0,1,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', 'a9b3072c-855d-f3ad-bb89-40bb183d40cd', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '538e3c9c-4c5e-b103-f534-4f877fae8ab9', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '1f513914-9e3d-ff82-e702-d4fd47577f3e', '01a13823-61c5-71ac-aa50-ffc52fb24794', 'PEOPLE_DATA_LABS', '01a13823-61b3-7484-8857-ea4e557c0ecf', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'NOT_FOUND', 0, 1, 0, 0, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '48ab4e2d-730c-0990-7adb-fe32f77951f9', '01a13823-6273-73fd-b832-d0a7b50fb901', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 0, 1, 0, 1, 0, '{0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '1b66b164-e180-9e15-4ff7-b58509b340d9', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '952caf22-e8b1-033b-799c-7b761d247c0a', '01a13823-6273-73fd-b832-d0a7b50fb901', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 0, 1, 0, 1, 0, '{0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-11-12 05:30:00+00', '9ff27f69-23b3-7c74-570f-364c55816aa0', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'FIRMABLE', NULL, 'MANAGED', true, 'COMPANY', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'FOUND', 1, 1, 1, 0, 1, '{}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-11-12 05:30:00+00', '1e732840-f15c-66e4-b7d5-bed18da6d378', '01a1ce3c-2872-736c-a509-f5c650c09405', 'FIRMABLE', '01a1ce3c-2865-703c-a4df-4644620799fe', 'CONNECTION', true, 'COMPANY', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'FOUND', 2, 2, 0, 2, 0, '{0,0,0,1,0,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-10-31 20:00:00+00', '9ff27f69-23b3-7c74-570f-364c55816aa0', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'FIRMABLE', NULL, 'MANAGED', true, 'COMPANY', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'FOUND', 5, 5, 0, 5, 0, '{0,0,0,4,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-10-31 20:00:00+00', 'b948728f-ecce-9b26-40cf-8ae5d9c4370d', '01a1938c-4a01-73dd-992b-8314b9b2e79e', 'FIRMABLE', NULL, 'MANAGED', true, 'COMPANY', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'REFUSED', 1, 1, 0, 0, 0, '{}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-31 20:00:00+00', '6eed0fd8-329b-3147-a1c4-45d22f06ac11', '01a13823-6235-7652-832c-419b733cdb44', 'FIRMABLE', '01a13823-621a-700e-a0f3-5d2b55fe02a5', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'REFUSED', 1, 1, 0, 0, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '156b1976-9c75-7343-e057-24e9da48e4f0', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'FOUND', 0, 0, 0, 0, 0, '{}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '156b1976-9c75-7343-e057-24e9da48e4f0', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-10-14 02:00:00+00', '1adbc4cf-a746-7f42-5f89-198243300903', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'NOT_FOUND', 0, 0, 0, -1, 0, '{}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '1adbc4cf-a746-7f42-5f89-198243300903', '01a13823-60c5-737f-855c-e2e82fb42b90', 'FIRMABLE', '01a13823-60a6-714e-81a6-68f2e3f47d2d', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-5a7e-74be-bccf-7102021a11ba', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'a36db175-513c-d392-83a3-f42e3377c1b9', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, 'COMPANY', 'list-cleaning', '01a13823-62c2-715d-94d1-561755e4a5d7', 'UNKNOWN', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '644c1100-82ad-dc1c-d485-1e36c26f6b74', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, 'COMPANY', 'list-cleaning', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FAILED', 1, 1, 0, 0, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'a3ddf2da-ee62-b4b4-10bf-c6fb28826e68', '01a13823-60f2-731d-a2ca-02f2d3d4a8e1', 'FIRMABLE', '01a13823-60e1-742c-b678-7e01f7568fbc', 'CONNECTION', true, 'COMPANY', 'list-cleaning', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 2, 2, 0, 1, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,1,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'ab4662ed-b5bd-4e40-e1f9-f76a037c7c89', '01a13823-6208-7664-8f74-e8e742a89861', 'PEOPLE_DATA_LABS', '01a13823-61f5-70da-ace5-dc91999dae1e', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'REFUSED', 1, 1, 0, 0, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'f961d3c2-925e-e52b-e606-7bbc73d24ee4', '01a13823-61e6-704a-9bb7-c8e3fcd879dc', 'PEOPLE_DATA_LABS', '01a13823-61d7-700e-acbf-0fb1e0bd4864', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'UNKNOWN', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '9866980a-557c-6707-d204-c50e6a8a501e', NULL, 'PEOPLE_DATA_LABS', NULL, NULL, false, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'REFUSED', 1, 1, 0, 0, 0, '{0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'c48ce973-02d9-a1ec-20a7-bd1cfd8f4a01', '01a13823-6273-73fd-b832-d0a7b50fb901', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, 'PERSON', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 2, 2, 0, 9, 0, '{0,0,0,0,1,0,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', 'a9b3072c-855d-f3ad-bb89-40bb183d40cd', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 0, 1, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '6199db06-3978-7f11-1b12-3afe292e5dd3', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', NULL, '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 0, 1, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '841ae419-8412-6363-a3f1-7c196ef0cd13', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', NULL, '01a13823-6306-714e-8c3a-b8ce44624f71', 'FOUND', 1, 1, 0, 0, 1, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-11-12 05:30:00+00', 'e5b34cc7-e600-dede-117c-73d6ce5f6e70', '01a1ce3c-2872-736c-a509-f5c650c09405', 'FIRMABLE', '01a1ce3c-2865-703c-a4df-4644620799fe', 'CONNECTION', true, 'PERSON', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'NOT_FOUND', 1, 1, 0, 0, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '2026-11-12 05:30:00+00', '9fd675fd-6dac-bb46-02be-b6728e7d16d8', '01a1ce3c-2a54-766d-8da9-0e3dd809ea10', 'APOLLO', NULL, 'MANAGED', true, 'PERSON', NULL, '01a1938c-459c-76f4-8d2d-2aab39e539bd', 'FOUND', 0, 1, 0, 9, 0, '{0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-12 05:30:00+00', '60ebbfe5-45c8-9131-1c21-027053699e8c', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'given-up', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', '4c2dd3ee-d231-2774-8f50-6465a9820e78', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'nightly', '01a21f05-c6ed-712d-b9a4-26786a2a426b', 'FOUND', 15, 15, 1, 14, 1, '{0,0,0,5,7,1,1,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', '1fd2f9bc-a02b-ca05-07d3-5c5dfdd0280d', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', '952caf22-e8b1-033b-799c-7b761d247c0a', '01a13823-6273-73fd-b832-d0a7b50fb901', 'APOLLO', '01a13823-6265-72e8-8865-e481d915c7c5', 'CONNECTION', true, 'PERSON', 'outreach', '01a13823-62c2-715d-94d1-561755e4a5d7', 'FOUND', 0, 1, 0, 9, 0, '{0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', '4eb51491-cb70-b931-6612-0d98999abab3', '01a13823-5fa0-7418-aae3-da53441dc423', 'FIRMABLE', '01a13823-5f67-73de-8fb0-c8d8199a3c82', 'CONNECTION', true, 'COMPANY', 'crm-sync', '01a13823-62fa-744a-b7cf-908468d1cbc1', 'FOUND', 1, 1, 0, 1, 0, '{0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', 'c17a5ac2-71f7-36d9-1ca4-0dda68e5679b', NULL, 'FIRMABLE', NULL, NULL, false, 'COMPANY', NULL, '01a13823-631b-70ee-85df-c5df421a55b2', 'REFUSED', 1, 1, 0, 0, 0, '{1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '2026-11-27 22:00:00+00', '231595a4-68ab-9c0e-b38f-91bb26a00e2e', '01a21f05-c6de-756c-a183-d0c995dbeed7', 'FIRMABLE', '01a21f05-c6d1-716c-9ad4-6730a9a9e5c8', 'CONNECTION', true, 'COMPANY', 'nightly', '01a13823-62c2-715d-94d1-561755e4a5d7', 'UNKNOWN', 1, 1, 0, 1, 0, '{0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0}');

INSERT INTO public.vault (id, fingerprint_key_sealed) VALUES
	(1, '\x011f8e0269e1b24c7f4fe5d67585e44b3c886128d5b6b6092f6f5bd7df2d97ff6755d31c71c7b3ab7c7a7d227c5c011e2fcbf9bf5ecad3ad6d6f367cb3904ef9f0');

INSERT INTO public.waterfalls (workspace_id, id, name, steps, default_for, created_at, updated_at) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8f84-70e1-abae-d455d69c0ca2', 'phones', '[{"provider":"FIRMABLE","connectionId":null,"require":["PHONE"]},{"provider":"PEOPLE_DATA_LABS","connectionId":null,"require":["PHONE"]}]', 'PEOPLE', '2026-10-14 02:00:17.01402+00', '2026-10-14 02:00:17.01402+00'),
	('01a13823-5a7a-7018-89c3-7b9969e96136', '01a13823-8fba-7752-a448-35d51ac4546a', 'anywhere', '[{"provider":"FIRMABLE","connectionId":"01a13823-5f67-73de-8fb0-c8d8199a3c82","require":["EMPLOYEE_COUNT"]},{"provider":"PEOPLE_DATA_LABS","connectionId":"01a13823-61b3-7484-8857-ea4e557c0ecf","require":[]},{"provider":"APOLLO","connectionId":null,"require":[]}]', NULL, '2026-10-14 02:00:17.075718+00', '2026-10-14 02:00:17.075718+00'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', '01a1ce3c-2a08-73ba-8bea-726c4b4b3e71', 'phones', '[{"provider":"FIRMABLE","connectionId":null,"require":["PHONE"]},{"provider":"APOLLO","connectionId":null,"require":[]}]', 'PEOPLE', '2026-11-12 05:30:11.835812+00', '2026-11-12 05:30:11.835812+00');

INSERT INTO public.workspaces (id, name, created_at, plan) VALUES
	('01a13823-5a7a-7018-89c3-7b9969e96136', 'default', '2026-10-14 02:00:03.427736+00', 'PRO'),
	('01a1938c-48d1-722c-af07-82b8f78fa1ec', 'Dormant', '2026-10-31 20:00:06.85699+00', 'PRO'),
	('01a1938c-4597-7688-8f63-ce5802eb8510', 'Northwind', '2026-10-31 20:00:06.022286+00', 'STARTER');

SELECT pg_catalog.setval('drizzle.__drizzle_migrations_id_seq', 10, true);

ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_workspace_id_provider_fingerprint_pk PRIMARY KEY (workspace_id, provider, fingerprint);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.aliases
    ADD CONSTRAINT aliases_workspace_id_account_id_alias_pk PRIMARY KEY (workspace_id, account_id, alias);

ALTER TABLE ONLY public.balance_crossings
    ADD CONSTRAINT balance_crossings_workspace_id_account_id_starts_at_threshold_p PRIMARY KEY (workspace_id, account_id, starts_at, threshold);

ALTER TABLE ONLY public.balance_plans
    ADD CONSTRAINT balance_plans_workspace_id_account_id_pk PRIMARY KEY (workspace_id, account_id);

ALTER TABLE ONLY public.balance_pools
    ADD CONSTRAINT balance_pools_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.balance_readings
    ADD CONSTRAINT balance_readings_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.budget_crossings
    ADD CONSTRAINT budget_crossings_workspace_id_budget_id_starts_at_threshold_pk PRIMARY KEY (workspace_id, budget_id, starts_at, threshold);

ALTER TABLE ONLY public.budget_periods
    ADD CONSTRAINT budget_periods_workspace_id_budget_id_starts_at_pk PRIMARY KEY (workspace_id, budget_id, starts_at);

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_2026_10
    ADD CONSTRAINT entries_2026_10_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_2026_11
    ADD CONSTRAINT entries_2026_11_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_2026_12
    ADD CONSTRAINT entries_2026_12_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_2027_01
    ADD CONSTRAINT entries_2027_01_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_2027_02
    ADD CONSTRAINT entries_2027_02_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.entries_other
    ADD CONSTRAINT entries_other_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.idempotent_requests
    ADD CONSTRAINT idempotent_requests_workspace_id_token_id_key_fingerprint_pk PRIMARY KEY (workspace_id, token_id, key_fingerprint);

ALTER TABLE ONLY public.paces
    ADD CONSTRAINT paces_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_workspace_id_unlock_id_variant_pk PRIMARY KEY (workspace_id, unlock_id, variant);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.unlocks
    ADD CONSTRAINT unlocks_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.usage_buckets
    ADD CONSTRAINT usage_buckets_workspace_id_starts_at_labels_pk PRIMARY KEY (workspace_id, starts_at, labels);

ALTER TABLE ONLY public.vault
    ADD CONSTRAINT vault_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.waterfalls
    ADD CONSTRAINT waterfalls_workspace_id_id_pk PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);

CREATE INDEX aliases_unlock ON public.aliases USING btree (workspace_id, unlock_id);

CREATE INDEX balance_crossings_due ON public.balance_crossings USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);

CREATE INDEX balance_pools_account ON public.balance_pools USING btree (workspace_id, account_id);

CREATE INDEX balance_readings_at ON public.balance_readings USING btree (workspace_id, account_id, at);

CREATE INDEX budget_crossings_due ON public.budget_crossings USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);

CREATE UNIQUE INDEX budgets_name ON public.budgets USING btree (workspace_id, name) WHERE (deleted_at IS NULL);

CREATE INDEX connections_account ON public.connections USING btree (workspace_id, account_id);

CREATE UNIQUE INDEX connections_default ON public.connections USING btree (workspace_id, provider) WHERE (is_default AND (deleted_at IS NULL));

CREATE UNIQUE INDEX connections_name ON public.connections USING btree (workspace_id, name) WHERE (deleted_at IS NULL);

CREATE INDEX entries_ask ON ONLY public.entries USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_2026_10_workspace_id_ask_id_idx ON public.entries_2026_10 USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_at ON ONLY public.entries USING btree (workspace_id, at, id);

CREATE INDEX entries_2026_10_workspace_id_at_id_idx ON public.entries_2026_10 USING btree (workspace_id, at, id);

CREATE INDEX entries_refers_to ON ONLY public.entries USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_2026_10_workspace_id_refers_to_idx ON public.entries_2026_10 USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_unlock ON ONLY public.entries USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_2026_10_workspace_id_unlock_id_idx ON public.entries_2026_10 USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_2026_11_workspace_id_ask_id_idx ON public.entries_2026_11 USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_2026_11_workspace_id_at_id_idx ON public.entries_2026_11 USING btree (workspace_id, at, id);

CREATE INDEX entries_2026_11_workspace_id_refers_to_idx ON public.entries_2026_11 USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_2026_11_workspace_id_unlock_id_idx ON public.entries_2026_11 USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_2026_12_workspace_id_ask_id_idx ON public.entries_2026_12 USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_2026_12_workspace_id_at_id_idx ON public.entries_2026_12 USING btree (workspace_id, at, id);

CREATE INDEX entries_2026_12_workspace_id_refers_to_idx ON public.entries_2026_12 USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_2026_12_workspace_id_unlock_id_idx ON public.entries_2026_12 USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_2027_01_workspace_id_ask_id_idx ON public.entries_2027_01 USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_2027_01_workspace_id_at_id_idx ON public.entries_2027_01 USING btree (workspace_id, at, id);

CREATE INDEX entries_2027_01_workspace_id_refers_to_idx ON public.entries_2027_01 USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_2027_01_workspace_id_unlock_id_idx ON public.entries_2027_01 USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_2027_02_workspace_id_ask_id_idx ON public.entries_2027_02 USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_2027_02_workspace_id_at_id_idx ON public.entries_2027_02 USING btree (workspace_id, at, id);

CREATE INDEX entries_2027_02_workspace_id_refers_to_idx ON public.entries_2027_02 USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_2027_02_workspace_id_unlock_id_idx ON public.entries_2027_02 USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX entries_other_workspace_id_ask_id_idx ON public.entries_other USING btree (workspace_id, ask_id) WHERE (step > 1);

CREATE INDEX entries_other_workspace_id_at_id_idx ON public.entries_other USING btree (workspace_id, at, id);

CREATE INDEX entries_other_workspace_id_refers_to_idx ON public.entries_other USING btree (workspace_id, refers_to) WHERE (refers_to IS NOT NULL);

CREATE INDEX entries_other_workspace_id_unlock_id_idx ON public.entries_other USING btree (workspace_id, unlock_id) WHERE (unlock_id IS NOT NULL);

CREATE INDEX idempotent_requests_expires_at ON public.idempotent_requests USING btree (expires_at);

CREATE UNIQUE INDEX reservations_held ON public.reservations USING btree (workspace_id, account_id, subject, variant) WHERE (state = 'HELD'::public.reservation_state);

CREATE INDEX reservations_in_doubt ON public.reservations USING btree (workspace_id, account_id, subject) WHERE (state = 'IN_DOUBT'::public.reservation_state);

CREATE UNIQUE INDEX tokens_hash ON public.tokens USING btree (hash);

CREATE INDEX tokens_hash_prefix ON public.tokens USING btree (hash_prefix);

CREATE INDEX unlocks_at ON public.unlocks USING btree (workspace_id, unlocked_at, id);

CREATE UNIQUE INDEX unlocks_record ON public.unlocks USING btree (workspace_id, account_id, record);

CREATE UNIQUE INDEX waterfalls_default ON public.waterfalls USING btree (workspace_id, default_for);

CREATE UNIQUE INDEX waterfalls_name ON public.waterfalls USING btree (workspace_id, name);

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_2026_10_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_2026_10_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_2026_10_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_2026_10_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_2026_10_workspace_id_unlock_id_idx;

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_2026_11_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_2026_11_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_2026_11_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_2026_11_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_2026_11_workspace_id_unlock_id_idx;

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_2026_12_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_2026_12_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_2026_12_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_2026_12_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_2026_12_workspace_id_unlock_id_idx;

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_2027_01_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_2027_01_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_2027_01_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_2027_01_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_2027_01_workspace_id_unlock_id_idx;

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_2027_02_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_2027_02_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_2027_02_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_2027_02_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_2027_02_workspace_id_unlock_id_idx;

ALTER INDEX public.entries_workspace_id_id_pk ATTACH PARTITION public.entries_other_pkey;

ALTER INDEX public.entries_ask ATTACH PARTITION public.entries_other_workspace_id_ask_id_idx;

ALTER INDEX public.entries_at ATTACH PARTITION public.entries_other_workspace_id_at_id_idx;

ALTER INDEX public.entries_refers_to ATTACH PARTITION public.entries_other_workspace_id_refers_to_idx;

ALTER INDEX public.entries_unlock ATTACH PARTITION public.entries_other_workspace_id_unlock_id_idx;

CREATE TRIGGER entries_2026_10_no_truncate BEFORE TRUNCATE ON public.entries_2026_10 FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_2026_11_no_truncate BEFORE TRUNCATE ON public.entries_2026_11 FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_2026_12_no_truncate BEFORE TRUNCATE ON public.entries_2026_12 FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_2027_01_no_truncate BEFORE TRUNCATE ON public.entries_2027_01 FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_2027_02_no_truncate BEFORE TRUNCATE ON public.entries_2027_02 FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_append_only BEFORE DELETE OR UPDATE ON public.entries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON public.entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_other_no_truncate BEFORE TRUNCATE ON public.entries_other FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER entries_usage AFTER INSERT ON public.entries REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION public.count_usage();

ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_workspace_id_account_id_accounts_workspace_id_id_f FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_workspace_id_workspaces_id_fk FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.balance_plans
    ADD CONSTRAINT balance_plans_workspace_id_account_id_accounts_workspace_id_id_ FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);

ALTER TABLE ONLY public.balance_pools
    ADD CONSTRAINT balance_pools_workspace_id_account_id_accounts_workspace_id_id_ FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_workspace_id_workspaces_id_fk FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_workspace_id_account_id_accounts_workspace_id_id_fk FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);

ALTER TABLE ONLY public.idempotent_requests
    ADD CONSTRAINT idempotent_requests_workspace_id_workspaces_id_fk FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_workspace_id_workspaces_id_fk FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.waterfalls
    ADD CONSTRAINT waterfalls_workspace_id_workspaces_id_fk FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

reset check_function_bodies;
reset client_min_messages;

-- The ledger's second shape: entries by month, usage counted along with them, prices that a provider reports, steps of
-- waterfalls. reserve_credits and settle_credits are written anew; ARCHITECTURE.md explains why they are right.

drop function clear_known_doubts(int);
--> statement-breakpoint
drop function expire_reservations(int);
--> statement-breakpoint
drop function settle_credits(json);
--> statement-breakpoint
drop function reserve_credits(int, json);
--> statement-breakpoint
drop type ledger_hold;
--> statement-breakpoint
drop type ledger_ask;
--> statement-breakpoint
-- Entries move into partitions by month over their ids, which begin with their time (UUIDv7): so the primary key holds
-- over all of them, and a month can be put aside whole.
alter table entries rename to entries_before;
--> statement-breakpoint
alter table entries_before rename constraint entries_workspace_id_id_pk to entries_before_pk;
--> statement-breakpoint
alter index entries_at rename to entries_before_at;
--> statement-breakpoint
alter index entries_unlock rename to entries_before_unlock;
--> statement-breakpoint
alter index entries_refers_to rename to entries_before_refers_to;
--> statement-breakpoint
alter index entries_ask rename to entries_before_ask;
--> statement-breakpoint
create table entries (like entries_before including defaults) partition by range (id);
--> statement-breakpoint
alter table entries add constraint entries_workspace_id_id_pk primary key (workspace_id, id);
--> statement-breakpoint
create index entries_at on entries (workspace_id, at, id);
--> statement-breakpoint
create index entries_unlock on entries (workspace_id, unlock_id) where unlock_id is not null;
--> statement-breakpoint
create index entries_refers_to on entries (workspace_id, refers_to) where refers_to is not null;
--> statement-breakpoint
create index entries_ask on entries (workspace_id, ask_id) where step > 1;
--> statement-breakpoint
-- Whatever belongs to no month that was made in time: a write never fails for want of a partition.
create table entries_other partition of entries default;
--> statement-breakpoint
create trigger entries_append_only before update or delete on entries
  for each row execute function refuse_change();
--> statement-breakpoint
create trigger entries_no_truncate before truncate on entries
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger entries_other_no_truncate before truncate on entries_other
  for each statement execute function refuse_change();
--> statement-breakpoint
-- The least id that begins at an instant.
create function first_id_of(p_at timestamptz) returns uuid language sql immutable as $$
  select rpad(lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;
--> statement-breakpoint
-- Makes the partitions of the months from `p_from` to `p_months_ahead` after now, where they are missing. A month whose
-- entries have already begun without one stays where they are. Answers how many were made.
create function make_entry_partitions(p_from timestamptz, p_months_ahead int) returns int language plpgsql as $$
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
--> statement-breakpoint
select make_entry_partitions((select coalesce(min(at), now()) from entries_before), 3);
--> statement-breakpoint
insert into entries select * from entries_before;
--> statement-breakpoint
drop table entries_before;
--> statement-breakpoint
-- Adds entries to the sums of their quarters of an hour and labels. Fired by whatever writes entries, in its own
-- statement: so reports, which read these sums, cannot disagree with the ledger. The rows are locked in the order of
-- their key, after all other locks of the statement.
create function count_usage() returns trigger language plpgsql
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
    s.asks, s.attempts, s.from_snapshot, s.credits, s.saved, s.latencies
  from (
    select e.workspace_id, e.starts_at, e.account_id, e.provider, e.connection_id, e.payer, e.sandbox, e.operation,
      e.workflow, e.token_id, e.outcome,
      count(*) filter (where e.kind = 'ASK' and e.step = 1) as asks,
      count(*) filter (where e.kind = 'ASK') as attempts,
      count(*) filter (where e.from_snapshot) as from_snapshot,
      sum(e.credits)::bigint as credits,
      sum(e.saved)::bigint as saved,
      case when count(e.bin) = 0 then '{}'::int[] else array[
        count(*) filter (where e.bin = 0), count(*) filter (where e.bin = 1), count(*) filter (where e.bin = 2),
        count(*) filter (where e.bin = 3), count(*) filter (where e.bin = 4), count(*) filter (where e.bin = 5),
        count(*) filter (where e.bin = 6), count(*) filter (where e.bin = 7), count(*) filter (where e.bin = 8),
        count(*) filter (where e.bin = 9), count(*) filter (where e.bin = 10), count(*) filter (where e.bin = 11),
        count(*) filter (where e.bin = 12), count(*) filter (where e.bin = 13), count(*) filter (where e.bin = 14),
        count(*) filter (where e.bin = 15), count(*) filter (where e.bin = 16), count(*) filter (where e.bin = 17)
      ]::int[] end as latencies
    from (
      select n.*, date_bin(interval '15 minutes', n.at, timestamptz 'epoch') as starts_at,
        -- A call of up to 2^n milliseconds falls into bin n, one of more than 2^16 into the last.
        case when n.latency_ms > 0 and not n.from_snapshot then width_bucket(n.latency_ms, array[
          2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16385, 32769, 65537
        ]) end as bin
      from new_entries n
    ) e
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  ) s
  order by 1, 2, 3
  on conflict (workspace_id, starts_at, labels) do update set
    asks = b.asks + excluded.asks,
    attempts = b.attempts + excluded.attempts,
    from_snapshot = b.from_snapshot + excluded.from_snapshot,
    credits = b.credits + excluded.credits,
    saved = b.saved + excluded.saved,
    latencies = case
      when excluded.latencies = '{}' then b.latencies
      when b.latencies = '{}' then excluded.latencies
      else (
        select array_agg(u.old + u.new order by u.n)
        from unnest(b.latencies, excluded.latencies) with ordinality as u (old, new, n)
      )
    end;
  return null;
end
$$;
--> statement-breakpoint
-- What was entered before is counted here, once, by the same words: the rows pass through the function's own statement.
create temporary table counted_again (like entries including defaults) on commit drop;
--> statement-breakpoint
create trigger counted_again_usage after insert on counted_again
  referencing new table as new_entries for each statement execute function count_usage();
--> statement-breakpoint
insert into counted_again select * from entries;
--> statement-breakpoint
drop table counted_again;
--> statement-breakpoint
create trigger entries_usage after insert on entries
  referencing new table as new_entries for each statement execute function count_usage();
--> statement-breakpoint
-- One ask on its way through reserve_credits. `ord` is its place in the group, from 1; `key` is what it is locked by;
-- `leader` is the place of the group's first ask for the same subject that could pay, and in that ask's own row the place
-- of the one that does; `full_slot` is the budget period that refused it.
create type ledger_ask as (
  ord int,
  key bigint,
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
  workflow text,
  status text,
  unlock_id uuid,
  waits_for uuid,
  leader int,
  full_slot int
);
--> statement-breakpoint
-- One ask's claim on one budget period. `slot` numbers the group's periods in the order in which they are locked.
create type ledger_hold as (
  ord int,
  credits bigint,
  workspace_id uuid,
  budget_id uuid,
  starts_at timestamptz,
  slot int
);
--> statement-breakpoint
-- Reserves credits for a group of asks, all or nothing for each ask. Answers one row for each, by `status`:
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
create function reserve_credits(
  p_life_seconds int,
  p_asks json
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
  v_holds ledger_hold[];
  v_limit bigint[];
  v_room bigint[];
  v_missing boolean;
  v_tight boolean;
  v_entered boolean;
  v_one record;
  v_slot int;
  v_leader int;
begin
  -- The group is taken out of its JSON once: that alone costs as much as to look everything up. And locked on the way, in
  -- the order of the keys: one reservation at a time for each subject, across all instances, so what is read below stays
  -- true until commit. Locks are taken in one order everywhere: these, then budget periods, then sums of usage.
  select array_agg(row(
      i.ord, i.key, i.workspace_id, i.id, i.account_id, i.subject, i.variant, i.credits, i.refetch_credits, i.may_charge,
      i.max_age_seconds, i.ask_id, i.step, i.operation, i.provider, i.connection_id, i.payer, i.sandbox, i.token_id,
      i.workflow, null, null, null, null, null
    )::ledger_ask)
  into v_asks
  from (
    select k.*, pg_advisory_xact_lock(k.key)
    from (
      select i.*, hashtextextended(concat(i.account_id, ' ', i.subject, ' ', i.variant), 0) as key
      from json_to_recordset(p_asks) as i (
        ord int, workspace_id uuid, id uuid, account_id uuid, subject text, variant text, credits bigint,
        refetch_credits bigint, may_charge boolean, max_age_seconds bigint, ask_id uuid, step int, operation text,
        provider text, connection_id uuid, payer text, sandbox boolean, token_id uuid, workflow text
      )
      order by key
      offset 0
    ) k
    offset 0
  ) i;

  v_now := clock_timestamp();

  select array_agg(row(
      c.ord, c.key, c.workspace_id, c.id, c.account_id, c.subject, c.variant, c.cost, c.refetch_credits, c.may_charge,
      c.max_age_seconds, c.ask_id, c.step, c.operation, c.provider, c.connection_id, c.payer, c.sandbox, c.token_id,
      c.workflow,
      case
        when c.fresh then 'HIT'
        when c.held_by is not null then 'WAIT'
        when c.first is null then 'NEEDS_CREDITS'
        when c.first = c.ord then 'RESERVED'
        else 'FOLLOW'
      end,
      c.found_unlock_id, c.held_by, c.first, null
    )::ledger_ask order by c.ord), bool_or(c.fresh)
  into v_asks, v_entered
  from (
    select i.*, a.unlock_id as found_unlock_id, f.fresh, r.id as held_by, f.cost,
      min(i.ord)
        filter (where f.cost = 0 or i.may_charge)
        over (partition by i.key, i.workspace_id, i.account_id, i.subject, i.variant, f.fresh) as first
    from unnest(v_asks) i
    left join lateral (
      select a.unlock_id from aliases a
      where a.workspace_id = i.workspace_id and a.account_id = i.account_id and a.alias = i.subject
      limit 1
    ) a on true
    left join lateral (
      select s.fetched_at from snapshots s
      where s.workspace_id = i.workspace_id and s.unlock_id = a.unlock_id and s.variant = i.variant
      limit 1
    ) s on true
    left join lateral (
      select r.id from reservations r
      where r.workspace_id = i.workspace_id and r.account_id = i.account_id and r.subject = i.subject
        and r.variant = i.variant and r.state = 'HELD'
      limit 1
    ) r on true
    left join lateral (
      select true as in_doubt from reservations d
      where d.workspace_id = i.workspace_id and d.account_id = i.account_id and d.subject = i.subject
        and d.state = 'IN_DOUBT'
      limit 1
    ) d on true
    cross join lateral (
      select coalesce(s.fetched_at >= v_now - make_interval(secs => i.max_age_seconds), false) as fresh,
        -- What is ours is fetched again at its own price, which is 0 but where a provider charges for every fetch; and
        -- what is in doubt is counted already.
        case when a.unlock_id is not null or d.in_doubt then i.refetch_credits else i.credits end as cost
    ) f
  ) c;

  -- The periods first, once for each budget rather than for each ask: calendars are slow.
  with period as materialized (
    select b.*, exists (
        select from budget_periods p
        where p.workspace_id = b.workspace_id and p.budget_id = b.id and p.starts_at = b.starts_at
      ) as stands
    from (
      select b.workspace_id, b.id, b.scope, b.subject, period_starts_at(b.period, b.time_zone, v_now) as starts_at
      from budgets b
      where b.deleted_at is null
        and b.workspace_id in (
          select a.workspace_id from unnest(v_asks) a where a.status in ('RESERVED', 'FOLLOW') and a.credits > 0)
    ) b
  )
  select array_agg(row(
      h.ord, h.credits, h.workspace_id, h.budget_id, h.starts_at, h.slot
    )::ledger_hold order by h.ord, h.slot), bool_or(not h.stands)
  into v_holds, v_missing
  from (
    select a.ord, a.credits, b.workspace_id, b.id as budget_id, b.starts_at, b.stands,
      dense_rank() over (order by b.workspace_id, b.id, b.starts_at)::int as slot
    from unnest(v_asks) a
    join period b on b.workspace_id = a.workspace_id and case b.scope
      when 'WORKSPACE' then true
      when 'CONNECTION' then b.subject = a.connection_id::text
      when 'WORKFLOW' then b.subject = a.workflow
      when 'TOKEN' then b.subject = a.token_id::text
      when 'MANAGED' then a.payer = 'MANAGED'
    end
    where a.status in ('RESERVED', 'FOLLOW') and a.credits > 0
  ) h;

  if v_holds is not null then
    if v_missing then
      insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
      select distinct h.workspace_id, h.budget_id, h.starts_at, 0, 0
      from unnest(v_holds) h
      order by 1, 2, 3
      on conflict do nothing;
    end if;

    perform 1
    from budget_periods p
    where (p.workspace_id, p.budget_id, p.starts_at)
      in (select h.workspace_id, h.budget_id, h.starts_at from unnest(v_holds) h)
    order by p.workspace_id, p.budget_id, p.starts_at
    for update;

    -- Read in a statement of its own, after the locks: the limit may just have been raised. A soft budget has no end.
    select array_agg(s.limit order by s.slot), array_agg(s.room order by s.slot),
      coalesce(bool_or(s.credits > s.room), false)
    into v_limit, v_room, v_tight
    from (
      select h.slot, h.credits, b.limit, case b.mode when 'HARD' then b.limit - p.spent - p.reserved end as room
      from (
        select h.slot, h.workspace_id, h.budget_id, h.starts_at,
          sum(h.credits) filter (where v_asks[h.ord].status = 'RESERVED') as credits
        from unnest(v_holds) h group by 1, 2, 3, 4
      ) h
      join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
      join budget_periods p
        on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at
    ) s;

    -- Only where a budget cannot take the whole group are the asks let in one by one, in their order. Whoever follows
    -- an ask that was turned away is judged by its own budgets, and leads the others if it gets in.
    if v_tight then
      for v_one in
        select h.ord, h.credits, array_agg(h.slot order by h.slot) as slots
        from unnest(v_holds) h group by h.ord, h.credits order by h.ord
      loop
        v_leader := v_asks[v_one.ord].leader;
        continue when v_asks[v_one.ord].status = 'FOLLOW' and v_asks[v_asks[v_leader].leader].status = 'RESERVED';
        -- It could follow because another would have paid; it may not pay itself.
        if not v_asks[v_one.ord].may_charge then
          v_asks[v_one.ord].status := 'NEEDS_CREDITS';
          continue;
        end if;
        select s.slot into v_slot
        from unnest(v_one.slots) as s (slot) where v_room[s.slot] < v_one.credits order by s.slot limit 1;
        if found then
          v_entered := true;
          v_asks[v_one.ord].status := 'OVER_BUDGET';
          v_asks[v_one.ord].full_slot := v_slot;
        else
          v_asks[v_one.ord].status := 'RESERVED';
          v_asks[v_leader].leader := v_one.ord;
          foreach v_slot in array v_one.slots loop
            v_room[v_slot] := v_room[v_slot] - v_one.credits;
          end loop;
        end if;
      end loop;
    end if;

    update budget_periods p
    set reserved = p.reserved + t.credits
    from (
      select h.workspace_id, h.budget_id, h.starts_at, sum(h.credits)::bigint as credits
      from unnest(v_holds) h
      where v_asks[h.ord].status = 'RESERVED'
      group by 1, 2, 3
    ) t
    where p.workspace_id = t.workspace_id and p.budget_id = t.budget_id and p.starts_at = t.starts_at;
  end if;

  insert into reservations (
    workspace_id, id, account_id, subject, variant, credits, refetch_credits, unlock_id, ask_id, step, operation,
    provider, connection_id, payer, sandbox, token_id, workflow, budget_ids, budget_starts, reserved_at, expires_at)
  select a.workspace_id, a.id, a.account_id, a.subject, a.variant, a.credits, a.refetch_credits, a.unlock_id, a.ask_id,
    a.step, a.operation, a.provider, a.connection_id, a.payer, a.sandbox, a.token_id, a.workflow,
    coalesce(h.budget_ids, '{}'), coalesce(h.budget_starts, '{}'), v_now, v_now + make_interval(secs => p_life_seconds)
  from unnest(v_asks) a
  left join (
    select h.ord, array_agg(h.budget_id order by h.slot) as budget_ids,
      array_agg(h.starts_at order by h.slot) as budget_starts
    from unnest(v_holds) h group by h.ord
  ) h on h.ord = a.ord
  where a.status = 'RESERVED';

  if v_entered then
    insert into entries (
      workspace_id, id, at, recorded_at, outcome, charge, credits, saved, account_id, ask_id, step, operation, provider,
      connection_id, payer, sandbox, token_id, workflow, unlock_id, from_snapshot, problem)
    select a.workspace_id, a.id, v_now, v_now,
      case a.status when 'HIT' then 'FOUND'::outcome else 'REFUSED' end,
      case a.status when 'HIT' then 'ALREADY_UNLOCKED'::charge else 'NONE' end,
      0, coalesce(u.price, 0), a.account_id, a.ask_id, a.step, a.operation, a.provider, a.connection_id, a.payer,
      a.sandbox, a.token_id, a.workflow, u.id, a.status = 'HIT',
      case a.status when 'OVER_BUDGET' then 'BUDGET_EXCEEDED' end
    from unnest(v_asks) a
    left join lateral (
      select u.id, u.price from unlocks u
      where a.status = 'HIT' and u.workspace_id = a.workspace_id and u.id = a.unlock_id
      limit 1
    ) u on true
    where a.status in ('HIT', 'OVER_BUDGET');
  end if;

  return query
  select a.ord,
    case
      when a.status <> 'FOLLOW' then a.status
      when v_asks[v_asks[a.leader].leader].status = 'RESERVED' then 'WAIT'
      else 'RETRY'
    end,
    a.credits,
    case when a.status = 'FOLLOW' then v_asks[v_asks[a.leader].leader].id else a.waits_for end,
    a.unlock_id, u.record, u.price, u.unlocked_at, s.body, s.fetched_at, f.budget
  from unnest(v_asks) a
  left join lateral (
    select u.record, u.price, u.unlocked_at from unlocks u
    where u.workspace_id = a.workspace_id and u.id = a.unlock_id
    limit 1
  ) u on true
  left join lateral (
    select s.body, s.fetched_at from snapshots s
    where a.status = 'HIT' and s.workspace_id = a.workspace_id and s.unlock_id = a.unlock_id
      and s.variant = a.variant
    limit 1
  ) s on true
  left join lateral (
    select jsonb_build_object(
      'id', b.id, 'name', b.name, 'limit', v_limit[h.slot]::text, 'spent', p.spent::text, 'reserved', p.reserved::text,
      'renewsAt', period_ends_at(b.period, b.time_zone, p.starts_at), 'setByOperator', b.set_by_operator) as budget
    from unnest(v_holds) h
    join budgets b on b.workspace_id = h.workspace_id and b.id = h.budget_id
    join budget_periods p
      on p.workspace_id = h.workspace_id and p.budget_id = h.budget_id and p.starts_at = h.starts_at
    where a.status = 'OVER_BUDGET' and h.ord = a.ord and h.slot = a.full_slot
    limit 1
  ) f on true
  order by a.ord;
end
$$;
--> statement-breakpoint
-- What one ending came to, as settle_credits answers it.
create type ledger_settled as (
  ord int,
  workspace_id uuid,
  id uuid,
  settled boolean,
  charge charge,
  credits bigint,
  saved bigint,
  unlock_id uuid,
  unlocked_at timestamptz
);
--> statement-breakpoint
-- Ends a group of reservations in one statement: entries, unlocks with their aliases, snapshots and budget counters,
-- all or nothing. A reservation that is gone has been ended before: it is answered with `settled` false and its entry as
-- it stands, and changes nothing. An ending is a verdict with what the provider has said: `charged`, the credits that it
-- reports (null where it reports none: then `price` decides), and `copy`, the place in `p_bodies` of the copy to keep (null
-- where none may be kept). The copies come as one text, parted by the record separator U+001E, which no JSON text holds:
-- so they are not read through once more, letter by letter, as elements of an array would be.
--
-- UNKNOWN puts held credits in doubt; every later knowledge of that record ends the doubt by a CORRECTION. Where a
-- provider charges for every fetch (refetch_credits above 0) only the late answer of the very call can know.
create function settle_credits(
  p_endings json,
  p_bodies text default ''
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
  v_settled ledger_settled[];
  v_repeated boolean;
begin
  with input as materialized (
    select *
    from json_to_recordset(p_endings) as i (
      ord int, workspace_id uuid, id uuid, verdict outcome, price bigint, charged bigint, record text, aliases text[],
      copy int, problem text, latency_ms int
    )
  ),
  -- What this statement may end: one row for each ending, with nulls where the reservation is gone. Whoever holds the
  -- row ends it; everybody later finds nothing. The outer join also keeps the planner's hundred.
  claim as materialized (
    select i.ord, i.workspace_id as asked_workspace_id, i.id as asked_id, i.verdict, i.price, i.charged, i.record,
      i.aliases, i.copy, i.problem, i.latency_ms, r.*,
      r.id is not null and i.record is not null as finds,
      r.id is not null and i.record is not null and r.unlock_id is null as buys
    from (select * from input order by workspace_id, id) i
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
  ),
  -- The claims with their unlocks. A known record is fetched by its own id, so it stays the known unlock even if the
  -- provider has renamed it. `cost` is what the provider took, as it says or as its price says.
  found as materialized (
    select f.*, case
        when f.charged is not null then f.charged
        when f.finds and (f.first or f.refetch_credits > 0) then f.price
        else 0
      end as cost
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
  ),
  named as (
    insert into aliases as a (workspace_id, account_id, alias, unlock_id)
    select distinct on (f.workspace_id, f.account_id, n.alias)
      f.workspace_id, f.account_id, n.alias, f.found_unlock_id
    from found f
    cross join lateral unnest(f.aliases || f.subject) as n (alias)
    where f.finds
    order by f.workspace_id, f.account_id, n.alias, f.ord desc
    on conflict (workspace_id, account_id, alias) do update set unlock_id = excluded.unlock_id
      where a.unlock_id is distinct from excluded.unlock_id
  ),
  kept as (
    insert into snapshots as s (workspace_id, unlock_id, variant, body, fetched_at)
    select k.workspace_id, k.found_unlock_id, k.variant, b.body, v_now
    from (
      select distinct on (f.workspace_id, f.found_unlock_id, f.variant)
        f.workspace_id, f.found_unlock_id, f.variant, f.copy
      from found f
      where f.finds and f.copy is not null
      order by f.workspace_id, f.found_unlock_id, f.variant, f.ord desc
    ) k
    join string_to_table(p_bodies, e'\x1e') with ordinality as b (body, place) on b.place = k.copy
    order by 1, 2, 3
    on conflict (workspace_id, unlock_id, variant) do update
      set body = excluded.body, fetched_at = excluded.fetched_at
  ),
  -- Every doubt about a record that this group knows the truth of: by any identifier of a record that was found, or by
  -- the very identifier that was missed. A call already given up that comes back with nothing proves nothing: another
  -- may have been sent since. Nearly always there is none at all, which is looked at first.
  known as materialized (
    select distinct on (k.workspace_id, k.id) k.*
    from (
      select d.workspace_id, d.id, c.ord
      from claim c
      cross join lateral (
        select c.subject as name
        union
        select n.alias from unnest(c.aliases) as n (alias) where c.finds
      ) n
      join reservations d
        on d.workspace_id = c.workspace_id and d.account_id = c.account_id and d.state = 'IN_DOUBT'
          and d.subject = n.name and d.refetch_credits = 0
      where (c.finds or (c.verdict = 'NOT_FOUND' and c.state = 'HELD'))
        and (select exists (select from reservations e where e.state = 'IN_DOUBT'))
      union all
      -- A row that fell into doubt while this statement waited for it: its snapshot still shows it as held.
      select c.workspace_id, c.id, c.ord
      from claim c
      where c.state = 'IN_DOUBT' and (c.finds or (c.refetch_credits > 0 and c.verdict <> 'UNKNOWN'))
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
    select d.*, f.found_unlock_id, f.verdict, f.finds,
      case
        when d.refetch_credits > 0 then f.cost > 0
        else coalesce(f.bought_now, false) and row_number() over (
          partition by d.workspace_id, f.found_unlock_id order by d.reserved_at, d.id) = 1
      end as confirmed,
      case when d.refetch_credits > 0 then f.cost else f.paid end as paid
    from doubt d
    join lateral (
      select case when f.finds then f.found_unlock_id end as found_unlock_id, f.paid, f.cost, f.verdict, f.finds,
        f.finds and exists (
          select from found g
          where g.workspace_id = f.workspace_id and g.found_unlock_id = f.found_unlock_id and g.first
        ) as bought_now
      from found f where f.ord = d.ord
    ) f on true
  ),
  line as materialized (
    select f.ord, f.workspace_id, f.id, 'ASK'::entry_kind as kind, f.reserved_at as at, null::uuid as refers_to,
      f.verdict as outcome,
      case
        when c.presumed then 'PRESUMED'::charge
        when c.credits > 0 then 'CHARGED'
        when f.finds and f.first and not p.confirmed then 'FREE'
        when f.finds then 'ALREADY_UNLOCKED'
        when f.verdict = 'FOUND' then 'FREE'
        when f.verdict = 'NOT_FOUND' then 'NOT_FOUND'
        else 'NONE'
      end as charge,
      c.credits,
      case when f.finds and not f.first and c.credits = 0 then f.paid else 0 end as saved,
      f.account_id, f.ask_id, f.step, f.operation, f.provider, f.connection_id, f.payer, f.sandbox, f.token_id,
      f.workflow, f.found_unlock_id as unlock_id, f.problem, f.latency_ms, f.credits as held, f.budget_ids,
      f.budget_starts
    from found f
    cross join lateral (
      select exists (
        select from correction x
        where x.confirmed and x.refetch_credits = 0
          and x.workspace_id = f.workspace_id and x.found_unlock_id = f.found_unlock_id
      ) as confirmed
    ) p
    cross join lateral (
      -- A record bought by another identifier meanwhile leaves nothing to be in doubt about.
      select count(*) > 0 as known
      from (
        select from aliases a
        where f.verdict = 'UNKNOWN' and f.refetch_credits = 0 and a.workspace_id = f.workspace_id
          and a.account_id = f.account_id and a.alias = f.subject
        limit 1
      ) a
    ) k
    cross join lateral (
      select f.verdict = 'UNKNOWN' and f.charged is null and f.credits > 0 and not k.known as presumed
    ) m
    cross join lateral (
      select m.presumed, case when m.presumed then f.credits when p.confirmed then 0 else f.cost end as credits
    ) c
    where f.state = 'HELD'
    union all
    select null, x.workspace_id, uuid_v7(), 'CORRECTION', x.reserved_at, x.id,
      x.verdict,
      case
        when x.confirmed then 'CHARGED'::charge
        when x.finds then 'ALREADY_UNLOCKED'
        when x.verdict = 'NOT_FOUND' then 'NOT_FOUND'
        else 'NONE'
      end,
      case when x.confirmed then x.paid - x.credits else - x.credits end,
      0,
      x.account_id, x.ask_id, x.step, x.operation, x.provider, x.connection_id, x.payer, x.sandbox, x.token_id,
      x.workflow, x.found_unlock_id, null, 0, 0, x.budget_ids, x.budget_starts
    from correction x
  ),
  written as (
    insert into entries (
      workspace_id, id, kind, at, recorded_at, refers_to, outcome, charge, credits, saved, account_id, ask_id, step,
      operation, provider, connection_id, payer, sandbox, token_id, workflow, unlock_id, budget_ids, budget_starts,
      problem, latency_ms)
    select l.workspace_id, l.id, l.kind, l.at, v_now, l.refers_to, l.outcome, l.charge, l.credits, l.saved,
      l.account_id, l.ask_id, l.step, l.operation, l.provider, l.connection_id, l.payer, l.sandbox, l.token_id,
      l.workflow, l.unlock_id, l.budget_ids, l.budget_starts, l.problem, l.latency_ms
    from line l
  ),
  doubted as (
    update reservations r set state = 'IN_DOUBT'
    where r.id = any ((select array_agg(l.id) from line l where l.charge = 'PRESUMED')::uuid[])
  ),
  ended as (
    delete from reservations r
    where r.id = any ((
      select array_agg(e.id)
      from (
        select l.id from line l where l.kind = 'ASK' and l.charge <> 'PRESUMED'
        union
        select x.id from correction x
      ) e
    )::uuid[])
  ),
  move as materialized (
    select l.workspace_id, b.budget_id, b.starts_at,
      sum(l.held)::bigint as released, sum(l.credits)::bigint as spent
    from line l
    cross join lateral unnest(l.budget_ids, l.budget_starts) as b (budget_id, starts_at)
    group by 1, 2, 3
  ),
  locked as materialized (
    select p.workspace_id, p.budget_id, p.starts_at, m.released, m.spent
    from budget_periods p
    join move m on m.workspace_id = p.workspace_id and m.budget_id = p.budget_id and m.starts_at = p.starts_at
    order by p.workspace_id, p.budget_id, p.starts_at
    for update of p
  ),
  counted as (
    update budget_periods p
    set reserved = p.reserved - l.released, spent = p.spent + l.spent
    from locked l
    where p.workspace_id = l.workspace_id and p.budget_id = l.budget_id and p.starts_at = l.starts_at
    returning p.workspace_id, p.budget_id, p.starts_at, p.spent, l.spent as added
  ),
  crossed as (
    insert into budget_crossings (
      workspace_id, budget_id, starts_at, threshold, "limit", spent, crossed_at, next_try_at)
    select b.workspace_id, b.id, c.starts_at, t.threshold, b.limit, c.spent, v_now,
      case when b.webhook_url is not null then v_now end
    from counted c
    join budgets b on b.workspace_id = c.workspace_id and b.id = c.budget_id
    cross join lateral unnest(b.thresholds) as t (threshold)
    where c.added > 0 and c.spent * 100 >= b.limit * t.threshold and b.deleted_at is null
    on conflict do nothing
  )
  select array_agg(row(
      f.ord, f.asked_workspace_id, f.asked_id, f.id is not null, l.charge, l.credits, l.saved, f.found_unlock_id,
      f.unlocked_at
    )::ledger_settled), bool_or(f.id is null)
  into v_settled, v_repeated
  from found f
  left join line l on l.ord = f.ord;

  -- What was ended before is answered as it was then: the statement may have been sent again over a lost connection.
  if v_repeated then
    select array_agg(case when s.settled then s else row(
        s.ord, s.workspace_id, s.id, false, e.charge, e.credits, e.saved, e.unlock_id, e.unlocked_at
      )::ledger_settled end)
    into v_settled
    from unnest(v_settled) s
    left join lateral (
      select e.charge, e.credits, e.saved, e.unlock_id, u.unlocked_at
      from entries e
      left join unlocks u on u.workspace_id = e.workspace_id and u.id = e.unlock_id
      where not s.settled and e.workspace_id = s.workspace_id and e.id = s.id
      limit 1
    ) e on true;
  end if;

  return query
  select s.ord, s.settled, s.charge, s.credits, s.saved, s.unlock_id, s.unlocked_at, v_now
  from unnest(v_settled) s
  order by s.ord;
end
$$;
--> statement-breakpoint
-- Gives up on reservations whose life is over, through settle_credits, so that there is one way to write money. Rows
-- that somebody is ending at this moment are passed by. Answers how many were given up.
create function expire_reservations(p_rows_max int) returns int language plpgsql as $$
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
--> statement-breakpoint
-- Ends doubts about records that were bought by another identifier in the meantime: no call is needed to know that.
-- Answers how many were ended.
create function clear_known_doubts(p_rows_max int) returns int language plpgsql as $$
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

-- Writes the rollups of one day (UTC) of a workspace from the sums of its quarters of an hour, as far as `late_before` of
-- usage_rollup_ends. What came late is in these sums by now, and leaves usage_late in the same statement, which sees both or
-- neither. The rollups then end after the day, or as they did; so the days are written in their order.
create or replace function roll_up_usage(p_workspace_id uuid, p_day date) returns void
language plpgsql set timezone = 'UTC' set jit = off as $$
declare
  v_from timestamptz := p_day;
  v_to timestamptz;
begin
  -- One at a time for each workspace.
  select least(v_from + interval '1 day', e.late_before) into strict v_to
  from usage_rollup_ends e where e.workspace_id = p_workspace_id for update;

  with counted as (
    delete from usage_late l
    where l.workspace_id = p_workspace_id and l.starts_at >= v_from and l.starts_at < v_to
  ), found as materialized (
    select k.rollup,
      case when k.rollup = 'CONNECTION' then b.account_id end as account_id,
      case when k.rollup = 'CONNECTION' then b.provider end as provider,
      case when k.rollup = 'CONNECTION' then b.connection_id end as connection_id,
      case when k.rollup = 'CONNECTION' then b.payer end as payer,
      b.sandbox,
      case when k.rollup = 'CONNECTION' then b.operation end as operation,
      case when k.rollup = 'WORKFLOW' then b.workflow end as workflow,
      case when k.rollup = 'TOKEN' then b.token_id end as token_id,
      b.outcome, extract(hour from b.starts_at)::int as hour,
      1 as quarters, b.lookups, b.attempts, b.from_snapshot, b.credits, b.saved, b.latencies
    from usage_buckets b
    cross join unnest(enum_range(null::usage_rollup)) k (rollup)
    where b.workspace_id = p_workspace_id and b.starts_at >= v_from and b.starts_at < v_to
  ), quarter as (
    select * from found
    union all
    -- Each hour, also one without entries.
    select l.*, h.hour, 0, 0, 0, 0, 0, 0, '{}'
    from (
      select distinct f.rollup, f.account_id, f.provider, f.connection_id, f.payer, f.sandbox, f.operation, f.workflow,
        f.token_id, f.outcome
      from found f
    ) l
    cross join generate_series(0, 23) h (hour)
  ), running as (
    select q.rollup, q.account_id, q.provider, q.connection_id, q.payer, q.sandbox, q.operation, q.workflow, q.token_id,
      q.outcome, q.hour,
      (sum(sum(q.quarters)::bigint) over so_far)::bigint as quarters,
      (sum(sum(q.lookups)::bigint) over so_far)::bigint as lookups,
      (sum(sum(q.attempts)::bigint) over so_far)::bigint as attempts,
      (sum(sum(q.from_snapshot)::bigint) over so_far)::bigint as from_snapshot,
      (sum(sum(q.credits)::bigint) over so_far)::bigint as credits,
      (sum(sum(q.saved)::bigint) over so_far)::bigint as saved,
      array[
        sum(sum(q.latencies[1])::int) over so_far, sum(sum(q.latencies[2])::int) over so_far,
        sum(sum(q.latencies[3])::int) over so_far, sum(sum(q.latencies[4])::int) over so_far,
        sum(sum(q.latencies[5])::int) over so_far, sum(sum(q.latencies[6])::int) over so_far,
        sum(sum(q.latencies[7])::int) over so_far, sum(sum(q.latencies[8])::int) over so_far,
        sum(sum(q.latencies[9])::int) over so_far, sum(sum(q.latencies[10])::int) over so_far,
        sum(sum(q.latencies[11])::int) over so_far, sum(sum(q.latencies[12])::int) over so_far,
        sum(sum(q.latencies[13])::int) over so_far, sum(sum(q.latencies[14])::int) over so_far,
        sum(sum(q.latencies[15])::int) over so_far, sum(sum(q.latencies[16])::int) over so_far,
        sum(sum(q.latencies[17])::int) over so_far, sum(sum(q.latencies[18])::int) over so_far
      ]::int[] as latencies
    from quarter q
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    window so_far as (
      partition by q.rollup, q.account_id, q.provider, q.connection_id, q.payer, q.sandbox, q.operation, q.workflow,
        q.token_id, q.outcome
      order by q.hour)
  )
  insert into usage_rollups (
    workspace_id, rollup, day, labels, account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id,
    outcome, quarters, lookups, attempts, from_snapshot, credits, saved, latencies)
  select p_workspace_id, r.rollup, p_day,
    encode(substring(sha256(convert_to(json_build_array(
      r.account_id, r.provider, r.connection_id, r.payer, r.sandbox, r.operation, r.workflow, r.token_id, r.outcome
    )::text, 'UTF8')) for 16), 'hex')::uuid,
    r.account_id, r.provider, r.connection_id, r.payer, r.sandbox, r.operation, r.workflow, r.token_id, r.outcome,
    array_agg(r.quarters order by r.hour), array_agg(r.lookups order by r.hour), array_agg(r.attempts order by r.hour),
    array_agg(r.from_snapshot order by r.hour), array_agg(r.credits order by r.hour), array_agg(r.saved order by r.hour),
    case
      when bool_or(r.latencies[1] is not null) then array(select coalesce(b, 0) from unnest(array_agg(r.latencies order by r.hour)) b)
      else '{}'
    end
  from running r
  group by r.rollup, r.account_id, r.provider, r.connection_id, r.payer, r.sandbox, r.operation, r.workflow, r.token_id,
    r.outcome
  on conflict (workspace_id, rollup, day, labels) do update set
    quarters = excluded.quarters,
    lookups = excluded.lookups,
    attempts = excluded.attempts,
    from_snapshot = excluded.from_snapshot,
    credits = excluded.credits,
    saved = excluded.saved,
    latencies = excluded.latencies;

  update usage_rollup_ends e set ends_at = v_to where e.workspace_id = p_workspace_id and e.ends_at < v_to;
end
$$;

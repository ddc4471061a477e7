-- requires: add_histograms, latency_histogram, uuid_v7_floor, uuid_v7_time

-- Trigger function on entries: adds the new entries to the sums of their quarter of an hour and labels. It runs in the
-- statement that writes the entries, so reports, which read these sums, cannot disagree with the ledger. The rows of
-- usage_buckets are locked in the order of their key, after all other locks of the statement.
--
-- Entries of hours that roll_up_usage has begun to read are late: they are added to usage_late, too. Later attempts of
-- waterfalls are written to usage_fallbacks for each provider that had missed: the steps of a lookup are written in order.
--
-- A function counts the bins: an aggregate for each bin took a lone lookup longer to start than everything else here.
create or replace function add_usage() returns trigger language plpgsql
set enable_seqscan = off set plan_cache_mode = force_generic_plan set jit = off as $$
begin
  insert into usage_buckets as b (
    workspace_id, starts_at, labels, account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id,
    outcome, lookups, attempts, from_snapshot, credits, saved, latencies)
  select s.workspace_id, s.starts_at,
    encode(substring(sha256(convert_to(json_build_array(
      s.account_id, s.provider, s.connection_id, s.payer, s.sandbox, s.operation, s.workflow, s.token_id, s.outcome
    )::text, 'UTF8')) for 16), 'hex')::uuid as labels,
    s.account_id, s.provider, s.connection_id, s.payer, s.sandbox, s.operation, s.workflow, s.token_id, s.outcome,
    s.lookups, s.attempts, s.from_snapshot, s.credits, s.saved, coalesce(latency_histogram(s.bins), '{}')
  from (
    select n.workspace_id, date_bin(interval '15 minutes', n.occurred_at, timestamptz 'epoch') as starts_at,
      n.account_id, n.provider, n.connection_id, n.payer, n.sandbox, n.operation, n.workflow, n.token_id, n.outcome,
      count(*) filter (where n.kind = 'LOOKUP' and n.step = 1) as lookups,
      count(*) filter (where n.kind = 'LOOKUP') as attempts,
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
    lookups = b.lookups + excluded.lookups,
    attempts = b.attempts + excluded.attempts,
    from_snapshot = b.from_snapshot + excluded.from_snapshot,
    credits = b.credits + excluded.credits,
    saved = b.saved + excluded.saved,
    latencies = add_histograms(b.latencies, excluded.latencies);

  insert into usage_late (
    workspace_id, entry_id, starts_at, account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id,
    outcome, lookups, attempts, from_snapshot, credits, saved, latencies)
  select n.workspace_id, n.id, date_bin(interval '15 minutes', n.occurred_at, timestamptz 'epoch'), n.account_id, n.provider,
    n.connection_id, n.payer, n.sandbox, n.operation, n.workflow, n.token_id, n.outcome,
    (n.kind = 'LOOKUP' and n.step = 1)::int, (n.kind = 'LOOKUP')::int, n.from_snapshot::int, n.credits, n.saved,
    case
      when n.latency_ms > 0 and not n.from_snapshot then latency_histogram(array[width_bucket(n.latency_ms, array[
        2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16385, 32769, 65537
      ])])
      else '{}'
    end
  from new_entries n
  join usage_rollup_ends e on e.workspace_id = n.workspace_id and e.late_before > n.occurred_at;

  if not exists (select from new_entries n where n.step > 1) then
    return null;
  end if;
  insert into usage_fallbacks (
    workspace_id, occurred_at, entry_id, missed_by, lookup_id, is_attempt, provider, connection_id, payer, sandbox, operation,
    workflow, token_id, outcome, credits)
  select n.workspace_id, n.occurred_at, n.id, m.provider, n.lookup_id, n.kind = 'LOOKUP', n.provider, n.connection_id,
    n.payer, n.sandbox, n.operation, n.workflow, n.token_id, n.outcome, n.credits
  from new_entries n
  cross join lateral (
    select f.provider
    from entries f
    where f.workspace_id = n.workspace_id and f.id = n.lookup_id and f.outcome = 'NOT_FOUND'
    union
    -- Ids begin with their time, by the clocks of several instances: these bounds leave few partitions.
    select f.provider
    from entries f
    where f.workspace_id = n.workspace_id and f.lookup_id = n.lookup_id and f.step > 1 and f.step < n.step
      and f.kind = 'LOOKUP' and f.outcome = 'NOT_FOUND' and f.id >= uuid_v7_floor(uuid_v7_time(n.lookup_id) - interval '1 day')
      and f.id < uuid_v7_floor(uuid_v7_time(n.id) + interval '1 day')
  ) m
  where n.step > 1 and m.provider <> n.provider;
  return null;
end
$$;

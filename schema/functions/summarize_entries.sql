-- requires: latency_histogram, usage_digest

-- The sums of a table of entries for each workspace, as archived_months has them.
create or replace function summarize_entries(p_table regclass) returns table (
  workspace_id uuid,
  entries bigint,
  lookups bigint,
  attempts bigint,
  from_snapshot bigint,
  credits bigint,
  saved bigint,
  digest numeric,
  budgets jsonb,
  occurred tstzmultirange
) language plpgsql stable set timezone = 'UTC' set jit = off as $$
begin
  return query execute format($query$
    with bucket as (
      select e.workspace_id, date_bin(interval '15 minutes', e.occurred_at, timestamptz 'epoch') as starts_at,
        e.account_id, e.provider, e.connection_id, e.payer, e.sandbox, e.operation, e.workflow, e.token_id, e.outcome,
        count(*) as entries,
        count(*) filter (where e.kind = 'LOOKUP' and e.step = 1) as lookups,
        count(*) filter (where e.kind = 'LOOKUP') as attempts,
        count(*) filter (where e.from_snapshot) as from_snapshot,
        sum(e.credits)::bigint as credits,
        sum(e.saved)::bigint as saved,
        array_agg(width_bucket(e.latency_ms, array[
          2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16385, 32769, 65537
        ])) filter (where e.latency_ms > 0 and not e.from_snapshot) as bins
      from %1$s e
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ), total as (
      select b.workspace_id, sum(b.entries)::bigint as entries, sum(b.lookups)::bigint as lookups,
        sum(b.attempts)::bigint as attempts, sum(b.from_snapshot)::bigint as from_snapshot,
        sum(b.credits)::bigint as credits, sum(b.saved)::bigint as saved,
        sum(usage_digest(b.starts_at, b.account_id, b.provider, b.connection_id, b.payer, b.sandbox, b.operation,
          b.workflow, b.token_id, b.outcome, array[b.lookups, b.attempts, b.from_snapshot, b.credits, b.saved],
          latency_histogram(b.bins))) as digest
      from bucket b
      group by b.workspace_id
    ), budget as (
      select c.workspace_id, jsonb_agg(
        jsonb_build_object('budgetId', c.budget_id, 'startsAt', c.starts_at, 'credits', c.credits)
        order by c.budget_id, c.starts_at) as budgets
      from (
        select e.workspace_id, b.budget_id, b.starts_at, sum(e.credits)::bigint as credits
        from %1$s e
        cross join lateral unnest(e.budget_ids, e.budget_starts) as b (budget_id, starts_at)
        group by 1, 2, 3
        having sum(e.credits) <> 0
      ) c
      group by c.workspace_id
    ), day as (
      select d.workspace_id, range_agg(tstzrange(d.starts_at, d.starts_at + interval '1 day')) as occurred
      from (select distinct e.workspace_id, date_trunc('day', e.occurred_at) as starts_at from %1$s e) d
      group by d.workspace_id
    )
    select t.workspace_id, t.entries, t.lookups, t.attempts, t.from_snapshot, t.credits, t.saved, t.digest,
      coalesce(b.budgets, '[]'), d.occurred
    from total t
    join day d on d.workspace_id = t.workspace_id
    left join budget b on b.workspace_id = t.workspace_id
    order by t.workspace_id
  $query$, p_table);
end
$$;

-- requires: budget_covers

-- What a scope has spent since an instant, by the ledger: charged and presumed credits; with `p_sandbox` only those of the
-- sandbox, or only those of real providers. Whole quarters of an hour come from their sums, which are written together with
-- the entries; the rest comes from the entries. The sums do not know of jobs: see count_from_period_start.
create or replace function spent_since(
  p_workspace_id uuid, p_scope budget_scope, p_subject text, p_from timestamptz, p_sandbox boolean
) returns bigint
language sql stable as $$
  with quarter as (
    select date_bin(interval '15 minutes', p_from + interval '15 minutes' - interval '1 microsecond', 'epoch') as starts_at
  )
  select coalesce(sum(s.credits), 0)::bigint
  from (
    select u.credits
    from usage_buckets u
    where u.workspace_id = p_workspace_id and u.starts_at >= (select q.starts_at from quarter q)
      and (p_sandbox is null or u.sandbox = p_sandbox)
      and budget_covers(p_scope, p_subject, u.connection_id, u.workflow, u.token_id, u.payer, null)
    union all
    select e.credits
    from entries e
    where e.workspace_id = p_workspace_id and e.occurred_at >= p_from
      and e.occurred_at < (select q.starts_at from quarter q)
      and (p_sandbox is null or e.sandbox = p_sandbox)
      and budget_covers(p_scope, p_subject, e.connection_id, e.workflow, e.token_id, e.payer, e.job_id)
  ) s
$$;

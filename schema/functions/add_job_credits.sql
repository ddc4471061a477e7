-- Adds what corrections changed to the results of their rows and to the counters of their jobs, so that both stay the sum of
-- the entries. A row without a result gets none: its result will be the sum.
create or replace function add_job_credits(
  p_workspaces uuid[], p_jobs uuid[], p_rows int[], p_credits bigint[]
) returns void language sql
set enable_seqscan = off as $$
  with correction as (
    select c.workspace_id, c.job_id, c.job_row, sum(c.credits)::bigint as credits
    from unnest(p_workspaces, p_jobs, p_rows, p_credits) as c (workspace_id, job_id, job_row, credits)
    where c.job_id is not null and c.credits <> 0
    group by 1, 2, 3
  ),
  corrected as (
    update job_rows r set credits = r.credits + c.credits
    from correction c
    where r.workspace_id = c.workspace_id and r.job_id = c.job_id and r.number = c.job_row
    returning r.workspace_id, r.job_id, c.credits
  )
  update jobs j set credits = j.credits + s.credits
  from (select workspace_id, job_id, sum(credits)::bigint as credits from corrected group by 1, 2) s
  where j.workspace_id = s.workspace_id and j.id = s.job_id
$$;

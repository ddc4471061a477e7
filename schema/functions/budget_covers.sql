-- Whether a budget counts the credits of a lookup with these labels. The scope JOB is the last case without its name: the
-- migration that adds it to the type may run in the same transaction, which cannot use it yet.
drop function if exists budget_covers(budget_scope, text, uuid, text, uuid, text);
create or replace function budget_covers(
  scope budget_scope, subject text, connection_id uuid, workflow text, token_id uuid, payer text, job_id uuid
) returns boolean
language sql immutable as $$
  select coalesce(case scope
    when 'WORKSPACE' then true
    when 'CONNECTION' then subject = connection_id::text
    when 'WORKFLOW' then subject = workflow
    when 'TOKEN' then subject = token_id::text
    when 'MANAGED' then payer = 'MANAGED'
    else subject = job_id::text
  end, false)
$$;

-- Whether a budget counts the credits of a lookup with these labels.
create or replace function budget_covers(
  scope budget_scope, subject text, connection_id uuid, workflow text, token_id uuid, payer text
) returns boolean
language sql immutable as $$
  select coalesce(case scope
    when 'WORKSPACE' then true
    when 'CONNECTION' then subject = connection_id::text
    when 'WORKFLOW' then subject = workflow
    when 'TOKEN' then subject = token_id::text
    when 'MANAGED' then payer = 'MANAGED'
  end, false)
$$;

-- requires: uuid_v7_time

-- Whether the workspace's entry with this id is in an archived month, if it exists.
create or replace function is_archived(p_workspace_id uuid, p_id uuid) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from archived_months m
    where m.workspace_id = p_workspace_id and m.month = date_trunc('month', uuid_v7_time(p_id) at time zone 'UTC')::date
  )
$$;

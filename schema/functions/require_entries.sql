-- Whether all entries of the workspace that occurred in [p_from, p_to) are in the table; a null bound is open. Where some
-- are archived it fails with the SQLSTATE FGARC and the months in its message, so that a statement that needs them cannot
-- return less. It is called in a subquery of that statement, which has one snapshot for both.
create or replace function require_entries(p_workspace_id uuid, p_from timestamptz, p_to timestamptz) returns boolean
language plpgsql stable parallel safe as $$
declare
  v_months text;
begin
  if p_from >= p_to then
    return true;
  end if;
  select string_agg(to_char(m.month, 'YYYY-MM'), ', ' order by m.month) into v_months
  from archived_months m
  where m.workspace_id = p_workspace_id and m.occurred && tstzrange(p_from, p_to);
  if v_months is not null then
    raise exception '%', v_months using errcode = 'FGARC';
  end if;
  return true;
end
$$;

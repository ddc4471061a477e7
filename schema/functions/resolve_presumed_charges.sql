-- requires: settle_each, unlock_of_key

-- Resolves presumed charges for records that were bought by another identifier meanwhile: no provider call is needed to
-- know that they were not charged, unless the record only reported that identifier before the call. That an ADMIN decided
-- otherwise changes nothing where another entry has paid for the record; a record that was only declared may be the one
-- that the decided charge has paid for. Returns how many were resolved.
create or replace function resolve_presumed_charges(p_rows_max int) returns int language plpgsql as $$
declare
  v_settlements json;
begin
  select json_agg(json_build_object(
    'batch_position', k.batch_position, 'workspace_id', k.workspace_id, 'id', k.id, 'outcome', 'FOUND',
    'record_key', k.record_key, 'price', 0, 'latency_ms', 0))
  into v_settlements
  from (
    select row_number() over () as batch_position, known.*
    from (
      select r.workspace_id, r.id, u.record_key
      from reservations r
      cross join lateral unlock_of_key(r.workspace_id, r.account_id, r.lookup_key) k
      join unlocks u on u.workspace_id = r.workspace_id and u.id = k.unlock_id
      where r.state <> 'HELD' and r.credits > 0 and r.refetch_credits = 0 and not r.verifies_key
        and (r.state = 'PENDING_CONFIRMATION' or u.origin = 'BOUGHT')
      order by r.workspace_id, r.id
      limit p_rows_max
      for update of r skip locked
    ) known
  ) k;
  return case when v_settlements is null then 0 else settle_each(v_settlements) end;
end
$$;

-- The unlock that a lookup key leads to, and how that is known; no row where there is none. A key that the provider resolved
-- leads to the record that it answered last, whatever other records report. A key that is only reported or declared leads
-- to a record if no other record claims it: of two, either could be the one that the provider would answer with.
--
-- At most three index lookups, each of one row, however many records report the key. It is inlined where it is used.
create or replace function unlock_of_key(p_workspace_id uuid, p_account_id uuid, p_lookup_key text)
returns table (unlock_id uuid, source identifier_source) language sql stable as $$
  select coalesce(resolved.unlock_id, first_claim.unlock_id),
    case when resolved.unlock_id is null then first_claim.source else 'RESOLVED' end
  from (values (true)) as one_row
  left join lateral (
    select k.unlock_id from unlock_keys k
    where k.workspace_id = p_workspace_id and k.account_id = p_account_id and k.lookup_key = p_lookup_key
      and k.source = 'RESOLVED'
    limit 1
  ) resolved on true
  left join lateral (
    select k.unlock_id, k.source from unlock_keys k
    where k.workspace_id = p_workspace_id and k.account_id = p_account_id
      and k.lookup_key = case when resolved.unlock_id is null then p_lookup_key end
    order by k.unlock_id, k.source
    limit 1
  ) first_claim on true
  left join lateral (
    select k.unlock_id from unlock_keys k
    where k.workspace_id = p_workspace_id and k.account_id = p_account_id
      and k.lookup_key = case when first_claim.unlock_id is not null then p_lookup_key end
    order by k.unlock_id desc, k.source desc
    limit 1
  ) last_claim on true
  where resolved.unlock_id is not null or first_claim.unlock_id = last_claim.unlock_id
$$;

-- Deletes the words of the names in deleted snapshots. What is left of the same records is read again.
create or replace function delete_record_words() returns trigger language plpgsql as $$
begin
  delete from record_words w
  using deleted_snapshots d
  where w.workspace_id = d.workspace_id and w.unlock_id = d.unlock_id;

  insert into record_words_due (workspace_id, id, unlock_id)
  select distinct on (s.workspace_id, s.unlock_id) s.workspace_id, gen_random_uuid(), s.unlock_id
  from deleted_snapshots d
  join snapshots s on s.workspace_id = d.workspace_id and s.unlock_id = d.unlock_id;
  return null;
end
$$;

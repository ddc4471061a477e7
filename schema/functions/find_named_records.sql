-- The unlocks whose names have a word with each of these prefixes, at most `p_max`, in no order. Reads the words with the
-- rarest prefix, as far as a count of `v_count_max` can say. If all are more frequent than that, it returns null for one
-- unlock, which stands for too many.
--
-- A prefix is a range of words: U+10FFFF is in no word, and sorts behind every character.
create or replace function find_named_records(p_workspace_id uuid, p_prefixes text[], p_max int)
returns table (unlock_id uuid) language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  v_count_max constant int := 50000;
  v_prefix text;
  v_count int;
  v_rarest text;
  v_rarest_count int := v_count_max;
begin
  foreach v_prefix in array p_prefixes loop
    select count(*) into v_count
    from (
      select from record_words w
      where w.workspace_id = p_workspace_id and w.word >= v_prefix and w.word < v_prefix || U&'\+10FFFF'
      limit v_rarest_count
    ) some_words;
    if v_count < v_rarest_count then
      v_rarest := v_prefix;
      v_rarest_count := v_count;
    end if;
  end loop;
  if v_rarest is null then
    return query select null::uuid;
    return;
  end if;

  return query
  select distinct w.unlock_id
  from record_words w
  where w.workspace_id = p_workspace_id and w.word >= v_rarest and w.word < v_rarest || U&'\+10FFFF'
    and not exists (
      select from unnest(p_prefixes) p (prefix)
      where not exists (
        select from record_words o
        where o.workspace_id = w.workspace_id and o.unlock_id = w.unlock_id
          and o.word >= p.prefix and o.word < p.prefix || U&'\+10FFFF'))
  limit p_max;
end
$$;

-- As before, but turns from before the database's clock was set back are forgotten, once they lie too far off to have been
-- given out by it: they were obeyed, and the key stood still for as long as the jump.
create or replace function take_turns(p_wishes json)
returns table (ord int, turn_at double precision, told_at double precision)
language plpgsql as $$
declare
  v_wish record;
  v_turns double precision[];
  v_key text;
  v_turn double precision;
  v_few int;
begin
  -- Turns may be forgotten in a crash, never be waited for: no need to flush them.
  perform set_config('synchronous_commit', 'off', true);
  insert into paces as p (key, turns, used_at)
  select w.key, '{}', clock_timestamp()
  from (select distinct key from json_to_recordset(p_wishes) as (key text)) w
  order by w.key
  on conflict (key) do update set used_at = excluded.used_at;
  told_at := extract(epoch from clock_timestamp());
  for v_wish in
    select w.*
    from json_to_recordset(p_wishes) as w (
      ord int, key text, per_window int, window_seconds double precision, patience_seconds double precision)
    order by w.key, w.ord
  loop
    if v_key is distinct from v_wish.key then
      if v_key is not null then
        update paces p set turns = v_turns where p.key = v_key;
      end if;
      v_key := v_wish.key;
      select p.turns into v_turns from paces p where p.key = v_key;
      -- No honest turn lies further off than patience: the clock has been set back. Twice, so that a small step back under
      -- a full queue does not forget turns that are still to come.
      if v_turns[cardinality(v_turns)] > told_at + 2 * v_wish.patience_seconds then
        v_turns := '{}';
      end if;
    end if;
    v_turn := greatest(told_at, v_turns[cardinality(v_turns)]);
    v_few := least(5, v_wish.per_window);
    if cardinality(v_turns) >= v_few then
      v_turn := greatest(
        v_turn, v_turns[cardinality(v_turns) - v_few + 1] + v_wish.window_seconds * v_few / v_wish.per_window);
    end if;
    ord := v_wish.ord;
    if v_turn - told_at > v_wish.patience_seconds then
      turn_at := null;
    else
      v_turns := (v_turns || v_turn)[greatest(1, cardinality(v_turns) + 2 - v_few):];
      turn_at := v_turn;
    end if;
    return next;
  end loop;
  if v_key is not null then
    update paces p set turns = v_turns where p.key = v_key;
  end if;
end
$$;
--> statement-breakpoint
-- A partition is made under a lock on `entries` that waits for every reader and that every ask then waits for. So it is
-- tried for no longer than anybody would notice; there are months of time to try it again.
alter function make_entry_partitions(timestamptz, int) set lock_timeout = '250ms';
--> statement-breakpoint
-- These providers take one kind of address only, and their questions are named after the work address from now on, whichever
-- kind was asked for. What was unlocked by a personal address answers to the new name as well, or it would be paid for again.
insert into aliases (workspace_id, account_id, alias, unlock_id)
select a.workspace_id, a.account_id, 'person:workEmail:' || substr(a.alias, length('person:personalEmail:') + 1), a.unlock_id
from aliases a
join unlocks u on u.workspace_id = a.workspace_id and u.id = a.unlock_id
where a.alias like 'person:personalEmail:%' and u.provider in ('PEOPLE_DATA_LABS', 'APOLLO')
on conflict do nothing;
--> statement-breakpoint
-- So does what is under way or in doubt.
update reservations r set subject = 'person:workEmail:' || substr(r.subject, length('person:personalEmail:') + 1)
where r.subject like 'person:personalEmail:%' and r.provider in ('PEOPLE_DATA_LABS', 'APOLLO')
  and (r.state <> 'HELD' or not exists (
    select from reservations o
    where o.workspace_id = r.workspace_id and o.account_id = r.account_id and o.variant = r.variant and o.state = 'HELD'
      and o.subject = 'person:workEmail:' || substr(r.subject, length('person:personalEmail:') + 1)));

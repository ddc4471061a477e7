drop function take_turns(json);
--> statement-breakpoint
-- As before, but a turn is an instant of the database's clock (`turn_at`, seconds since the epoch; null where it would lie
-- further off than `patience_seconds`), and `told_at` is what that clock showed when the turns were given out. A wait that
-- is counted from "now" is only as good as the instance's guess of when that was: an instance whose statement stood in a
-- queue for 200 ms sent everything 200 ms early.
create function take_turns(p_wishes json)
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

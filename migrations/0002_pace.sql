-- When each provider key sent its latest requests, so that a provider's limit holds for all instances together.
-- Unlogged: after a crash of the database the past second is over anyway.
create unlogged table paces (
  key text primary key,
  -- Seconds since the epoch, oldest first, as many as the next turn depends on.
  turns double precision[] not null,
  used_at timestamptz not null
);
--> statement-breakpoint
-- Gives each wish of a group its turn: in fives, each five a tenth of the window after the one before, so that no more
-- than `per_window` turns of a key lie in any `window_seconds`. Fives rather than all fifty at one instant: a process that
-- must wake up, connect and write fifty times at once is late with most of them, and three together then broke the limit
-- (71 in a second, measured with cold connections on a busy machine; 54 in fives). Answers how long to wait from now, in seconds, and null where that would exceed
-- `patience_seconds`; a wish without a turn leaves none behind.
create function take_turns(p_wishes json) returns table (ord int, wait_seconds double precision)
language plpgsql as $$
declare
  v_now double precision;
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
  v_now := extract(epoch from clock_timestamp());
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
    v_turn := greatest(v_now, v_turns[cardinality(v_turns)]);
    v_few := least(5, v_wish.per_window);
    if cardinality(v_turns) >= v_few then
      v_turn := greatest(
        v_turn, v_turns[cardinality(v_turns) - v_few + 1] + v_wish.window_seconds * v_few / v_wish.per_window);
    end if;
    ord := v_wish.ord;
    if v_turn - v_now > v_wish.patience_seconds then
      wait_seconds := null;
    else
      v_turns := (v_turns || v_turn)[greatest(1, cardinality(v_turns) + 2 - v_few):];
      wait_seconds := v_turn - v_now;
    end if;
    return next;
  end loop;
  if v_key is not null then
    update paces p set turns = v_turns where p.key = v_key;
  end if;
end
$$;

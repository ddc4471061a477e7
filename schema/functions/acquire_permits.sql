-- Assigns a permit to each request of a batch: the instant of the database's clock (seconds since the epoch) at which the
-- key may send it. `permit_at` is null where that would be more than `max_wait_seconds` away; such a request leaves no
-- permit behind, and `retry_after_seconds` says when it would have got one: refused requests of one batch count as if they
-- stood in line, so that they do not all return at once. `database_now` is the database's clock at the time of the assignment. Permits are instants, not waits,
-- because a wait counts from when the instance believes that the answer was made: an instance whose statement was queued
-- for 200 ms sent everything 200 ms early.
--
-- Permits come in bursts of up to `burst`, each a fraction of the window after the one before, so that no more than
-- `per_window` permits of a key fall into any `window_seconds`.
--
-- A request that yields gets a permit only where it is due now or is the very next one, evenly spaced, whatever it may
-- wait; `retry_after_seconds` is then when to ask again. So at most one permit is assigned ahead for such requests, and a
-- request that does not yield gets at worst the permit after it. In a batch the others are served first.
drop function if exists acquire_permits(json);
create or replace function acquire_permits(p_requests json, p_queue_seconds_max double precision)
returns table (
  batch_position int,
  permit_at double precision,
  retry_after_seconds double precision,
  database_now double precision
) language plpgsql as $$
declare
  v_request record;
  v_key text;
  v_permits double precision[];
  v_permit double precision;
  v_burst int;
  v_spread int;
  v_slot double precision;
  v_wait_max double precision;
  v_refused int;
begin
  -- Permits may be lost in a crash, so nothing waits for a flush.
  perform set_config('synchronous_commit', 'off', true);
  insert into rate_limits as l (key, permits, used_at)
  select r.key, '{}', clock_timestamp()
  from (select distinct key from json_to_recordset(p_requests) as (key text)) r
  order by r.key
  on conflict (key) do update set used_at = excluded.used_at;
  database_now := extract(epoch from clock_timestamp());
  for v_request in
    select r.*
    from json_to_recordset(p_requests) as r (
      batch_position int, key text, per_window int, window_seconds double precision, burst int,
      max_wait_seconds double precision, yields boolean)
    order by r.key, r.yields is true, r.batch_position
  loop
    if v_key is distinct from v_request.key then
      if v_key is not null then
        update rate_limits l set permits = v_permits where l.key = v_key;
      end if;
      v_key := v_request.key;
      select l.permits into v_permits from rate_limits l where l.key = v_key;
      v_refused := 0;
      -- No valid permit is further away than the longest wait, so the database's clock was set back: otherwise the key
      -- would stand still for as long as the clock jumped. Twice the wait, so that a small step back under a full queue
      -- does not discard permits that are still to come.
      if v_permits[cardinality(v_permits)] > database_now + 2 * p_queue_seconds_max then
        v_permits := '{}';
      end if;
    end if;
    v_permit := greatest(database_now, v_permits[cardinality(v_permits)]);
    v_slot := v_request.window_seconds / v_request.per_window;
    v_burst := least(v_request.burst, v_request.per_window);
    v_wait_max := v_request.max_wait_seconds;
    if cardinality(v_permits) >= v_burst then
      v_permit := greatest(v_permit, v_permits[cardinality(v_permits) - v_burst + 1] + v_slot * v_burst);
    end if;
    if v_request.yields then
      v_wait_max := v_slot;
      -- One instant for all permits of 10 ms, because each needs an answer of the database: one at up to 100 in a second.
      v_spread := greatest(1, least(v_burst, ceil(0.01 / v_slot)));
      if cardinality(v_permits) >= v_spread then
        v_permit := greatest(v_permit, v_permits[cardinality(v_permits) - v_spread + 1] + v_slot * v_spread);
      end if;
    end if;
    batch_position := v_request.batch_position;
    retry_after_seconds := null;
    -- The tolerance of a sum of instants in double precision.
    if v_permit - database_now > v_wait_max + 0.0001 then
      permit_at := null;
      retry_after_seconds := v_permit - database_now - v_wait_max + v_refused * v_slot;
      v_refused := v_refused + 1;
    else
      v_permits := (v_permits || v_permit)[greatest(1, cardinality(v_permits) + 2 - v_burst):];
      permit_at := v_permit;
    end if;
    return next;
  end loop;
  if v_key is not null then
    update rate_limits l set permits = v_permits where l.key = v_key;
  end if;
end
$$;

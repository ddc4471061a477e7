-- Counts the lookups of a batch against the limits of their tokens, in the order of the batch, and returns how many of each
-- request's are granted: the first ones of a list, as far as the limit goes. Durable before any of them starts, so a crash
-- may leave lookups counted that were never made, and never the other way round. A day is one of UTC by the database's
-- clock; `retry_after_seconds` is how long the present one lasts. A token without a limit is granted everything.
create or replace function count_lookups(p_requests json)
returns table (batch_position int, granted int, lookups_per_day bigint, retry_after_seconds double precision)
language plpgsql as $$
#variable_conflict use_column
declare
  v_day date := (clock_timestamp() at time zone 'UTC')::date;
begin
  -- Locks the row of each token, in one order. A transaction that waited past midnight counts in the day that it finds.
  insert into token_lookups as l (workspace_id, token_id, day, lookups)
  select r.workspace_id, r.token_id, v_day, 0
  from (select distinct workspace_id, token_id from json_to_recordset(p_requests) as (workspace_id uuid, token_id uuid)) r
  order by r.workspace_id, r.token_id
  on conflict (workspace_id, token_id) do update
  set lookups = case when l.day < excluded.day then 0 else l.lookups end, day = greatest(l.day, excluded.day);

  return query
  with granted as materialized (
    select r.batch_position, r.workspace_id, r.token_id, t.lookups_per_day, l.day,
      greatest(0, least(r.lookups, coalesce(t.lookups_per_day, 9223372036854775807) - l.lookups - r.before))::int as granted
    from (
      select q.*, coalesce(sum(q.lookups) over (
        partition by q.workspace_id, q.token_id order by q.batch_position
        rows between unbounded preceding and 1 preceding), 0)::bigint as before
      from json_to_recordset(p_requests) as q (batch_position int, workspace_id uuid, token_id uuid, lookups int)
    ) r
    join tokens t on t.workspace_id = r.workspace_id and t.id = r.token_id
    join token_lookups l on l.workspace_id = r.workspace_id and l.token_id = r.token_id
  ),
  counted as (
    update token_lookups l
    set lookups = l.lookups + g.granted
    from (select workspace_id, token_id, sum(granted) as granted from granted group by 1, 2) g
    where l.workspace_id = g.workspace_id and l.token_id = g.token_id
  )
  select g.batch_position, g.granted, g.lookups_per_day,
    extract(epoch from (g.day + 1)::timestamp at time zone 'UTC' - clock_timestamp())::double precision
  from granted g;
end
$$;

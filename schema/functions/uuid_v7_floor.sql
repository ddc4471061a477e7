-- The smallest id that a UUIDv7 of this instant can be: a bound for ranges of ids.
create or replace function uuid_v7_floor(p_at timestamptz) returns uuid language sql immutable as $$
  select rpad(lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

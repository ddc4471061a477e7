create or replace function renew_snapshot() returns trigger language plpgsql as $$
begin
  new.fetched_at := new.fetched_at + interval '1 microsecond';
  return new;
end
$$;

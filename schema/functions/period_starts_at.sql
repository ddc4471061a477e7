-- requires: local_midnight

-- The start of the budget period that contains `at`. It is computed; no job resets periods. TOTAL is one period without
-- an end.
create or replace function period_starts_at(period budget_period, time_zone text, at timestamptz) returns timestamptz
language sql stable as $$
  select case
    when period = 'TOTAL' then timestamptz 'epoch'
    else local_midnight(date_trunc(lower(period::text), at at time zone time_zone), time_zone)
  end
$$;

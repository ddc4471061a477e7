-- requires: local_midnight

-- The end of the budget period that starts at `starts_at`; null for TOTAL.
create or replace function period_ends_at(period budget_period, time_zone text, starts_at timestamptz) returns timestamptz
language sql stable as $$
  select case
    when period <> 'TOTAL' then local_midnight(
      date_trunc('day', starts_at at time zone time_zone)
        + case period when 'DAY' then interval '1 day' when 'WEEK' then interval '7 days' else interval '1 month' end,
      time_zone)
  end
$$;

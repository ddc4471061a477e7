-- requires: entry_labels

-- One request of a batch to reserve_credits. `batch_position` counts from 1. `looks_up_again`: a call goes out by the lookup
-- key even if a record is known by it, and may find another one. `cached_unlock_id` and `cached_fetched_at`: the snapshot that
-- the caller has, if any.
create type reservation_request as (
  batch_position int,
  workspace_id uuid,
  id uuid,
  account_id uuid,
  lookup_key text,
  variant text,
  credits bigint,
  refetch_credits bigint,
  looks_up_again boolean,
  may_charge boolean,
  max_age_seconds bigint,
  cached_unlock_id uuid,
  cached_fetched_at timestamptz,
  lookup_id uuid,
  step int,
  job_row int,
  labels entry_labels
);

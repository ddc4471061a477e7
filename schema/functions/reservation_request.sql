-- requires: entry_labels

-- One request of a batch to reserve_credits. `batch_position` counts from 1.
create type reservation_request as (
  batch_position int,
  workspace_id uuid,
  id uuid,
  account_id uuid,
  lookup_key text,
  variant text,
  credits bigint,
  refetch_credits bigint,
  may_charge boolean,
  max_age_seconds bigint,
  lookup_id uuid,
  step int,
  labels entry_labels
);

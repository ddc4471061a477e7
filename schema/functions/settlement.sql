-- One settlement of a batch to settle_credits: how the call of a reservation ended. `reported_credits` is what the
-- provider says that it charged; where it is null, `price` decides. `snapshot_position` is the place of the snapshot to
-- keep among the bodies; null keeps none. `record_name` is what the snapshot
-- is searched by: an empty text for none, null if it is to be read from the body. `presumed_cause` says why the result is UNKNOWN.
create type settlement as (
  batch_position int,
  workspace_id uuid,
  id uuid,
  outcome outcome,
  price bigint,
  reported_credits bigint,
  record_key text,
  lookup_keys text[],
  snapshot_position int,
  record_name text,
  problem text,
  presumed_cause presumed_cause,
  latency_ms int
);

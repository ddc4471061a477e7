-- What reserve_credits decides for the request at `request_position` of the batch:
--   credits_needed    what it would reserve
--   leader_position   the batch's first request for the same lookup key that could pay; in that request's own row, the
--                     request that does pay
--   exceeded_period   the budget period that refused it, as a period_index of budget_hold
--   waits_for         the reservation that is in flight for the lookup key
--   waits_for_refetch whether that one fetches a known record by its own id
-- The rest is what the ledger knows of the lookup key.
create type reservation_decision as (
  request_position int,
  status text,
  credits_needed bigint,
  leader_position int,
  exceeded_period int,
  waits_for uuid,
  waits_for_refetch boolean,
  unlock_id uuid,
  source identifier_source,
  record_key text,
  price bigint,
  unlocked_at timestamptz,
  fetched_at timestamptz
);

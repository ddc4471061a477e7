-- One settlement, or one correction, on its way through settle_credits:
--   batch_position   null for a correction
--   reservation      as it was when it was claimed; null where it is gone
--   settled          whether the reservation still existed
--   kind             of the entry to write; null where none is written
--   unlock_price     what the record cost when it was bought
--   record_found     whether the provider returned a record
--   is_purchase      whether this settlement bought the record; in a correction, whether the presumed charge was the
--                    purchase
--   provider_cost    what the provider charged
--   record_key       the record's own key, and lookup_keys those of all identifiers that it contains
create type ledger_line as (
  batch_position int,
  workspace_id uuid,
  id uuid,
  reservation reservations,
  settled boolean,
  kind entry_kind,
  corrects_entry_id uuid,
  outcome outcome,
  charge charge,
  credits bigint,
  saved bigint,
  unlock_id uuid,
  unlocked_at timestamptz,
  unlock_price bigint,
  record_found boolean,
  is_purchase boolean,
  provider_cost bigint,
  record_key text,
  lookup_keys text[],
  snapshot_position int,
  record_name text,
  problem text,
  presumed_cause presumed_cause,
  latency_ms int
);

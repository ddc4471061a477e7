-- The credits that one request holds in one budget period; with a null `batch_position`, those that the whole batch
-- holds. `period_index` numbers the batch's periods in the order in which they are locked.
create type budget_hold as (
  batch_position int,
  credits bigint,
  workspace_id uuid,
  budget_id uuid,
  starts_at timestamptz,
  period_index int
);

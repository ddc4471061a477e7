-- requires: add_usage, delete_record_words, forbid_change, queue_alert_deliveries, renew_snapshot

-- The ledger is append-only. create_entry_partitions adds the same TRUNCATE trigger to each month.
create or replace trigger entries_append_only before update or delete on entries
  for each row execute function forbid_change();
create or replace trigger entries_no_truncate before truncate on entries
  for each statement execute function forbid_change();
create or replace trigger entries_other_no_truncate before truncate on entries_other
  for each statement execute function forbid_change();

-- Reports read sums that are written in the statement that writes the entries.
create or replace trigger entries_usage after insert on entries
  referencing new table as new_entries for each statement execute function add_usage();

-- The audit log is append-only, too. By statement, so that also one that changes no row is refused.
create or replace trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function forbid_change();

create or replace trigger alerts_deliveries after insert on alerts
  referencing new table as new_alerts for each statement execute function queue_alert_deliveries();

-- No way of deleting a snapshot leaves the words of its name.
create or replace trigger snapshots_words after delete on snapshots
  referencing old table as deleted_snapshots for each statement execute function delete_record_words();

-- Instances keep bodies by their fetched_at. A body that is changed in any way gets another one.
create or replace trigger snapshots_renewed before update of body on snapshots
  for each row when (new.fetched_at = old.fetched_at and new.body is distinct from old.body)
  execute function renew_snapshot();

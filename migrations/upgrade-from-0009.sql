-- Brings a database at the last migration before the baseline (0009) to the baseline, with its data. migrate.ts runs it
-- instead of 0000_baseline.sql where it finds that migration; the functions of schema/functions are applied after it. It is
-- not in Drizzle's journal. It changes names and moves rows of small tables: no large table is rewritten.

-- Nothing is reserved or settled meanwhile. The order is the one in which those statements take their first locks.
lock table reservations, aliases, unlocks, snapshots, budgets, budget_periods, entries in access exclusive mode;

-- Functions and composite types. Trigger functions keep their triggers and get their new bodies afterwards.
alter function refuse_change() rename to forbid_change;
alter function count_usage() rename to add_usage;
drop function clear_known_doubts(int);
drop function expire_reservations(int);
drop function settle_credits(json, text, json);
drop function reserve_credits(int, json, json);
drop function take_turns(json);
drop function make_entry_partitions(timestamptz, int);
drop function first_id_of(timestamptz);
drop function count_bins(int[]);
drop function add_counts(int[], int[]);
drop type ledger_line;
drop type ledger_ending;
drop type ledger_hold;
drop type ledger_copy;
drop type ledger_verdict;
drop type ledger_ask;

-- Values.
alter type entry_kind rename value 'ASK' to 'LOOKUP';
alter type reservation_state rename value 'IN_DOUBT' to 'PENDING_CONFIRMATION';

-- Unlocks and the keys that find them.
alter table aliases rename to unlock_keys;
alter table unlock_keys rename column alias to lookup_key;
alter table unlock_keys rename constraint aliases_workspace_id_account_id_alias_pk
  to unlock_keys_workspace_id_account_id_lookup_key_pk;
alter index aliases_unlock rename to unlock_keys_unlock;
alter table unlocks rename column record to record_key;
alter index unlocks_record rename to unlocks_record_key;
alter index unlocks_at rename to unlocks_unlocked_at;

-- Reservations.
alter table reservations rename column subject to lookup_key;
alter table reservations rename column ask_id to lookup_id;
alter index reservations_in_doubt rename to reservations_pending_confirmation;

-- Entries, with the indexes of their partitions, which bear the names of the columns.
alter table entries rename column at to occurred_at;
alter table entries rename column refers_to to corrects_entry_id;
alter table entries rename column ask_id to lookup_id;
alter index entries_at rename to entries_occurred_at;
alter index entries_ask rename to entries_lookup;
alter index entries_refers_to rename to entries_corrects_entry;
do $$
declare
  v_index record;
begin
  for v_index in
    select c.relname as old_name,
      t.relname || case p.relname
        when 'entries_occurred_at' then '_workspace_id_occurred_at_id_idx'
        when 'entries_lookup' then '_workspace_id_lookup_id_idx'
        when 'entries_unlock' then '_workspace_id_unlock_id_idx'
        when 'entries_corrects_entry' then '_workspace_id_corrects_entry_id_idx'
      end as new_name
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid and c.relkind = 'i'
    join pg_class p on p.oid = i.inhparent
    join pg_index x on x.indexrelid = c.oid
    join pg_class t on t.oid = x.indrelid
    where p.relname in ('entries_occurred_at', 'entries_lookup', 'entries_unlock', 'entries_corrects_entry')
      and p.relnamespace = 'public'::regnamespace
  loop
    if v_index.old_name <> v_index.new_name then
      execute format('alter index %I rename to %I', v_index.old_name, v_index.new_name);
    end if;
  end loop;
end
$$;

-- Rate limits, usage, idempotent requests.
alter table paces rename to rate_limits;
alter table rate_limits rename column turns to permits;
alter table rate_limits rename constraint paces_pkey to rate_limits_pkey;
alter table usage_buckets rename column asks to lookups;
alter table idempotent_requests rename column answer_sealed to response_sealed;

-- Balances.
alter table balance_plans rename column declared_at to updated_at;
alter table balance_plans rename column watched_at to checked_at;
alter table balance_readings rename column at to observed_at;
alter index balance_readings_at rename to balance_readings_observed_at;

-- Alerts and webhooks: one table each. Sealed secrets stay as they are, because they are bound to the id of the budget or
-- account, which does not change.
create type alert_kind as enum ('BUDGET', 'BALANCE');
create table threshold_alerts (
  workspace_id uuid not null,
  id uuid not null,
  kind alert_kind not null,
  subject_id uuid not null,
  period_starts_at timestamptz not null,
  threshold integer not null,
  facts jsonb not null,
  raised_at timestamptz not null,
  attempts integer default 0 not null,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  constraint threshold_alerts_workspace_id_id_pk primary key (workspace_id, id)
);
create unique index threshold_alerts_once
  on threshold_alerts (workspace_id, kind, subject_id, period_starts_at, threshold);
create index threshold_alerts_due on threshold_alerts (next_attempt_at) where next_attempt_at is not null;
insert into threshold_alerts (
  workspace_id, id, kind, subject_id, period_starts_at, threshold, facts, raised_at, attempts, next_attempt_at,
  delivered_at)
select workspace_id, uuid_v7(), 'BUDGET', budget_id, starts_at, threshold,
  jsonb_build_object('limit', "limit"::text, 'spent', spent::text), crossed_at, tries, next_try_at, delivered_at
from budget_crossings
order by crossed_at;
insert into threshold_alerts (
  workspace_id, id, kind, subject_id, period_starts_at, threshold, facts, raised_at, attempts, next_attempt_at,
  delivered_at)
select workspace_id, uuid_v7(), 'BALANCE', account_id, starts_at, threshold,
  jsonb_build_object(
    'monthlyCredits', monthly_credits::text, 'used', used::text, 'remaining', remaining::text,
    'renewsAt', to_char(renews_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
  crossed_at, tries, next_try_at, delivered_at
from balance_crossings
order by crossed_at;
drop table budget_crossings;
drop table balance_crossings;

create table webhook_endpoints (
  workspace_id uuid not null,
  kind alert_kind not null,
  subject_id uuid not null,
  url text not null,
  secret_sealed bytea not null,
  previous_secret_sealed bytea,
  previous_secret_expires_at timestamptz,
  constraint webhook_endpoints_workspace_id_kind_subject_id_pk primary key (workspace_id, kind, subject_id)
);
alter table webhook_endpoints add constraint webhook_endpoints_workspace_id_workspaces_id_fk
  foreign key (workspace_id) references workspaces (id);
insert into webhook_endpoints (workspace_id, kind, subject_id, url, secret_sealed)
select workspace_id, 'BUDGET', id, webhook_url, webhook_secret_sealed
from budgets
where webhook_url is not null and webhook_secret_sealed is not null;
insert into webhook_endpoints (workspace_id, kind, subject_id, url, secret_sealed)
select workspace_id, 'BALANCE', account_id, webhook_url, webhook_secret_sealed
from balance_plans
where webhook_url is not null and webhook_secret_sealed is not null;
alter table budgets drop column webhook_url, drop column webhook_secret_sealed;
alter table balance_plans drop column webhook_url, drop column webhook_secret_sealed;

-- What is applied of schema/functions.
create table schema_functions (
  name text primary key not null,
  hash text not null,
  applied_by text not null
);

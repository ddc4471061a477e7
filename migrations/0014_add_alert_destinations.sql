CREATE TYPE "public"."alert_destination_kind" AS ENUM('WEBHOOK', 'SLACK', 'TEAMS', 'GOOGLE_CHAT', 'DISCORD', 'EMAIL');--> statement-breakpoint
CREATE TYPE "public"."alert_event" AS ENUM('BUDGET_THRESHOLD', 'BALANCE_THRESHOLD', 'KEY_REFUSED', 'PROVIDER_UNAVAILABLE', 'PRESUMED_CHARGES');--> statement-breakpoint
CREATE TABLE "alert_deliveries" (
	"workspace_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"last_attempt_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "alert_deliveries_workspace_id_alert_id_destination_id_pk" PRIMARY KEY("workspace_id","alert_id","destination_id")
);
--> statement-breakpoint
CREATE TABLE "alert_destinations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" "alert_destination_kind" NOT NULL,
	"name" text NOT NULL,
	"url" text,
	"url_sealed" "bytea",
	"recipients" text[],
	"secret_sealed" "bytea",
	"previous_secret_sealed" "bytea",
	"previous_secret_expires_at" timestamp with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"events" "alert_event"[] NOT NULL,
	"budget_ids" uuid[],
	"account_ids" uuid[],
	"tested_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_destinations_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event" "alert_event" NOT NULL,
	"subject" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"threshold" integer DEFAULT 0 NOT NULL,
	"facts" jsonb NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "alerts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_fk" FOREIGN KEY ("workspace_id","alert_id") REFERENCES "public"."alerts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_destination_fk" FOREIGN KEY ("workspace_id","destination_id") REFERENCES "public"."alert_destinations"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_destinations" ADD CONSTRAINT "alert_destinations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_deliveries_destination" ON "alert_deliveries" USING btree ("workspace_id","destination_id");--> statement-breakpoint
CREATE INDEX "alert_deliveries_due" ON "alert_deliveries" USING btree ("next_attempt_at") WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_destinations_name" ON "alert_destinations" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_once" ON "alerts" USING btree ("workspace_id","event","subject","starts_at","threshold");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_unresolved" ON "alerts" USING btree ("workspace_id","event","subject") WHERE resolved_at is null and event in ('KEY_REFUSED', 'PROVIDER_UNAVAILABLE');--> statement-breakpoint
-- Each webhook becomes a destination for its budget or account alone. It keeps the id that its sealed values are bound to.
insert into alert_destinations (
  workspace_id, id, kind, name, url, url_sealed, secret_sealed, previous_secret_sealed, previous_secret_expires_at, events,
  budget_ids, account_ids)
select w.workspace_id, w.subject_id, k.kind,
  case w.kind
    when 'BUDGET' then left('Budget ' || b.name, 80)
    else 'Balance of ' || coalesce(a.provider, 'an account')
  end || ' ' || right(w.subject_id::text, 12),
  w.url, w.url_sealed, w.secret_sealed, w.previous_secret_sealed, w.previous_secret_expires_at,
  array[case w.kind when 'BUDGET' then 'BUDGET_THRESHOLD' else 'BALANCE_THRESHOLD' end]::alert_event[],
  case w.kind when 'BUDGET' then array[w.subject_id] end,
  case w.kind when 'BALANCE' then array[w.subject_id] end
from webhook_endpoints w
left join budgets b on b.workspace_id = w.workspace_id and b.id = w.subject_id
left join accounts a on a.workspace_id = w.workspace_id and a.id = w.subject_id
cross join lateral (
  select lower(substring(w.url from '^[A-Za-z]+://(?:\[[^\]]*\]|([^/:?#]*))')) as host
) h
cross join lateral (
  select case
    when h.host ~ '^hooks\.slack(-gov)?\.com\.?$' then 'SLACK'
    when h.host ~ '\.(logic\.azure|powerplatform)\.(com|us|cn)\.?$' then 'TEAMS'
    when h.host ~ '(^|\.)webhook\.office\.com\.?$' or h.host ~ '^outlook\.office(365)?\.com\.?$' then 'TEAMS'
    when h.host ~ '^chat\.googleapis\.com\.?$' then 'GOOGLE_CHAT'
    when h.host ~ '^((ptb|canary)\.)?discord(app)?\.com\.?$' then 'DISCORD'
    else 'WEBHOOK'
  end::alert_destination_kind as kind
) k;--> statement-breakpoint
insert into alerts (workspace_id, id, event, subject, starts_at, threshold, facts, raised_at)
select workspace_id, id,
  case kind when 'BUDGET' then 'BUDGET_THRESHOLD' else 'BALANCE_THRESHOLD' end::alert_event,
  subject_id::text, period_starts_at, threshold, facts, raised_at
from threshold_alerts;--> statement-breakpoint
-- An alert that had nothing to send has no delivery. One that was never attempted was raised without a webhook, or waits.
insert into alert_deliveries (
  workspace_id, alert_id, destination_id, attempts, next_attempt_at, delivered_at, last_attempt_at, last_error)
select t.workspace_id, t.id, t.subject_id, t.attempts, t.next_attempt_at, t.delivered_at, t.last_attempt_at, t.last_error
from threshold_alerts t
join alert_destinations d on d.workspace_id = t.workspace_id and d.id = t.subject_id
where t.attempts > 0 or t.next_attempt_at is not null or t.delivered_at is not null;

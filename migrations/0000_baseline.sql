-- Tables, types and indexes, as drizzle-kit generates them from schema/tables, with what Drizzle cannot express: entries
-- are partitioned, rate_limits is unlogged, snapshots have a storage parameter. Functions, triggers and composite types
-- are in schema/functions.

CREATE TYPE "public"."alert_kind" AS ENUM('BUDGET', 'BALANCE');--> statement-breakpoint
CREATE TYPE "public"."budget_mode" AS ENUM('HARD', 'SOFT');--> statement-breakpoint
CREATE TYPE "public"."budget_period" AS ENUM('DAY', 'WEEK', 'MONTH', 'TOTAL');--> statement-breakpoint
CREATE TYPE "public"."budget_scope" AS ENUM('WORKSPACE', 'CONNECTION', 'WORKFLOW', 'TOKEN', 'MANAGED');--> statement-breakpoint
CREATE TYPE "public"."charge" AS ENUM('CHARGED', 'ALREADY_UNLOCKED', 'FREE', 'NOT_FOUND', 'PRESUMED', 'NONE');--> statement-breakpoint
CREATE TYPE "public"."entry_kind" AS ENUM('LOOKUP', 'CORRECTION');--> statement-breakpoint
CREATE TYPE "public"."outcome" AS ENUM('FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN');--> statement-breakpoint
CREATE TYPE "public"."plan" AS ENUM('FREE', 'STARTER', 'EXPLORER', 'PRO');--> statement-breakpoint
CREATE TYPE "public"."reading_source" AS ENUM('RECORDED', 'REPORTED', 'OUT_OF_CREDITS');--> statement-breakpoint
CREATE TYPE "public"."reservation_state" AS ENUM('HELD', 'PENDING_CONFIRMATION');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER');--> statement-breakpoint
CREATE TYPE "public"."unlock_origin" AS ENUM('BOUGHT', 'DECLARED');--> statement-breakpoint
CREATE TYPE "public"."waterfall_default" AS ENUM('COMPANIES', 'PEOPLE');--> statement-breakpoint
CREATE TABLE "account_keys" (
	"workspace_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "account_keys_workspace_id_provider_fingerprint_pk" PRIMARY KEY("workspace_id","provider","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "balance_plans" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"monthly_credits" bigint NOT NULL,
	"renewal_day" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"rollover" boolean NOT NULL,
	"thresholds" integer[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone,
	CONSTRAINT "balance_plans_workspace_id_account_id_pk" PRIMARY KEY("workspace_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "balance_pools" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credits" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "balance_pools_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "balance_readings" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"credits" bigint NOT NULL,
	"source" "reading_source" NOT NULL,
	"token_id" uuid,
	CONSTRAINT "balance_readings_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "budget_periods" (
	"workspace_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"reserved" bigint NOT NULL,
	"spent" bigint NOT NULL,
	CONSTRAINT "budget_periods_workspace_id_budget_id_starts_at_pk" PRIMARY KEY("workspace_id","budget_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"scope" "budget_scope" NOT NULL,
	"subject" text,
	"period" "budget_period" NOT NULL,
	"time_zone" text NOT NULL,
	"limit" bigint NOT NULL,
	"mode" "budget_mode" NOT NULL,
	"thresholds" integer[] NOT NULL,
	"set_by_operator" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "budgets_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"account_id" uuid NOT NULL,
	"key_sealed" "bytea",
	"key_hint" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"verified_at" timestamp with time zone,
	"problem_code" text,
	"disabled_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" "entry_kind" DEFAULT 'LOOKUP' NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"corrects_entry_id" uuid,
	"outcome" "outcome" NOT NULL,
	"charge" charge NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"account_id" uuid,
	"lookup_id" uuid NOT NULL,
	"step" smallint DEFAULT 1 NOT NULL,
	"operation" text NOT NULL,
	"provider" text,
	"connection_id" uuid,
	"payer" text,
	"sandbox" boolean DEFAULT false NOT NULL,
	"token_id" uuid NOT NULL,
	"workflow" text,
	"unlock_id" uuid,
	"from_snapshot" boolean DEFAULT false NOT NULL,
	"budget_ids" uuid[] DEFAULT '{}' NOT NULL,
	"budget_starts" timestamp with time zone[] DEFAULT '{}' NOT NULL,
	"problem" text,
	"latency_ms" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "entries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
-- Entries of a month that has no partition: a write never fails because a partition is missing.
CREATE TABLE "entries_other" PARTITION OF "entries" DEFAULT;
--> statement-breakpoint
CREATE TABLE "idempotent_requests" (
	"workspace_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"key_fingerprint" "bytea" NOT NULL,
	"request_fingerprint" "bytea" NOT NULL,
	"id" uuid NOT NULL,
	"response_sealed" "bytea",
	"lease_ends_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotent_requests_workspace_id_token_id_key_fingerprint_pk" PRIMARY KEY("workspace_id","token_id","key_fingerprint")
);
--> statement-breakpoint
-- Unlogged: after a crash of the database the last second is over.
CREATE UNLOGGED TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"permits" double precision[] NOT NULL,
	"used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"lookup_key" text NOT NULL,
	"variant" text NOT NULL,
	"state" "reservation_state" DEFAULT 'HELD' NOT NULL,
	"credits" bigint NOT NULL,
	"refetch_credits" bigint DEFAULT 0 NOT NULL,
	"unlock_id" uuid,
	"lookup_id" uuid NOT NULL,
	"step" smallint DEFAULT 1 NOT NULL,
	"operation" text NOT NULL,
	"provider" text,
	"connection_id" uuid,
	"payer" text,
	"sandbox" boolean DEFAULT false NOT NULL,
	"token_id" uuid NOT NULL,
	"workflow" text,
	"budget_ids" uuid[] NOT NULL,
	"budget_starts" timestamp with time zone[] NOT NULL,
	"reserved_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schema_functions" (
	"name" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"applied_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"workspace_id" uuid NOT NULL,
	"unlock_id" uuid NOT NULL,
	"variant" text NOT NULL,
	"body" text NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "snapshots_workspace_id_unlock_id_variant_pk" PRIMARY KEY("workspace_id","unlock_id","variant")
);
--> statement-breakpoint
-- Snapshots of 4 KB compress to little more than 2. As rows of up to a third of a page they stay in the table, and are
-- found and written in one place instead of three.
ALTER TABLE "snapshots" SET (toast_tuple_target = 2712);
--> statement-breakpoint
CREATE TABLE "threshold_alerts" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" "alert_kind" NOT NULL,
	"subject_id" uuid NOT NULL,
	"period_starts_at" timestamp with time zone NOT NULL,
	"threshold" integer NOT NULL,
	"facts" jsonb NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "threshold_alerts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"hash_prefix" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"hint" text NOT NULL,
	"workflow" text,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tokens_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "unlock_keys" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"lookup_key" text NOT NULL,
	"unlock_id" uuid NOT NULL,
	CONSTRAINT "unlock_keys_workspace_id_account_id_lookup_key_pk" PRIMARY KEY("workspace_id","account_id","lookup_key")
);
--> statement-breakpoint
CREATE TABLE "unlocks" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"record_key" text NOT NULL,
	"operation" text NOT NULL,
	"provider" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"price" bigint NOT NULL,
	"refetch_costs" boolean DEFAULT false NOT NULL,
	"origin" "unlock_origin" DEFAULT 'BOUGHT' NOT NULL,
	"entry_id" uuid,
	"unlocked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "unlocks_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "usage_buckets" (
	"workspace_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"labels" uuid NOT NULL,
	"account_id" uuid,
	"provider" text,
	"connection_id" uuid,
	"payer" text,
	"sandbox" boolean NOT NULL,
	"operation" text NOT NULL,
	"workflow" text,
	"token_id" uuid NOT NULL,
	"outcome" "outcome" NOT NULL,
	"lookups" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"from_snapshot" bigint NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"latencies" integer[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "usage_buckets_workspace_id_starts_at_labels_pk" PRIMARY KEY("workspace_id","starts_at","labels")
);
--> statement-breakpoint
CREATE TABLE "vault" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"fingerprint_key_sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waterfalls" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"steps" json NOT NULL,
	"default_for" "waterfall_default",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waterfalls_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"workspace_id" uuid NOT NULL,
	"kind" "alert_kind" NOT NULL,
	"subject_id" uuid NOT NULL,
	"url" text NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"previous_secret_sealed" "bytea",
	"previous_secret_expires_at" timestamp with time zone,
	CONSTRAINT "webhook_endpoints_workspace_id_kind_subject_id_pk" PRIMARY KEY("workspace_id","kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"plan" "plan" DEFAULT 'PRO' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_keys" ADD CONSTRAINT "account_keys_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_plans" ADD CONSTRAINT "balance_plans_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_pools" ADD CONSTRAINT "balance_pools_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waterfalls" ADD CONSTRAINT "waterfalls_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "balance_pools_account" ON "balance_pools" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE INDEX "balance_readings_observed_at" ON "balance_readings" USING btree ("workspace_id","account_id","observed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_name" ON "budgets" USING btree ("workspace_id","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_name" ON "connections" USING btree ("workspace_id","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_default" ON "connections" USING btree ("workspace_id","provider") WHERE is_default and deleted_at is null;--> statement-breakpoint
CREATE INDEX "connections_account" ON "connections" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE INDEX "entries_occurred_at" ON "entries" USING btree ("workspace_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "entries_lookup" ON "entries" USING btree ("workspace_id","lookup_id") WHERE step > 1;--> statement-breakpoint
CREATE INDEX "entries_unlock" ON "entries" USING btree ("workspace_id","unlock_id") WHERE unlock_id is not null;--> statement-breakpoint
CREATE INDEX "entries_corrects_entry" ON "entries" USING btree ("workspace_id","corrects_entry_id") WHERE corrects_entry_id is not null;--> statement-breakpoint
CREATE INDEX "idempotent_requests_expires_at" ON "idempotent_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reservations_held" ON "reservations" USING btree ("workspace_id","account_id","lookup_key","variant") WHERE state = 'HELD';--> statement-breakpoint
CREATE INDEX "reservations_pending_confirmation" ON "reservations" USING btree ("workspace_id","account_id","lookup_key") WHERE state = 'PENDING_CONFIRMATION';--> statement-breakpoint
CREATE UNIQUE INDEX "threshold_alerts_once" ON "threshold_alerts" USING btree ("workspace_id","kind","subject_id","period_starts_at","threshold");--> statement-breakpoint
CREATE INDEX "threshold_alerts_due" ON "threshold_alerts" USING btree ("next_attempt_at") WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "tokens_hash_prefix" ON "tokens" USING btree ("hash_prefix");--> statement-breakpoint
CREATE INDEX "unlock_keys_unlock" ON "unlock_keys" USING btree ("workspace_id","unlock_id");--> statement-breakpoint
CREATE UNIQUE INDEX "unlocks_record_key" ON "unlocks" USING btree ("workspace_id","account_id","record_key");--> statement-breakpoint
CREATE INDEX "unlocks_unlocked_at" ON "unlocks" USING btree ("workspace_id","unlocked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "waterfalls_name" ON "waterfalls" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "waterfalls_default" ON "waterfalls" USING btree ("workspace_id","default_for");

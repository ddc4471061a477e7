CREATE TYPE "public"."budget_mode" AS ENUM('HARD', 'SOFT');--> statement-breakpoint
CREATE TYPE "public"."budget_period" AS ENUM('DAY', 'WEEK', 'MONTH', 'TOTAL');--> statement-breakpoint
CREATE TYPE "public"."budget_scope" AS ENUM('WORKSPACE', 'CONNECTION', 'WORKFLOW', 'TOKEN');--> statement-breakpoint
CREATE TYPE "public"."charge" AS ENUM('CHARGED', 'ALREADY_UNLOCKED', 'FREE', 'NOT_FOUND', 'PRESUMED', 'NONE');--> statement-breakpoint
CREATE TYPE "public"."entry_kind" AS ENUM('ASK', 'CORRECTION');--> statement-breakpoint
CREATE TYPE "public"."outcome" AS ENUM('FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN');--> statement-breakpoint
CREATE TYPE "public"."reservation_state" AS ENUM('HELD', 'IN_DOUBT');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER');--> statement-breakpoint
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
CREATE TABLE "aliases" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"alias" text NOT NULL,
	"unlock_id" uuid NOT NULL,
	CONSTRAINT "aliases_workspace_id_account_id_alias_pk" PRIMARY KEY("workspace_id","account_id","alias")
);
--> statement-breakpoint
CREATE TABLE "budget_crossings" (
	"workspace_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"threshold" integer NOT NULL,
	"limit" bigint NOT NULL,
	"spent" bigint NOT NULL,
	"crossed_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	CONSTRAINT "budget_crossings_workspace_id_budget_id_starts_at_threshold_pk" PRIMARY KEY("workspace_id","budget_id","starts_at","threshold")
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
	"webhook_url" text,
	"webhook_secret_sealed" "bytea",
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
	"kind" "entry_kind" DEFAULT 'ASK' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"refers_to" uuid,
	"outcome" "outcome" NOT NULL,
	"charge" charge NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"account_id" uuid,
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
);
--> statement-breakpoint
CREATE TABLE "idempotent_requests" (
	"workspace_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"key_fingerprint" "bytea" NOT NULL,
	"request_fingerprint" "bytea" NOT NULL,
	"id" uuid NOT NULL,
	"answer_sealed" "bytea",
	"lease_ends_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotent_requests_workspace_id_token_id_key_fingerprint_pk" PRIMARY KEY("workspace_id","token_id","key_fingerprint")
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"variant" text NOT NULL,
	"state" "reservation_state" DEFAULT 'HELD' NOT NULL,
	"credits" bigint NOT NULL,
	"unlock_id" uuid,
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
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reservations_id_workspace_id_pk" PRIMARY KEY("id","workspace_id")
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
CREATE TABLE "unlocks" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"record" text NOT NULL,
	"operation" text NOT NULL,
	"provider" text NOT NULL,
	"sandbox" boolean NOT NULL,
	"price" bigint NOT NULL,
	"entry_id" uuid NOT NULL,
	"unlocked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "unlocks_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "vault" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"fingerprint_key_sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_keys" ADD CONSTRAINT "account_keys_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "aliases_unlock" ON "aliases" USING btree ("workspace_id","unlock_id");--> statement-breakpoint
CREATE INDEX "budget_crossings_due" ON "budget_crossings" USING btree ("next_try_at") WHERE next_try_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_name" ON "budgets" USING btree ("workspace_id","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_name" ON "connections" USING btree ("workspace_id","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_default" ON "connections" USING btree ("workspace_id","provider") WHERE is_default and deleted_at is null;--> statement-breakpoint
CREATE INDEX "connections_account" ON "connections" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE INDEX "entries_at" ON "entries" USING btree ("workspace_id","at","id");--> statement-breakpoint
CREATE INDEX "entries_unlock" ON "entries" USING btree ("workspace_id","unlock_id") WHERE unlock_id is not null;--> statement-breakpoint
CREATE INDEX "entries_refers_to" ON "entries" USING btree ("workspace_id","refers_to") WHERE refers_to is not null;--> statement-breakpoint
CREATE INDEX "idempotent_requests_expires_at" ON "idempotent_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reservations_held" ON "reservations" USING btree ("workspace_id","account_id","subject","variant") WHERE state = 'HELD';--> statement-breakpoint
CREATE INDEX "reservations_in_doubt" ON "reservations" USING btree ("workspace_id","account_id","subject") WHERE state = 'IN_DOUBT';--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "tokens_hash_prefix" ON "tokens" USING btree ("hash_prefix");--> statement-breakpoint
CREATE UNIQUE INDEX "unlocks_record" ON "unlocks" USING btree ("workspace_id","account_id","record");--> statement-breakpoint
CREATE INDEX "unlocks_at" ON "unlocks" USING btree ("workspace_id","unlocked_at","id");
CREATE TYPE "public"."plan" AS ENUM('FREE', 'STARTER', 'EXPLORER', 'PRO');--> statement-breakpoint
CREATE TYPE "public"."reading_source" AS ENUM('RECORDED', 'REPORTED', 'OUT_OF_CREDITS');--> statement-breakpoint
CREATE TYPE "public"."unlock_origin" AS ENUM('BOUGHT', 'DECLARED');--> statement-breakpoint
CREATE TYPE "public"."waterfall_default" AS ENUM('COMPANIES', 'PEOPLE');--> statement-breakpoint
ALTER TYPE "public"."budget_scope" ADD VALUE 'MANAGED';--> statement-breakpoint
CREATE TABLE "balance_plans" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"monthly_credits" bigint NOT NULL,
	"renewal_day" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"rollover" boolean NOT NULL,
	"thresholds" integer[] DEFAULT '{}' NOT NULL,
	"declared_at" timestamp with time zone DEFAULT now() NOT NULL,
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
	"at" timestamp with time zone NOT NULL,
	"credits" bigint NOT NULL,
	"source" "reading_source" NOT NULL,
	"token_id" uuid,
	CONSTRAINT "balance_readings_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
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
	"asks" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"from_snapshot" bigint NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"latencies" integer[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "usage_buckets_workspace_id_starts_at_labels_pk" PRIMARY KEY("workspace_id","starts_at","labels")
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
ALTER TABLE "unlocks" ALTER COLUMN "entry_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "set_by_operator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "entries" DISABLE TRIGGER "entries_append_only";--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "ask_id" uuid;--> statement-breakpoint
UPDATE "entries" SET "ask_id" = "id";--> statement-breakpoint
ALTER TABLE "entries" ALTER COLUMN "ask_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "entries" ENABLE TRIGGER "entries_append_only";--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "step" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "refetch_credits" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "ask_id" uuid;--> statement-breakpoint
UPDATE "reservations" SET "ask_id" = "id";--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "ask_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "step" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "unlocks" ADD COLUMN "refetch_costs" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "unlocks" ADD COLUMN "origin" "unlock_origin" DEFAULT 'BOUGHT' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "plan" "plan" DEFAULT 'PRO' NOT NULL;--> statement-breakpoint
ALTER TABLE "balance_plans" ADD CONSTRAINT "balance_plans_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_pools" ADD CONSTRAINT "balance_pools_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waterfalls" ADD CONSTRAINT "waterfalls_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "balance_pools_account" ON "balance_pools" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE INDEX "balance_readings_at" ON "balance_readings" USING btree ("workspace_id","account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "waterfalls_name" ON "waterfalls" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "waterfalls_default" ON "waterfalls" USING btree ("workspace_id","default_for");--> statement-breakpoint
CREATE INDEX "entries_ask" ON "entries" USING btree ("workspace_id","ask_id") WHERE step > 1;
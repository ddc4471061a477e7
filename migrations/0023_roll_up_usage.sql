CREATE TYPE "public"."usage_rollup" AS ENUM('CONNECTION', 'WORKFLOW', 'TOKEN');--> statement-breakpoint
CREATE TABLE "usage_late" (
	"workspace_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
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
	CONSTRAINT "usage_late_workspace_id_starts_at_entry_id_pk" PRIMARY KEY("workspace_id","starts_at","entry_id")
);
--> statement-breakpoint
CREATE TABLE "usage_rollup_ends" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"late_before" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_rollups" (
	"workspace_id" uuid NOT NULL,
	"rollup" "usage_rollup" NOT NULL,
	"day" date NOT NULL,
	"labels" uuid NOT NULL,
	"account_id" uuid,
	"provider" text,
	"connection_id" uuid,
	"payer" text,
	"sandbox" boolean NOT NULL,
	"operation" text,
	"workflow" text,
	"token_id" uuid,
	"outcome" "outcome" NOT NULL,
	"quarters" bigint[] NOT NULL,
	"lookups" bigint[] NOT NULL,
	"attempts" bigint[] NOT NULL,
	"from_snapshot" bigint[] NOT NULL,
	"credits" bigint[] NOT NULL,
	"saved" bigint[] NOT NULL,
	"latencies" integer[] NOT NULL,
	CONSTRAINT "usage_rollups_workspace_id_rollup_day_labels_pk" PRIMARY KEY("workspace_id","rollup","day","labels")
);

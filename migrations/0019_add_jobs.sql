CREATE TYPE "public"."job_chunk_state" AS ENUM('WAITING', 'QUEUED', 'DONE');--> statement-breakpoint
CREATE TYPE "public"."job_state" AS ENUM('QUEUED', 'RUNNING', 'PAUSED', 'CANCELED', 'COMPLETED', 'FAILED');--> statement-breakpoint
CREATE TYPE "public"."upload_format" AS ENUM('CSV', 'XLSX', 'LIST');--> statement-breakpoint
ALTER TYPE "public"."budget_scope" ADD VALUE 'JOB';--> statement-breakpoint
CREATE TABLE "job_chunks" (
	"workspace_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" "job_chunk_state" DEFAULT 'WAITING' NOT NULL,
	"message_id" uuid,
	"instance_id" uuid,
	"runs" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "job_chunks_workspace_id_job_id_number_pk" PRIMARY KEY("workspace_id","job_id","number")
);
--> statement-breakpoint
CREATE TABLE "job_rows" (
	"workspace_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"outcome" "outcome" NOT NULL,
	"charge" charge NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"lookup_id" uuid,
	"provider" text,
	"problem" text,
	"message" text,
	"duplicate_of" integer,
	"snapshots" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"people" jsonb,
	"finished_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "job_rows_workspace_id_job_id_number_pk" PRIMARY KEY("workspace_id","job_id","number")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"name" text NOT NULL,
	"operation" text NOT NULL,
	"upload_id" uuid NOT NULL,
	"mapping" jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"search" jsonb,
	"workflow" text,
	"max_credits" bigint,
	"budget_id" uuid,
	"state" "job_state" NOT NULL,
	"pause_code" text,
	"pause_message" text,
	"rows" integer NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"not_found" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"credits" bigint DEFAULT 0 NOT NULL,
	"saved" bigint DEFAULT 0 NOT NULL,
	"quote" jsonb,
	"rate_from" timestamp with time zone,
	"rate_rows" integer DEFAULT 0 NOT NULL,
	"served_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "jobs_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "upload_chunks" (
	"workspace_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_row" integer NOT NULL,
	"row_count" integer NOT NULL,
	"rows" text NOT NULL,
	CONSTRAINT "upload_chunks_workspace_id_upload_id_number_pk" PRIMARY KEY("workspace_id","upload_id","number")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"file_name" text,
	"format" "upload_format" NOT NULL,
	"encoding" text,
	"separator" text,
	"columns" jsonb NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"fault_count" integer DEFAULT 0 NOT NULL,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "uploads_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "job_id" uuid;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "job_row" integer;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "job_id" uuid;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "job_row" integer;--> statement-breakpoint
CREATE INDEX "job_chunks_waiting" ON "job_chunks" USING btree ("workspace_id","job_id","number") WHERE state = 'WAITING';--> statement-breakpoint
CREATE INDEX "job_rows_outcome" ON "job_rows" USING btree ("workspace_id","job_id","outcome","number");--> statement-breakpoint
CREATE INDEX "jobs_active" ON "jobs" USING btree ("workspace_id","token_id","served_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "jobs_upload" ON "jobs" USING btree ("workspace_id","upload_id");--> statement-breakpoint
CREATE INDEX "entries_job" ON "entries" USING btree ("workspace_id","job_id","job_row") WHERE job_id is not null;--> statement-breakpoint
CREATE INDEX "reservations_job" ON "reservations" USING btree ("workspace_id","job_id","job_row") WHERE job_id is not null;
CREATE TABLE "token_lookups" (
	"workspace_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"day" date NOT NULL,
	"lookups" bigint NOT NULL,
	CONSTRAINT "token_lookups_workspace_id_token_id_pk" PRIMARY KEY("workspace_id","token_id")
);
--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "token_id" uuid;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "scope_operations" text[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "scope_connections" uuid[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "scope_workflows" text[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "may_spend" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "requests_per_second" integer;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "lookups_per_day" bigint;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "credits_per_day" bigint;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "previous_hash" "bytea";--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "previous_hash_prefix" "bytea";--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "previous_ends_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_token" ON "budgets" USING btree ("workspace_id","token_id");--> statement-breakpoint
CREATE INDEX "tokens_previous_hash_prefix" ON "tokens" USING btree ("previous_hash_prefix");
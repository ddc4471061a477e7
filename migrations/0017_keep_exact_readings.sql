ALTER TABLE "accounts" ADD COLUMN "balance_tried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "balance_readings" ADD COLUMN "includes_calls_before" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "balance_readings_exact" ON "balance_readings" USING btree ("workspace_id","account_id","includes_calls_before") WHERE includes_calls_before is not null;
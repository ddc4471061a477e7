CREATE TABLE "balance_crossings" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"threshold" integer NOT NULL,
	"monthly_credits" bigint NOT NULL,
	"used" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"renews_at" timestamp with time zone NOT NULL,
	"crossed_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	CONSTRAINT "balance_crossings_workspace_id_account_id_starts_at_threshold_pk" PRIMARY KEY("workspace_id","account_id","starts_at","threshold")
);
--> statement-breakpoint
ALTER TABLE "balance_plans" ADD COLUMN "webhook_url" text;--> statement-breakpoint
ALTER TABLE "balance_plans" ADD COLUMN "webhook_secret_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "balance_plans" ADD COLUMN "watched_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "balance_crossings_due" ON "balance_crossings" USING btree ("next_try_at") WHERE next_try_at is not null;
ALTER TABLE "entries" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "reason" text;
DROP TABLE "threshold_alerts" CASCADE;--> statement-breakpoint
DROP TABLE "webhook_endpoints" CASCADE;--> statement-breakpoint
DROP TYPE "public"."alert_kind";
CREATE TYPE "public"."presumed_cause" AS ENUM('TIMEOUT', 'CONNECTION_LOST', 'SERVER_ERROR', 'UNREADABLE', 'CRASH', 'CLIENT_ERROR');--> statement-breakpoint
ALTER TYPE "public"."reservation_state" ADD VALUE 'DECIDED';--> statement-breakpoint
DROP INDEX "reservations_pending_confirmation";--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "presumed_cause" "presumed_cause";--> statement-breakpoint
CREATE INDEX "reservations_presumed" ON "reservations" USING btree ("workspace_id","account_id","lookup_key") WHERE state <> 'HELD';
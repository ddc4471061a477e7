ALTER TABLE "reservations" DROP CONSTRAINT "reservations_pkey";--> statement-breakpoint
CREATE UNIQUE INDEX "reservations_id" ON "reservations" USING btree ("id","workspace_id") WHERE id is not null;--> statement-breakpoint
-- Without a primary key, logical replication identifies a row by all of its columns. Drizzle cannot express it.
ALTER TABLE "reservations" REPLICA IDENTITY FULL;

ALTER TABLE "uploads" ADD COLUMN "stored_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Lists that are stored already count with the size of their files.
UPDATE "uploads" SET "stored_bytes" = "bytes";

-- The kind of a key that was stored before is derived as well as the stored data allows. An entry does not name the key that
-- it looked up, so which keys the provider resolved is unknown, except for the ids of records. A key of a declared unlock
-- was declared; every other key counts as reported. Each key led to one record, so it still does. The provider's next
-- answer to a key resolves it.
CREATE TYPE "public"."identifier_source" AS ENUM('RESOLVED', 'DECLARED', 'REPORTED');--> statement-breakpoint
ALTER TABLE "unlock_keys" DROP CONSTRAINT "unlock_keys_workspace_id_account_id_lookup_key_pk";--> statement-breakpoint
-- A constant default is not written to the rows, so the table is not rewritten.
ALTER TABLE "unlock_keys" ADD COLUMN "source" "identifier_source" DEFAULT 'REPORTED' NOT NULL;--> statement-breakpoint
ALTER TABLE "unlock_keys" ALTER COLUMN "source" DROP DEFAULT;--> statement-breakpoint
UPDATE "unlock_keys" k SET "source" = CASE u."origin" WHEN 'DECLARED' THEN 'DECLARED' ELSE 'RESOLVED' END::"identifier_source"
FROM "unlocks" u
WHERE u."workspace_id" = k."workspace_id" AND u."id" = k."unlock_id"
  AND (u."origin" = 'DECLARED' OR regexp_replace(k."lookup_key", '[^:]*$', '') = regexp_replace(u."record_key", '[^:]*$', ''));--> statement-breakpoint
ALTER TABLE "unlock_keys" ADD CONSTRAINT "unlock_keys_pkey" PRIMARY KEY("workspace_id","account_id","lookup_key","unlock_id","source");--> statement-breakpoint
CREATE UNIQUE INDEX "unlock_keys_resolved" ON "unlock_keys" USING btree ("workspace_id","account_id","lookup_key") WHERE source = 'RESOLVED';--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "verifies_key" boolean DEFAULT false NOT NULL;

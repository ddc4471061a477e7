CREATE TABLE "record_words" (
	"workspace_id" uuid NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"unlock_id" uuid NOT NULL,
	CONSTRAINT "record_words_workspace_id_word_unlock_id_pk" PRIMARY KEY("workspace_id","word","unlock_id")
);
--> statement-breakpoint
CREATE TABLE "record_words_due" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"unlock_id" uuid NOT NULL,
	CONSTRAINT "record_words_due_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "name" text;--> statement-breakpoint
CREATE INDEX "record_words_unlock" ON "record_words" USING btree ("workspace_id","unlock_id","word");--> statement-breakpoint
INSERT INTO "record_words_due" ("workspace_id", "id", "unlock_id") SELECT "workspace_id", gen_random_uuid(), "unlock_id" FROM "snapshots" GROUP BY "workspace_id", "unlock_id";

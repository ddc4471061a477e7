CREATE TABLE "usage_fallbacks" (
	"workspace_id" uuid NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"entry_id" uuid NOT NULL,
	"missed_by" text NOT NULL,
	"lookup_id" uuid NOT NULL,
	"is_attempt" boolean NOT NULL,
	"provider" text NOT NULL,
	"connection_id" uuid,
	"payer" text,
	"sandbox" boolean NOT NULL,
	"operation" text NOT NULL,
	"workflow" text,
	"token_id" uuid NOT NULL,
	"outcome" "outcome" NOT NULL,
	"credits" bigint NOT NULL,
	CONSTRAINT "usage_fallbacks_workspace_id_occurred_at_entry_id_missed_by_pk" PRIMARY KEY("workspace_id","occurred_at","entry_id","missed_by")
);
--> statement-breakpoint
-- Those of the entries that are there. No entry is written before the trigger writes them, too: it is replaced in this
-- transaction.
LOCK TABLE "entries" IN SHARE ROW EXCLUSIVE MODE;
--> statement-breakpoint
INSERT INTO "usage_fallbacks" ("workspace_id", "occurred_at", "entry_id", "missed_by", "lookup_id", "is_attempt", "provider",
  "connection_id", "payer", "sandbox", "operation", "workflow", "token_id", "outcome", "credits")
SELECT l."workspace_id", l."occurred_at", l."id", m."provider", l."lookup_id", l."kind" = 'LOOKUP', l."provider",
  l."connection_id", l."payer", l."sandbox", l."operation", l."workflow", l."token_id", l."outcome", l."credits"
FROM "entries" l
JOIN (
  SELECT DISTINCT ON (f."workspace_id", f."lookup_id", f."provider") f."workspace_id", f."lookup_id", f."provider", f."step"
  FROM "entries" f
  WHERE f."kind" = 'LOOKUP' AND f."outcome" = 'NOT_FOUND'
  ORDER BY f."workspace_id", f."lookup_id", f."provider", f."step"
) m ON m."workspace_id" = l."workspace_id" AND m."lookup_id" = l."lookup_id" AND m."step" < l."step" AND m."provider" <> l."provider"
WHERE l."step" > 1 AND l."provider" IS NOT NULL;

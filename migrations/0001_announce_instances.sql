CREATE TABLE "instances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"encryption_key_ids" text[] NOT NULL,
	"sealing_key_id" text,
	"seen_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE "archived_months" (
	"workspace_id" uuid NOT NULL,
	"month" date NOT NULL,
	"entries" bigint NOT NULL,
	"lookups" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"from_snapshot" bigint NOT NULL,
	"credits" bigint NOT NULL,
	"saved" bigint NOT NULL,
	"digest" numeric NOT NULL,
	"budgets" jsonb NOT NULL,
	"occurred" "tstzmultirange" NOT NULL,
	"file" text NOT NULL,
	"sha256" text NOT NULL,
	"archived_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "archived_months_workspace_id_month_pk" PRIMARY KEY("workspace_id","month")
);

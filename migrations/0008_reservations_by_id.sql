-- A key that shares the workspace with the indexes by subject could be taken for one of them: see schema/ledger.ts.
ALTER TABLE "reservations" DROP CONSTRAINT "reservations_id_workspace_id_pk";--> statement-breakpoint
ALTER TABLE "reservations" ADD PRIMARY KEY ("id");

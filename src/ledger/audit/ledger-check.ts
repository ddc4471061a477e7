import type { SQL } from 'drizzle-orm';

/** One thing that must hold: a query that answers a row (workspace_id, line) for each place where it does not. */
export type LedgerCheck = (inScope: (workspaceId: SQL) => SQL) => SQL;

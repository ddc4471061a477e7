import type { SQL } from 'drizzle-orm';

/** One invariant: a query that returns a row (workspace_id, line) for each violation. */
export type LedgerCheck = (inScope: (workspaceId: SQL) => SQL) => SQL;

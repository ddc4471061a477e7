import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** A record as it was last fetched, one for each variant. The ledger never reads the body. */
export const snapshots = pgTable(
  'snapshots',
  {
    workspaceId: uuid('workspace_id').notNull(),
    unlockId: uuid('unlock_id').notNull(),
    variant: text().notNull(),
    body: text().notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.unlockId, table.variant] })],
);

import { boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';
import { outcome } from './entries.js';

/**
 * The later attempts of waterfalls, and their corrections, once for each provider that had missed before in the same lookup:
 * the report of fallbacks adds them up. The trigger on entries that writes usage_buckets writes them, so that reports and
 * ledger agree. The labels are those of the later attempt.
 */
export const usageFallbacks = pgTable(
  'usage_fallbacks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    entryId: uuid('entry_id').notNull(),
    missedBy: text('missed_by').notNull(),
    lookupId: uuid('lookup_id').notNull(),
    /** False for a correction. */
    isAttempt: boolean('is_attempt').notNull(),
    provider: text().notNull(),
    connectionId: uuid('connection_id'),
    payer: text(),
    sandbox: boolean().notNull(),
    operation: text().notNull(),
    workflow: text(),
    tokenId: uuid('token_id').notNull(),
    outcome: outcome().notNull(),
    credits: bigintColumn('credits').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.occurredAt, table.entryId, table.missedBy] })],
);

import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';
import { outcome } from './entries.js';

/**
 * The sums of the entries of each quarter of an hour, by every label. Reports read these. Every time zone in use begins
 * its hours on a quarter. A trigger on entries writes them, so that reports and ledger agree.
 */
export const usageBuckets = pgTable(
  'usage_buckets',
  {
    workspaceId: uuid('workspace_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** A digest of all labels below. Labels may be null, so they cannot be a key themselves. */
    labels: uuid().notNull(),
    accountId: uuid('account_id'),
    provider: text(),
    connectionId: uuid('connection_id'),
    payer: text(),
    sandbox: boolean().notNull(),
    operation: text().notNull(),
    workflow: text(),
    tokenId: uuid('token_id').notNull(),
    outcome: outcome().notNull(),
    /** Lookups that began here, and all attempts that were made for lookups. */
    lookups: bigintColumn('lookups').notNull(),
    attempts: bigintColumn('attempts').notNull(),
    fromSnapshot: bigintColumn('from_snapshot').notNull(),
    credits: bigintColumn('credits').notNull(),
    saved: bigintColumn('saved').notNull(),
    /** How many calls took up to 2^n milliseconds, for n from 0 to 16, and how many took longer. */
    latencies: integer().array().notNull().default(sql`'{}'`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.startsAt, table.labels] })],
);

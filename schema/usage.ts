import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { outcome } from './ledger.js';

const count = (name: string) => bigint(name, { mode: 'bigint' }).notNull();

/**
 * The sums of the entries of each quarter of an hour, by every label: what reports are read from. Every time zone in
 * use begins its hours on a quarter. Written by a trigger on entries, so that they cannot disagree.
 */
export const usageBuckets = pgTable(
  'usage_buckets',
  {
    workspaceId: uuid('workspace_id').notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    /** A digest of all labels below, which may be null and are therefore no key. */
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
    /** Asks that began here, and all attempts that were made for asks. */
    asks: count('asks'),
    attempts: count('attempts'),
    fromSnapshot: count('from_snapshot'),
    credits: count('credits'),
    saved: count('saved'),
    /** How many calls took up to 2^n milliseconds, for n from 0 to 16, and how many longer. */
    latencies: integer().array().notNull().default(sql`'{}'`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.startsAt, table.labels] })],
);

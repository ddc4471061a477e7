import { sql } from 'drizzle-orm';
import { bigint, boolean, date, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';
import { outcome } from './entries.js';

/**
 * Which labels a rollup has; the others are null. CONNECTION: all but workflow and token. WORKFLOW and TOKEN: that label,
 * sandbox and outcome.
 */
export const usageRollup = pgEnum('usage_rollup', ['CONNECTION', 'WORKFLOW', 'TOKEN']);

const upToEachHour = (name: string) => bigint(name, { mode: 'bigint' }).array().notNull();

/**
 * The sums of usage_buckets of each day (UTC) by fewer labels, up to `ends_at` of usage_rollup_ends: reports of a month or a
 * year read these. Each sum has 24 values: that of the first hour, of the first two hours, … of the day. So the sum of any
 * hours of a day is the difference of two values, and a day of any time zone is three. roll_up_usage writes them.
 */
export const usageRollups = pgTable(
  'usage_rollups',
  {
    workspaceId: uuid('workspace_id').notNull(),
    rollup: usageRollup().notNull(),
    day: date().notNull(),
    /** A digest of all labels below, as in usage_buckets. */
    labels: uuid().notNull(),
    accountId: uuid('account_id'),
    provider: text(),
    connectionId: uuid('connection_id'),
    payer: text(),
    sandbox: boolean().notNull(),
    operation: text(),
    workflow: text(),
    tokenId: uuid('token_id'),
    outcome: outcome().notNull(),
    /** How many rows of usage_buckets: where there are none, a report has no row, and where all sums are 0, it has one. */
    quarters: upToEachHour('quarters'),
    lookups: upToEachHour('lookups'),
    attempts: upToEachHour('attempts'),
    fromSnapshot: upToEachHour('from_snapshot'),
    credits: upToEachHour('credits'),
    saved: upToEachHour('saved'),
    /** The 18 bins of usage_buckets for each hour, one hour after the other. Empty without calls. */
    latencies: integer().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.rollup, table.day, table.labels] })],
);

/** How far the rollups of a workspace go. Both instants are starts of an hour. */
export const usageRollupEnds = pgTable('usage_rollup_ends', {
  workspaceId: uuid('workspace_id').primaryKey(),
  /** The sums before it are those of usage_rollups and usage_late. */
  endsAt: instant('ends_at').notNull(),
  /** The trigger on entries writes entries that occurred before it into usage_late, too. Not before `ends_at`. */
  lateBefore: instant('late_before').notNull(),
});

/**
 * What was added to usage_buckets after their rollup had begun, and is not in the rollup yet: entries that came late, and
 * corrections. One row for each entry, without the digest of the labels.
 */
export const usageLate = pgTable(
  'usage_late',
  {
    workspaceId: uuid('workspace_id').notNull(),
    entryId: uuid('entry_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    accountId: uuid('account_id'),
    provider: text(),
    connectionId: uuid('connection_id'),
    payer: text(),
    sandbox: boolean().notNull(),
    operation: text().notNull(),
    workflow: text(),
    tokenId: uuid('token_id').notNull(),
    outcome: outcome().notNull(),
    lookups: bigintColumn('lookups').notNull(),
    attempts: bigintColumn('attempts').notNull(),
    fromSnapshot: bigintColumn('from_snapshot').notNull(),
    credits: bigintColumn('credits').notNull(),
    saved: bigintColumn('saved').notNull(),
    latencies: integer().array().notNull().default(sql`'{}'`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.startsAt, table.entryId] })],
);

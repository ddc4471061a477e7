import { sql } from 'drizzle-orm';
import { customType, date, jsonb, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';

const instantRanges = customType<{ data: string }>({ dataType: () => 'tstzmultirange' });

/**
 * The months of entries that are in a file, with their sums: one row for each workspace that has entries in the month.
 * What reads entries is refused where this table has the days that it needs, and `verify` counts these sums.
 */
export const archivedMonths = pgTable(
  'archived_months',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** The first day of the month of the ids (UTC). */
    month: date().notNull(),
    entries: bigintColumn('entries').notNull(),
    lookups: bigintColumn('lookups').notNull(),
    attempts: bigintColumn('attempts').notNull(),
    fromSnapshot: bigintColumn('from_snapshot').notNull(),
    credits: bigintColumn('credits').notNull(),
    saved: bigintColumn('saved').notNull(),
    /** The sum of usage_digest over the quarters of an hour and labels of the entries. */
    digest: numeric().notNull(),
    /** `[{ budgetId, startsAt, credits }]`: what the entries count in each budget period. */
    budgets: jsonb().notNull(),
    /** The days (UTC) on which the entries occurred. A correction occurred when the entry that it corrects did. */
    occurred: instantRanges().notNull(),
    /** The name of the file, and the SHA-256 of its text. */
    file: text().notNull(),
    sha256: text().notNull(),
    archivedAt: instant('archived_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.month] })],
);

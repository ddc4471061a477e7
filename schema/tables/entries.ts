import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant, labelColumns } from './columns.js';

export const outcome = pgEnum('outcome', ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN']);
export const charge = pgEnum('charge', [
  'CHARGED',
  'ALREADY_UNLOCKED',
  'FREE',
  'NOT_FOUND',
  'PRESUMED',
  'NONE',
]);
/**
 * Why it is unknown whether a provider charged. TIMEOUT: no whole answer in time. CONNECTION_LOST: the connection or the
 * body was cut. SERVER_ERROR: a status such as 502 or 504 of a proxy that had forwarded the request. UNREADABLE: a success
 * that cannot be read. CRASH: the instance stopped, stood still or lost the database during the call. CLIENT_ERROR: the
 * gateway's client failed.
 */
export const presumedCause = pgEnum('presumed_cause', [
  'TIMEOUT',
  'CONNECTION_LOST',
  'SERVER_ERROR',
  'UNREADABLE',
  'CRASH',
  'CLIENT_ERROR',
]);
export const entryKind = pgEnum('entry_kind', ['LOOKUP', 'CORRECTION']);

/**
 * The append-only ledger; a trigger refuses UPDATE and DELETE. Partitioned by month over the ids, which begin with their
 * time, so that the primary key holds over all partitions. It holds no personal data and can be kept without limit.
 */
export const entries = pgTable(
  'entries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    kind: entryKind().notNull().default('LOOKUP'),
    /** When the credits were reserved: the instant that decides day, month and budget period. */
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull().default(sql`now()`),
    /** The PRESUMED entry that a correction confirms or refunds. */
    correctsEntryId: uuid('corrects_entry_id'),
    outcome: outcome().notNull(),
    charge: charge().notNull(),
    credits: bigintColumn('credits').notNull(),
    saved: bigintColumn('saved').notNull(),
    accountId: uuid('account_id'),
    ...labelColumns,
    unlockId: uuid('unlock_id'),
    fromSnapshot: boolean('from_snapshot').notNull().default(false),
    /** The budget periods that count these credits: the elements of the two arrays belong together. */
    budgetIds: uuid('budget_ids').array().notNull().default(sql`'{}'`),
    budgetStarts: instant('budget_starts').array().notNull().default(sql`'{}'`),
    problem: text(),
    /** Of a PRESUMED entry; null where an older release wrote it. */
    presumedCause: presumedCause('presumed_cause'),
    /** Of a correction that a person decided: the token (null: the operator, by the command line), and why. */
    decidedBy: uuid('decided_by'),
    reason: text(),
    latencyMs: integer('latency_ms').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('entries_occurred_at').on(table.workspaceId, table.occurredAt, table.id),
    index('entries_lookup').on(table.workspaceId, table.lookupId).where(sql`step > 1`),
    index('entries_job').on(table.workspaceId, table.jobId, table.jobRow).where(sql`job_id is not null`),
    index('entries_unlock').on(table.workspaceId, table.unlockId).where(sql`unlock_id is not null`),
    index('entries_corrects_entry')
      .on(table.workspaceId, table.correctsEntryId)
      .where(sql`corrects_entry_id is not null`),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, index, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant, labelColumns } from './columns.js';

export const reservationState = pgEnum('reservation_state', ['HELD', 'PENDING_CONFIRMATION', 'DECIDED']);

/**
 * Credits held for a provider call in flight (HELD), or presumed charged for a call whose result is unknown
 * (PENDING_CONFIRMATION). DECIDED: an ADMIN has resolved the presumed charge, and `credits` are what the ledger counts for
 * it since; the row stays for evidence that comes later. The statement that writes the last entry deletes the row; the
 * first entry has the same id.
 *
 * The tables of the ledger have no foreign keys. The functions of schema/functions are their only writers, and each
 * foreign key would cost every settled lookup a lock on the row that it refers to.
 */
export const reservations = pgTable(
  'reservations',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    /** What is fetched, as an opaque key. One call at a time for each lookup key and variant. */
    lookupKey: text('lookup_key').notNull(),
    variant: text().notNull(),
    state: reservationState().notNull().default('HELD'),
    credits: bigintColumn('credits').notNull(),
    /** What another fetch of the record can cost. Above 0, a later fetch proves nothing about a presumed charge. */
    refetchCredits: bigintColumn('refetch_credits').notNull().default(sql`0`),
    /** The unlock whose record is fetched again by its own id. */
    unlockId: uuid('unlock_id'),
    /** Whether a known record merely reports or declares the lookup key, and the call by it may find another record. */
    verifiesKey: boolean('verifies_key').notNull().default(false),
    ...labelColumns,
    /** The budget periods that count these credits: the elements of the two arrays belong together. */
    budgetIds: uuid('budget_ids').array().notNull(),
    budgetStarts: instant('budget_starts').array().notNull(),
    reservedAt: instant('reserved_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    // Instead of a primary key. This table is nearly empty and changes all the time, so its statistics say little: after an
    // ANALYZE of nothing but dead rows, PostgreSQL read a primary key that shares a column with the other two indexes from
    // end to end instead of one of them (measured: 4 times the work of a snapshot hit, and growing). An index with this
    // condition is used only where the id is given. The migration sets REPLICA IDENTITY FULL, for logical replication.
    uniqueIndex('reservations_id').on(table.id, table.workspaceId).where(sql`id is not null`),
    uniqueIndex('reservations_held')
      .on(table.workspaceId, table.accountId, table.lookupKey, table.variant)
      .where(sql`state = 'HELD'`),
    index('reservations_presumed')
      .on(table.workspaceId, table.accountId, table.lookupKey)
      .where(sql`state <> 'HELD'`),
    index('reservations_job').on(table.workspaceId, table.jobId, table.jobRow).where(sql`job_id is not null`),
  ],
);

import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.js';
import { bigintColumn, instant } from './columns.js';

/**
 * RECORDED: a person read it on the provider's page. REPORTED: the provider reported it. OUT_OF_CREDITS: the provider
 * refused a call because the account had no credits.
 */
export const readingSource = pgEnum('reading_source', ['RECORDED', 'REPORTED', 'OUT_OF_CREDITS']);

/** What an account gets each month, as its owner declared. */
export const balancePlans = pgTable(
  'balance_plans',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    monthlyCredits: bigintColumn('monthly_credits').notNull(),
    /** 1 to 31; in shorter months the last day. */
    renewalDay: smallint('renewal_day').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Whether credits that are left at the end of a month are kept. */
    rollover: boolean().notNull(),
    /** Percentages of the month's credits at which an alert is raised. */
    thresholds: integer().array().notNull().default(sql`'{}'`),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
    /** When the thresholds were last checked; null: a check is due. */
    checkedAt: instant('checked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.accountId] }),
    foreignKey({
      columns: [table.workspaceId, table.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

/** Credits bought on top of the plan. They are used after the plan's, the pool that ends first before the others. */
export const balancePools = pgTable(
  'balance_pools',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    name: text().notNull(),
    credits: bigintColumn('credits').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** Null: never. */
    endsAt: instant('ends_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('balance_pools_account').on(table.workspaceId, table.accountId),
    foreignKey({
      columns: [table.workspaceId, table.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

/** An account's balance at one instant, as it was read or reported. */
export const balanceReadings = pgTable(
  'balance_readings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    observedAt: instant('observed_at').notNull(),
    credits: bigintColumn('credits').notNull(),
    source: readingSource().notNull(),
    /** Who recorded it; null where the provider reported it. */
    tokenId: uuid('token_id'),
    /**
     * The balance includes the charges of the account's calls that began before this instant, and of no others. Null where
     * it is not known which calls it includes: one was in flight, or had ended shortly before.
     */
    includesCallsBefore: instant('includes_calls_before'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('balance_readings_observed_at').on(table.workspaceId, table.accountId, table.observedAt),
    index('balance_readings_exact')
      .on(table.workspaceId, table.accountId, table.includesCallsBefore)
      .where(sql`includes_calls_before is not null`),
  ],
);

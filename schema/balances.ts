import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from './access.js';
import { accounts } from './connections.js';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const credits = (name: string) => bigint(name, { mode: 'bigint' });

/** RECORDED: a person read it off the provider's page. REPORTED: the provider said so. OUT_OF_CREDITS: it refused. */
export const readingSource = pgEnum('reading_source', ['RECORDED', 'REPORTED', 'OUT_OF_CREDITS']);

/** What an account gets each month, as its owner declares it. */
export const balancePlans = pgTable(
  'balance_plans',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    monthlyCredits: credits('monthly_credits').notNull(),
    /** 1 to 31; in shorter months the last day. */
    renewalDay: smallint('renewal_day').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Whether what is left at the end of a month is kept. */
    rollover: boolean().notNull(),
    /** Percentages of the month's credits used at which people want to hear. */
    thresholds: integer().array().notNull().default(sql`'{}'`),
    declaredAt: instant('declared_at').notNull().default(sql`now()`),
    webhookUrl: text('webhook_url'),
    /** What webhooks are signed with, sealed like a key and bound to the account. */
    webhookSecretSealed: bytea('webhook_secret_sealed'),
    /** When it was last looked whether a threshold was reached; null: it is time. */
    watchedAt: instant('watched_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.accountId] }),
    foreignKey({
      columns: [table.workspaceId, table.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

/** Credits bought on top of the plan; used when the plan's are gone, soonest to end first. */
export const balancePools = pgTable(
  'balance_pools',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    name: text().notNull(),
    credits: credits('credits').notNull(),
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

/** What an account's balance was said to be at one instant. */
export const balanceReadings = pgTable(
  'balance_readings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    at: instant('at').notNull(),
    credits: credits('credits').notNull(),
    source: readingSource().notNull(),
    /** Who recorded it; null where the provider said so. */
    tokenId: uuid('token_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('balance_readings_at').on(table.workspaceId, table.accountId, table.at),
  ],
);

/** That an account has used so much of a month's credits: written once, by whichever instance sees it first. */
export const balanceCrossings = pgTable(
  'balance_crossings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** When the month began. */
    startsAt: instant('starts_at').notNull(),
    /** Per cent of the month's credits. */
    threshold: integer().notNull(),
    monthlyCredits: credits('monthly_credits').notNull(),
    used: credits('used').notNull(),
    remaining: credits('remaining').notNull(),
    renewsAt: instant('renews_at').notNull(),
    crossedAt: instant('crossed_at').notNull(),
    /** Webhook delivery: when it was taken, how often it was tried, and when to try next. */
    deliveredAt: instant('delivered_at'),
    tries: integer().notNull().default(0),
    nextTryAt: instant('next_try_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.accountId, table.startsAt, table.threshold] }),
    index('balance_crossings_due').on(table.nextTryAt).where(sql`next_try_at is not null`),
  ],
);

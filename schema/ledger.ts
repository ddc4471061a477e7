import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, workspaces } from './access.js';

export const outcome = pgEnum('outcome', ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN']);
export const charge = pgEnum('charge', [
  'CHARGED',
  'ALREADY_UNLOCKED',
  'FREE',
  'NOT_FOUND',
  'PRESUMED',
  'NONE',
]);
export const entryKind = pgEnum('entry_kind', ['ASK', 'CORRECTION']);
/** DECLARED: bought before the gateway existed, by its owner's word. */
export const unlockOrigin = pgEnum('unlock_origin', ['BOUGHT', 'DECLARED']);
export const reservationState = pgEnum('reservation_state', ['HELD', 'IN_DOUBT']);
export const budgetScope = pgEnum('budget_scope', [
  'WORKSPACE',
  'CONNECTION',
  'WORKFLOW',
  'TOKEN',
  'MANAGED',
]);
export const budgetPeriod = pgEnum('budget_period', ['DAY', 'WEEK', 'MONTH', 'TOTAL']);
export const budgetMode = pgEnum('budget_mode', ['HARD', 'SOFT']);

// The tables that money is written to have no foreign keys: the functions of the money migration are their only
// writers, and each key would cost every settled ask a lock on the row it points to.

const instant = (name: string) => timestamp(name, { withTimezone: true });
const credits = (name: string) => bigint(name, { mode: 'bigint' });

/** Who asked for what purpose through which door: words the ledger stores and groups by, but never reads. */
const labels = {
  /** The ask that this is a step of, by the id of its first step; and which step it is, from 1. */
  lookupId: uuid('ask_id').notNull(),
  step: smallint().notNull().default(1),
  operation: text().notNull(),
  provider: text(),
  connectionId: uuid('connection_id'),
  payer: text(),
  sandbox: boolean().notNull().default(false),
  tokenId: uuid('token_id').notNull(),
  workflow: text(),
};

/**
 * Credits held for a call that is under way (HELD), or for one of which nobody knows whether it was charged
 * (IN_DOUBT). A row ends by being deleted in the statement that writes its entry; the entry bears the same id.
 */
export const reservations = pgTable(
  'reservations',
  {
    workspaceId: uuid('workspace_id').notNull(),
    // The key alone, without the workspace. This table is nearly empty and always changing, so its statistics say little:
    // after an ANALYZE of nothing but dead rows, a key that shares a column with the other two indexes was read from end
    // to end instead of one of them, at each look (4 times the work of a known record, measured, and more every minute).
    id: uuid().primaryKey(),
    accountId: uuid('account_id').notNull(),
    /** What is being fetched, as an opaque key: one call at a time for each subject and variant. */
    subject: text().notNull(),
    variant: text().notNull(),
    state: reservationState().notNull().default('HELD'),
    credits: credits('credits').notNull(),
    /** What fetching the record once more can cost; above 0, asking again proves nothing about a doubt. */
    refetchCredits: credits('refetch_credits').notNull().default(sql`0`),
    /** The unlock that is fetched again for free, where the subject was known. */
    unlockId: uuid('unlock_id'),
    ...labels,
    /** The budget periods these credits are counted in; both arrays run in step. */
    budgetIds: uuid('budget_ids').array().notNull(),
    budgetStarts: instant('budget_starts').array().notNull(),
    reservedAt: instant('reserved_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('reservations_held')
      .on(table.workspaceId, table.accountId, table.subject, table.variant)
      .where(sql`state = 'HELD'`),
    index('reservations_in_doubt')
      .on(table.workspaceId, table.accountId, table.subject)
      .where(sql`state = 'IN_DOUBT'`),
  ],
);

/**
 * The append-only ledger; a trigger refuses UPDATE and DELETE. Partitioned by month over the ids, which begin with their
 * time: so the primary key holds over all partitions. It holds no personal data, so it can stay for ever. */
export const entries = pgTable(
  'entries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    kind: entryKind().notNull().default('ASK'),
    /** When the credits were reserved: the instant that decides day, month and budget period. */
    at: instant('at').notNull(),
    recordedAt: instant('recorded_at').notNull().default(sql`now()`),
    /** The PRESUMED entry that a correction confirms or gives back. */
    correctsEntryId: uuid('refers_to'),
    outcome: outcome().notNull(),
    charge: charge().notNull(),
    credits: credits('credits').notNull(),
    saved: credits('saved').notNull(),
    accountId: uuid('account_id'),
    ...labels,
    unlockId: uuid('unlock_id'),
    fromSnapshot: boolean('from_snapshot').notNull().default(false),
    /** The budget periods these credits are counted in; both arrays run in step. */
    budgetIds: uuid('budget_ids').array().notNull().default(sql`'{}'`),
    budgetStarts: instant('budget_starts').array().notNull().default(sql`'{}'`),
    problem: text(),
    latencyMs: integer('latency_ms').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('entries_at').on(table.workspaceId, table.at, table.id),
    index('entries_ask').on(table.workspaceId, table.lookupId).where(sql`step > 1`),
    index('entries_unlock').on(table.workspaceId, table.unlockId).where(sql`unlock_id is not null`),
    index('entries_refers_to').on(table.workspaceId, table.correctsEntryId).where(sql`refers_to is not null`),
  ],
);

/** The standing fact that an account has paid for a record. */
export const unlocks = pgTable(
  'unlocks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    /** The record as its provider names it, as an opaque key. */
    record: text().notNull(),
    operation: text().notNull(),
    provider: text().notNull(),
    sandbox: boolean().notNull(),
    /** What the record cost when it was bought. */
    price: credits('price').notNull(),
    /** Whether its provider charges for every fetch: then it may be bought more than once. */
    refetchCosts: boolean('refetch_costs').notNull().default(false),
    origin: unlockOrigin().notNull().default('BOUGHT'),
    /** The entry that bought it; null for a declared one. */
    entryId: uuid('entry_id'),
    unlockedAt: instant('unlocked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('unlocks_record').on(table.workspaceId, table.accountId, table.record),
    index('unlocks_at').on(table.workspaceId, table.unlockedAt, table.id),
  ],
);

/** Every identifier an unlocked record answers to, as opaque keys. */
export const aliases = pgTable(
  'aliases',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    alias: text().notNull(),
    unlockId: uuid('unlock_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.accountId, table.alias] }),
    index('aliases_unlock').on(table.workspaceId, table.unlockId),
  ],
);

/** The copy of a record kept from its last fetch, one for each variant; the body is the callers' affair. */
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

/** A limit in credits per period. Deleted ones stay, so that old refusals keep their name. */
export const budgets = pgTable(
  'budgets',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    scope: budgetScope().notNull(),
    /** The connection's or token's id, or the workflow's name; null for the whole workspace. */
    subject: text(),
    period: budgetPeriod().notNull(),
    timeZone: text('time_zone').notNull(),
    limit: credits('limit').notNull(),
    mode: budgetMode().notNull(),
    /** Percentages of the limit at which people want to hear. */
    thresholds: integer().array().notNull(),
    /** Set by the operator for the workspace's plan: nobody inside may change it. */
    setByOperator: boolean('set_by_operator').notNull().default(false),
    webhookUrl: text('webhook_url'),
    /** What webhooks are signed with, sealed like a key and bound to the budget. */
    webhookSecretSealed: bytea('webhook_secret_sealed'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('budgets_name').on(table.workspaceId, table.name).where(sql`deleted_at is null`),
  ],
);

/** What one period of a budget has reserved and spent; the row is made by the first reservation of the period. */
export const budgetPeriods = pgTable(
  'budget_periods',
  {
    workspaceId: uuid('workspace_id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    reserved: credits('reserved').notNull(),
    spent: credits('spent').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.budgetId, table.startsAt] })],
);

/** That a period's spending reached a threshold: written once, by the statement that settled the credit. */
export const budgetCrossings = pgTable(
  'budget_crossings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** Per cent of the limit. */
    threshold: integer().notNull(),
    limit: credits('limit').notNull(),
    spent: credits('spent').notNull(),
    crossedAt: instant('crossed_at').notNull(),
    /** Webhook delivery: when it was taken, how often it was tried, and when to try next. */
    deliveredAt: instant('delivered_at'),
    tries: integer().notNull().default(0),
    nextTryAt: instant('next_try_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.budgetId, table.startsAt, table.threshold] }),
    index('budget_crossings_due').on(table.nextTryAt).where(sql`next_try_at is not null`),
  ],
);

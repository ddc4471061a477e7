import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.js';
import { workspaces } from './workspaces.js';

/** What an alert is about: the spending of a budget, or the balance of an account. */
export const alertKind = pgEnum('alert_kind', ['BUDGET', 'BALANCE']);

/** That a budget or an account reached a threshold in one period. Each threshold of a period is written once. */
export const thresholdAlerts = pgTable(
  'threshold_alerts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    kind: alertKind().notNull(),
    /** The budget, or the account. */
    subjectId: uuid('subject_id').notNull(),
    periodStartsAt: instant('period_starts_at').notNull(),
    /** Per cent of the budget's limit, or of the month's credits. */
    threshold: integer().notNull(),
    /** BUDGET: limit, spent. BALANCE: monthlyCredits, used, remaining, renewsAt. Credits are strings of digits. */
    facts: jsonb().notNull(),
    raisedAt: instant('raised_at').notNull(),
    /** Delivery to the webhook: attempts so far, when to attempt next, and when it was accepted. */
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    deliveredAt: instant('delivered_at'),
    lastAttemptAt: instant('last_attempt_at'),
    /** Why the last attempt failed, in words; null when it did not. */
    lastError: text('last_error'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('threshold_alerts_once').on(
      table.workspaceId,
      table.kind,
      table.subjectId,
      table.periodStartsAt,
      table.threshold,
    ),
    index('threshold_alerts_due').on(table.nextAttemptAt).where(sql`next_attempt_at is not null`),
  ],
);

/** Where the alerts of one budget or one account are sent. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    kind: alertKind().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** What is shown of the address: all of it, or its host where the rest is a secret. */
    url: text().notNull(),
    /** The address, where it is a secret: sealed under ENCRYPTION_KEYS and bound to the budget or account. */
    urlSealed: bytea('url_sealed'),
    /** What messages are signed with, sealed under ENCRYPTION_KEYS and bound to the budget or account. */
    secretSealed: bytea('secret_sealed').notNull(),
    /** The secret before the last rotation. It signs too, until it expires. */
    previousSecretSealed: bytea('previous_secret_sealed'),
    previousSecretExpiresAt: instant('previous_secret_expires_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind, table.subjectId] })],
);

import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
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

/** What an alert reports. */
export const alertEvent = pgEnum('alert_event', [
  'BUDGET_THRESHOLD',
  'BALANCE_THRESHOLD',
  'KEY_REFUSED',
  'PROVIDER_UNAVAILABLE',
  'PRESUMED_CHARGES',
]);

export const alertDestinationKind = pgEnum('alert_destination_kind', [
  'WEBHOOK',
  'SLACK',
  'TEAMS',
  'GOOGLE_CHAT',
  'DISCORD',
  'EMAIL',
]);

/**
 * What was reported, once for each subject, start and threshold. An alert of a condition (KEY_REFUSED,
 * PROVIDER_UNAVAILABLE) stays unresolved until the condition ends, and a subject has one such alert at a time.
 */
export const alerts = pgTable(
  'alerts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    event: alertEvent().notNull(),
    /** The id of the budget, the account or the connection; the provider's name, also for a managed key; the workspace's id for PRESUMED_CHARGES. */
    subject: text().notNull(),
    /** When the period, the condition or the day started. */
    startsAt: instant('starts_at').notNull(),
    /** Per cent of the budget's limit, or of the month's credits; 0 for other events. */
    threshold: integer().notNull().default(0),
    /** What each event's message is made of. Credits are strings of digits. */
    facts: jsonb().notNull(),
    raisedAt: instant('raised_at').notNull(),
    /** When the condition ended. */
    resolvedAt: instant('resolved_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('alerts_once').on(
      table.workspaceId,
      table.event,
      table.subject,
      table.startsAt,
      table.threshold,
    ),
    uniqueIndex('alerts_unresolved')
      .on(table.workspaceId, table.event, table.subject)
      .where(sql`resolved_at is null and event in ('KEY_REFUSED', 'PROVIDER_UNAVAILABLE')`),
  ],
);

/** Where the alerts of a workspace are sent. */
export const alertDestinations = pgTable(
  'alert_destinations',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    kind: alertDestinationKind().notNull(),
    name: text().notNull(),
    /** What is shown of the URL: all of it, or its host where the rest is a secret. Null for EMAIL. */
    url: text(),
    /** The URL, where it is a secret: sealed under ENCRYPTION_KEYS and bound to the destination. */
    urlSealed: bytea('url_sealed'),
    /** The addresses of EMAIL. */
    recipients: text().array(),
    /** What messages of WEBHOOK are signed with, sealed under ENCRYPTION_KEYS and bound to the destination. */
    secretSealed: bytea('secret_sealed'),
    /** The secret before the last rotation. It signs too, until it expires. */
    previousSecretSealed: bytea('previous_secret_sealed'),
    previousSecretExpiresAt: instant('previous_secret_expires_at'),
    enabled: boolean().notNull().default(true),
    events: alertEvent().array().notNull(),
    /** The budgets whose thresholds are sent; null: all. */
    budgetIds: uuid('budget_ids').array(),
    /** The accounts whose balances and refused keys are sent; null: all. */
    accountIds: uuid('account_ids').array(),
    /** When an alert was last sent as a test. */
    testedAt: instant('tested_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('alert_destinations_name').on(table.workspaceId, table.name),
  ],
);

/** The outbox: one row for each alert and destination. A trigger adds them in the statement that raises the alert. */
export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    alertId: uuid('alert_id').notNull(),
    destinationId: uuid('destination_id').notNull(),
    /** Attempts so far. */
    attempts: integer().notNull().default(0),
    /** When to attempt next; null once it was delivered or given up. */
    nextAttemptAt: instant('next_attempt_at'),
    deliveredAt: instant('delivered_at'),
    lastAttemptAt: instant('last_attempt_at'),
    /** Why the last attempt failed, in words; null when it did not. */
    lastError: text('last_error'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.alertId, table.destinationId] }),
    foreignKey({
      name: 'alert_deliveries_alert_fk',
      columns: [table.workspaceId, table.alertId],
      foreignColumns: [alerts.workspaceId, alerts.id],
    }),
    foreignKey({
      name: 'alert_deliveries_destination_fk',
      columns: [table.workspaceId, table.destinationId],
      foreignColumns: [alertDestinations.workspaceId, alertDestinations.id],
    }).onDelete('cascade'),
    index('alert_deliveries_destination').on(table.workspaceId, table.destinationId),
    index('alert_deliveries_due').on(table.nextAttemptAt).where(sql`next_attempt_at is not null`),
  ],
);

import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/**
 * The append-only audit log: one row for each change, written in the transaction of the change. A trigger refuses UPDATE,
 * DELETE and TRUNCATE. It has no foreign keys, so that it outlives what it names. It holds no secrets and no identifiers of
 * records, because it can never be erased.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** The nil UUID for changes of the operator that concern no single workspace. */
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    occurredAt: instant('occurred_at').notNull().default(sql`clock_timestamp()`),
    /** `noun.verb`, such as `token.create`. */
    action: text().notNull(),
    /** The public id of what was changed; null where there is none. */
    subject: text(),
    /** The token that made the change; null for the operator. */
    tokenId: uuid('token_id'),
    /** The name of the token at that time, or the command of the operator. */
    actor: text().notNull(),
    /** The role of the token at that time; null for the operator. */
    role: text(),
    /** Where the request came from; null for the operator. */
    remoteAddress: text('remote_address'),
    requestId: text('request_id'),
    userAgent: text('user_agent'),
    /** The account of the operating system and the host of the operator's command; null for a token. */
    account: text(),
    host: text(),
    /** Public fields before and after the change; null where it did not exist or does not any more. */
    before: jsonb(),
    after: jsonb(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('audit_events_occurred_at').on(table.workspaceId, table.occurredAt, table.id),
    // For the operator's list, which has all workspaces.
    index('audit_events_all').on(table.occurredAt, table.id),
    index('audit_events_subject').on(table.workspaceId, table.subject, table.occurredAt, table.id),
  ],
);

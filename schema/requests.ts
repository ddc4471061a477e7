import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea, workspaces } from './access.js';

/**
 * Changes that were sent with an Idempotency-Key, each with its first answer. What was sent stands here as
 * fingerprints only, and the answer sealed like a key, for it may hold a secret that is shown once.
 */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    tokenId: uuid('token_id').notNull(),
    /** HMAC-SHA-256 of the Idempotency-Key. */
    keyFingerprint: bytea('key_fingerprint').notNull(),
    /** HMAC-SHA-256 of document, variables and operation name. */
    requestFingerprint: bytea('request_fingerprint').notNull(),
    /** The run that this row stands for: another one if it was taken over. */
    id: uuid().notNull(),
    /** AES-256-GCM under ENCRYPTION_KEYS, bound to workspace and run; null while it runs. */
    answerSealed: bytea('answer_sealed'),
    /** A run that has not answered by then has died. Prolonged for as long as it lives. */
    leaseEndsAt: timestamp('lease_ends_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.tokenId, table.keyFingerprint] }),
    index('idempotent_requests_expires_at').on(table.expiresAt),
  ],
);

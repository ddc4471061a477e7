import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.js';
import { workspaces } from './workspaces.js';

/**
 * Requests that were sent with an Idempotency-Key, each with its first response. The request is stored as fingerprints
 * only. The response is sealed like a key, because it may hold personal data, or a secret that is shown once.
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
    /** The run of the request. It changes when another instance takes the row over. */
    id: uuid().notNull(),
    /** AES-256-GCM under ENCRYPTION_KEYS, bound to workspace and run; null while the request runs. */
    responseSealed: bytea('response_sealed'),
    /** Whether the response may hold records, which `forgetRecord` erases. */
    returnsRecords: boolean('returns_records').notNull().default(false),
    /** A run without a response at this instant has died. Extended for as long as the run lives. */
    leaseEndsAt: instant('lease_ends_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.tokenId, table.keyFingerprint] }),
    index('idempotent_requests_expires_at').on(table.expiresAt),
  ],
);

import { sql } from 'drizzle-orm';
import {
  customType,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const role = pgEnum('role', ['ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER']);

/** What a workspace may do; set by the operator. FREE uses the operator's accounts only, never keys of its own. */
export const plan = pgEnum('plan', ['FREE', 'STARTER', 'EXPLORER', 'PRO']);

/** The tenant: everything else belongs to one. */
export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  plan: plan().notNull().default('PRO'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
});

/** A gateway credential, kept as its SHA-256 only. */
export const tokens = pgTable(
  'tokens',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    role: role().notNull(),
    /** The first 8 bytes of the hash: what a row is looked up by. */
    hashPrefix: bytea('hash_prefix').notNull(),
    /** SHA-256 of the whole token, compared in constant time. */
    hash: bytea().notNull(),
    /** The token's last four characters, for people to tell tokens apart. */
    hint: text().notNull(),
    /** The workflow of asks that name none. */
    workflow: text(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('tokens_hash').on(table.hash),
    index('tokens_hash_prefix').on(table.hashPrefix),
  ],
);

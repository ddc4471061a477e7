import { sql } from 'drizzle-orm';
import { index, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.js';
import { workspaces } from './workspaces.js';

export const role = pgEnum('role', ['ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER']);

/** A gateway credential. Only its SHA-256 is stored. */
export const tokens = pgTable(
  'tokens',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    role: role().notNull(),
    /** The first 8 bytes of the hash. Rows are found by it. */
    hashPrefix: bytea('hash_prefix').notNull(),
    /** SHA-256 of the whole token, compared in constant time. */
    hash: bytea().notNull(),
    /** The token's last four characters, so that people can distinguish tokens. */
    hint: text().notNull(),
    /** The workflow of lookups that name none. */
    workflow: text(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('tokens_hash').on(table.hash),
    index('tokens_hash_prefix').on(table.hashPrefix),
  ],
);

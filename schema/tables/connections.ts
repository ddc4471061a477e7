import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.js';
import { bytea, instant } from './columns.js';

/** A named, sealed key of one provider. Deleting one erases its key and keeps the row, so that history has a name. */
export const connections = pgTable(
  'connections',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    provider: text().notNull(),
    name: text().notNull(),
    accountId: uuid('account_id').notNull(),
    /** AES-256-GCM under ENCRYPTION_KEYS, bound to workspace and connection; null once deleted. */
    keySealed: bytea('key_sealed'),
    /** The key's last four characters. */
    keyHint: text('key_hint').notNull(),
    sandbox: boolean().notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    verifiedAt: instant('verified_at'),
    /** Why the last verification failed; null when it succeeded. */
    problemCode: text('problem_code'),
    disabledAt: instant('disabled_at'),
    deletedAt: instant('deleted_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
    uniqueIndex('connections_name').on(table.workspaceId, table.name).where(sql`deleted_at is null`),
    uniqueIndex('connections_default')
      .on(table.workspaceId, table.provider)
      .where(sql`is_default and deleted_at is null`),
    index('connections_account').on(table.workspaceId, table.accountId),
  ],
);

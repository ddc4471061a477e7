import { sql } from 'drizzle-orm';
import { foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.js';
import { workspaces } from './workspaces.js';

/** The provider's account behind one or more keys. Unlocks belong to it. */
export const accounts = pgTable(
  'accounts',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    provider: text().notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    /** When an instance last began to read the balance from the provider on its own; null: never. */
    balanceTriedAt: instant('balance_tried_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Every key by which an account was seen, as an HMAC-SHA-256 fingerprint. Rotated keys stay known. */
export const accountKeys = pgTable(
  'account_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    provider: text().notNull(),
    fingerprint: bytea().notNull(),
    accountId: uuid('account_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.provider, table.fingerprint] }),
    foreignKey({
      columns: [table.workspaceId, table.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

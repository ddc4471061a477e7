import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, workspaces } from './access.js';

/**
 * One row: the random key under which provider keys are fingerprinted, itself sealed under ENCRYPTION_KEYS. Because
 * it never changes, an account is still recognised after the sealing secrets were replaced.
 */
export const vault = pgTable('vault', {
  id: integer().primaryKey().default(1),
  fingerprintKeySealed: bytea('fingerprint_key_sealed').notNull(),
});

/** The provider's account behind one or more keys: unlocks belong to it. */
export const accounts = pgTable(
  'accounts',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    provider: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Every key by which an account has been met, as an HMAC-SHA-256 fingerprint. Rotated keys stay known. */
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

/** A named, sealed key of one provider. Deleting one wipes its key and keeps the row, so that history has a name. */
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
    verifiedAt: timestamp('verified_at', { withTimezone: true }),
    /** Why the last verification failed; null when it did not. */
    problemCode: text('problem_code'),
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
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

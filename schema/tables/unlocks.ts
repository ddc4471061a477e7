import { boolean, index, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';

/** DECLARED: bought before the gateway was used, as its owner declared. */
export const unlockOrigin = pgEnum('unlock_origin', ['BOUGHT', 'DECLARED']);

/** The lasting fact that an account has paid for a record. */
export const unlocks = pgTable(
  'unlocks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    accountId: uuid('account_id').notNull(),
    /** The record as its provider identifies it, as an opaque key. */
    recordKey: text('record_key').notNull(),
    operation: text().notNull(),
    provider: text().notNull(),
    sandbox: boolean().notNull(),
    /** What the record cost when it was bought. */
    price: bigintColumn('price').notNull(),
    /** Whether its provider charges for every fetch. Such a record may be bought more than once. */
    refetchCosts: boolean('refetch_costs').notNull().default(false),
    origin: unlockOrigin().notNull().default('BOUGHT'),
    /** The entry that bought it; null for a declared one. */
    entryId: uuid('entry_id'),
    unlockedAt: instant('unlocked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('unlocks_record_key').on(table.workspaceId, table.accountId, table.recordKey),
    index('unlocks_unlocked_at').on(table.workspaceId, table.unlockedAt, table.id),
  ],
);

/** Every identifier that finds an unlocked record, as opaque keys. */
export const unlockKeys = pgTable(
  'unlock_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    lookupKey: text('lookup_key').notNull(),
    unlockId: uuid('unlock_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.accountId, table.lookupKey] }),
    index('unlock_keys_unlock').on(table.workspaceId, table.unlockId),
  ],
);

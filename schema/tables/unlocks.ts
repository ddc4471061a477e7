import { sql } from 'drizzle-orm';
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

/**
 * How an identifier of a record is known. RESOLVED: the provider answered a lookup by it with the record; the record's own
 * id is of this kind. DECLARED: an import names it. REPORTED: the record contains it.
 */
export const identifierSource = pgEnum('identifier_source', ['RESOLVED', 'DECLARED', 'REPORTED']);

/**
 * The identifiers of unlocked records, as opaque keys: one row for each fact. At most one record is resolved by a key; any
 * number may report it. The SQL function unlock_of_key decides which record a key leads to.
 */
export const unlockKeys = pgTable(
  'unlock_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    accountId: uuid('account_id').notNull(),
    lookupKey: text('lookup_key').notNull(),
    unlockId: uuid('unlock_id').notNull(),
    source: identifierSource().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'unlock_keys_pkey',
      columns: [table.workspaceId, table.accountId, table.lookupKey, table.unlockId, table.source],
    }),
    uniqueIndex('unlock_keys_resolved')
      .on(table.workspaceId, table.accountId, table.lookupKey)
      .where(sql`source = 'RESOLVED'`),
    index('unlock_keys_unlock').on(table.workspaceId, table.unlockId),
  ],
);

import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** A record as it was last fetched, one for each variant. The ledger never reads the body. */
export const snapshots = pgTable(
  'snapshots',
  {
    workspaceId: uuid('workspace_id').notNull(),
    unlockId: uuid('unlock_id').notNull(),
    variant: text().notNull(),
    body: text().notNull(),
    /** The record's name; an empty text where it has none, null until it is read from the body. */
    name: text(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.unlockId, table.variant] })],
);

/**
 * The words of the names in snapshots, by which records are searched. They are written after the settlement, which only
 * notes in record_words_due that they are due. A trigger deletes them with their snapshot.
 */
export const recordWords = pgTable(
  'record_words',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** In the collation "C", as the migration says: the words with a prefix are one range of the index. */
    word: text().notNull(),
    unlockId: uuid('unlock_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.word, table.unlockId] }),
    index('record_words_unlock').on(table.workspaceId, table.unlockId, table.word),
  ],
);

/** Unlocks with a snapshot that was written since their words were. Nearly always empty. */
export const recordWordsDue = pgTable(
  'record_words_due',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    unlockId: uuid('unlock_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

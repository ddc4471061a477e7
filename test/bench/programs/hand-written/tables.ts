import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

const credits = (name: string) => bigint(name, { mode: 'number' }).notNull();
const instant = (name: string) => timestamp(name, { withTimezone: true }).notNull();
const workspaceId = uuid('workspace_id').notNull();

/** The limit of a workspace for one month, and what counts against it. */
export const budgets = pgTable(
  'budgets',
  {
    workspaceId,
    month: text().notNull(),
    limit: credits('limit'),
    reserved: credits('reserved'),
    spent: credits('spent'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.month] })],
);

/** Credits held for a call in flight: one call at a time for each lookup key. */
export const reservations = pgTable(
  'reservations',
  {
    workspaceId,
    id: uuid().notNull(),
    lookupKey: text('lookup_key').notNull(),
    credits: credits('credits'),
    tokenId: uuid('token_id').notNull(),
    workflow: text(),
    reservedAt: instant('reserved_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique().on(table.workspaceId, table.lookupKey),
  ],
);

/** Records that were bought. */
export const unlocks = pgTable(
  'unlocks',
  {
    workspaceId,
    id: uuid().notNull(),
    recordKey: text('record_key').notNull(),
    operation: text().notNull(),
    provider: text().notNull(),
    price: credits('price'),
    entryId: uuid('entry_id').notNull(),
    unlockedAt: instant('unlocked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique().on(table.workspaceId, table.recordKey),
  ],
);

/** By what a record is found again. */
export const identifiers = pgTable(
  'identifiers',
  { workspaceId, lookupKey: text('lookup_key').notNull(), unlockId: uuid('unlock_id').notNull() },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.lookupKey] }),
    index('identifiers_unlock').on(table.workspaceId, table.unlockId),
  ],
);

/** What the provider sent last, as it came. */
export const snapshots = pgTable(
  'snapshots',
  {
    workspaceId,
    unlockId: uuid('unlock_id').notNull(),
    body: text().notNull(),
    fetchedAt: instant('fetched_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.unlockId] })],
);

/** One row for each lookup: who spent what on which record. */
export const entries = pgTable(
  'entries',
  {
    workspaceId,
    id: uuid().notNull(),
    occurredAt: instant('occurred_at'),
    outcome: text().notNull(),
    charge: text().notNull(),
    credits: credits('credits'),
    saved: credits('saved'),
    operation: text().notNull(),
    provider: text().notNull(),
    tokenId: uuid('token_id').notNull(),
    workflow: text(),
    unlockId: uuid('unlock_id'),
    fromSnapshot: boolean('from_snapshot').notNull(),
    latencyMs: integer('latency_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('entries_occurred_at').on(table.workspaceId, table.occurredAt),
    index('entries_unlock').on(table.workspaceId, table.unlockId),
  ],
);

/** The migration of these tables. */
export const createTables = async (sql: postgres.Sql): Promise<void> => {
  await sql.unsafe(`
    create table budgets (workspace_id uuid not null, month text not null, "limit" bigint not null,
      reserved bigint not null, spent bigint not null, primary key (workspace_id, month));
    create table reservations (workspace_id uuid not null, id uuid not null, lookup_key text not null,
      credits bigint not null, token_id uuid not null, workflow text, reserved_at timestamptz not null,
      primary key (workspace_id, id), unique (workspace_id, lookup_key));
    create table unlocks (workspace_id uuid not null, id uuid not null, record_key text not null,
      operation text not null, provider text not null, price bigint not null, entry_id uuid not null,
      unlocked_at timestamptz not null, primary key (workspace_id, id), unique (workspace_id, record_key));
    create table identifiers (workspace_id uuid not null, lookup_key text not null, unlock_id uuid not null,
      primary key (workspace_id, lookup_key));
    create index identifiers_unlock on identifiers (workspace_id, unlock_id);
    create table snapshots (workspace_id uuid not null, unlock_id uuid not null, body text not null,
      fetched_at timestamptz not null, primary key (workspace_id, unlock_id));
    create table entries (workspace_id uuid not null, id uuid not null, occurred_at timestamptz not null,
      outcome text not null, charge text not null, credits bigint not null, saved bigint not null,
      operation text not null, provider text not null, token_id uuid not null, workflow text, unlock_id uuid,
      from_snapshot boolean not null, latency_ms int not null, primary key (workspace_id, id));
    create index entries_occurred_at on entries (workspace_id, occurred_at);
    create index entries_unlock on entries (workspace_id, unlock_id);
  `);
};

import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bigintColumn, bytea, instant } from './columns.js';
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
    /** What its lookups may do, which connections may pay, and under which workflows; null: all. */
    scopeOperations: text('scope_operations').array(),
    scopeConnections: uuid('scope_connections').array(),
    scopeWorkflows: text('scope_workflows').array(),
    /** False: its lookups return what costs nothing. */
    maySpend: boolean('may_spend').notNull().default(true),
    requestsPerSecond: integer('requests_per_second'),
    lookupsPerDay: bigintColumn('lookups_per_day'),
    /** The limit of its budget, which the ledger enforces. */
    creditsPerDay: bigintColumn('credits_per_day'),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    /** The secret before the last rotation, which is valid until `previous_ends_at`. */
    previousHash: bytea('previous_hash'),
    previousHashPrefix: bytea('previous_hash_prefix'),
    previousEndsAt: instant('previous_ends_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('tokens_hash').on(table.hash),
    index('tokens_hash_prefix').on(table.hashPrefix),
    index('tokens_previous_hash_prefix').on(table.previousHashPrefix),
  ],
);

/** The lookups of a token on one day (UTC), where it has a limit of them. The next day starts at 0 again. */
export const tokenLookups = pgTable(
  'token_lookups',
  {
    workspaceId: uuid('workspace_id').notNull(),
    tokenId: uuid('token_id').notNull(),
    day: date().notNull(),
    lookups: bigintColumn('lookups').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.tokenId] })],
);

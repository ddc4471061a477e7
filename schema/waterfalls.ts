import { sql } from 'drizzle-orm';
import { json, pgEnum, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './access.js';

/** What a waterfall may be the default for. */
export const waterfallDefault = pgEnum('waterfall_default', ['COMPANIES', 'PEOPLE']);

/** A named list of steps: providers to try, in order. */
export const waterfalls = pgTable(
  'waterfalls',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** `[{ provider, connectionId, require }]`, checked by whoever reads it. */
    steps: json().notNull(),
    /** Taken by asks that name neither a connection nor a waterfall. */
    defaultFor: waterfallDefault('default_for'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('waterfalls_name').on(table.workspaceId, table.name),
    uniqueIndex('waterfalls_default').on(table.workspaceId, table.defaultFor),
  ],
);

import { sql } from 'drizzle-orm';
import { json, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';
import { workspaces } from './workspaces.js';

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
    /** `[{ provider, connectionId, require }]`, checked when it is read. */
    steps: json().notNull(),
    /** Used by lookups that name neither a connection nor a waterfall. */
    defaultFor: waterfallDefault('default_for'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('waterfalls_name').on(table.workspaceId, table.name),
    uniqueIndex('waterfalls_default').on(table.workspaceId, table.defaultFor),
  ],
);

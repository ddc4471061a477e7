import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';
import { workspaces } from './workspaces.js';

/** Named addresses of the dashboard, which everybody in the workspace sees. */
export const savedViews = pgTable(
  'saved_views',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** A path and a query string, checked when it is saved. */
    address: text().notNull(),
    /** The token that created it, and may change and delete it. */
    tokenId: uuid('token_id').notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('saved_views_name').on(table.workspaceId, table.name),
  ],
);

import { sql } from 'drizzle-orm';
import { pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** What a workspace may do; set by the operator. FREE uses the operator's accounts only, never keys of its own. */
export const plan = pgEnum('plan', ['FREE', 'STARTER', 'EXPLORER', 'PRO']);

/** The tenant. Every other row belongs to one. */
export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  plan: plan().notNull().default('PRO'),
  createdAt: instant('created_at').notNull().default(sql`now()`),
});

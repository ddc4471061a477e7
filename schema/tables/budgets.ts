import { sql } from 'drizzle-orm';
import { boolean, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';
import { workspaces } from './workspaces.js';

export const budgetScope = pgEnum('budget_scope', [
  'WORKSPACE',
  'CONNECTION',
  'WORKFLOW',
  'TOKEN',
  'MANAGED',
  'JOB',
]);
export const budgetPeriod = pgEnum('budget_period', ['DAY', 'WEEK', 'MONTH', 'TOTAL']);
export const budgetMode = pgEnum('budget_mode', ['HARD', 'SOFT']);

/** A limit in credits per period. Deleted budgets stay, so that old refusals keep their name. */
export const budgets = pgTable(
  'budgets',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid().notNull(),
    name: text().notNull(),
    scope: budgetScope().notNull(),
    /** The id of a connection, token or job, or the workflow's name; null for the whole workspace. */
    subject: text(),
    period: budgetPeriod().notNull(),
    timeZone: text('time_zone').notNull(),
    limit: bigintColumn('limit').notNull(),
    mode: budgetMode().notNull(),
    /** Percentages of the limit at which an alert is raised. */
    thresholds: integer().array().notNull(),
    /** Set by the operator for the workspace's plan: nobody in the workspace may change it. */
    setByOperator: boolean('set_by_operator').notNull().default(false),
    /** The token whose credits a day it limits: it is changed with that token only. Null for all other budgets. */
    tokenId: uuid('token_id'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('budgets_token').on(table.workspaceId, table.tokenId),
    uniqueIndex('budgets_name').on(table.workspaceId, table.name).where(sql`deleted_at is null`),
  ],
);

/**
 * What one period of a budget has reserved and spent. The first reservation of the period creates the row, or a budget
 * that counts its current period from the start.
 */
export const budgetPeriods = pgTable(
  'budget_periods',
  {
    workspaceId: uuid('workspace_id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    reserved: bigintColumn('reserved').notNull(),
    spent: bigintColumn('spent').notNull(),
    /** The part of `spent` whose entries do not list the budget; null where nothing before the budget was counted. */
    openingSpend: bigintColumn('opening_spend'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.budgetId, table.startsAt] })],
);

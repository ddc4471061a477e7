import { and, eq, isNull, ne, or, type SQL } from 'drizzle-orm';
import { budgetMode, budgetPeriod, budgets } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { toPublicId } from '../access/public-ids.js';
import type { Delivery } from '../alerts/read-alerts.js';
import { GatewayError } from '../errors.js';

/** Without JOB: the limit of a job is its own `maxCredits`, and is changed and shown with it. */
export const budgetScopes = ['WORKSPACE', 'CONNECTION', 'WORKFLOW', 'TOKEN', 'MANAGED'] as const;
export const budgetPeriodNames = budgetPeriod.enumValues;
export const budgetModes = budgetMode.enumValues;
export const budgetStarts = ['PERIOD_START', 'NOW'] as const;
export type BudgetStart = (typeof budgetStarts)[number];
export type BudgetScope = (typeof budgetScopes)[number];
export type BudgetPeriod = (typeof budgetPeriodNames)[number];
export type BudgetMode = (typeof budgetModes)[number];

/** A limit in credits per period, with the spent and reserved credits of the current period. */
export type Budget = {
  id: string;
  name: string;
  scope: BudgetScope;
  /** The connection's or token's id, or the workflow's name; null for the other scopes. */
  subject: string | null;
  period: BudgetPeriod;
  timeZone: string;
  limit: bigint;
  mode: BudgetMode;
  /** Percentages of the limit, ascending. */
  thresholds: number[];
  /** The operator set it for the workspace's plan: the workspace cannot change it. */
  setByOperator: boolean;
  /** The token whose credits a day it limits: it is changed with that token only. Null for all others. */
  tokenId: string | null;
  createdAt: Date;
  /** When the current period started; null for TOTAL, which is one period for all time. */
  startsAt: Date | null;
  /** Null for TOTAL, which never renews. */
  renewsAt: Date | null;
  /** Both by the clocks of the budget's time zone, such as 2026-11-01 00:00. */
  startsAtLocal: string | null;
  renewsAtLocal: string | null;
  spent: bigint;
  reserved: bigint;
  /** The limit minus spent and reserved; negative if a soft budget was exceeded or the limit was lowered. */
  remaining: bigint;
  /** The latest alerts, newest first, up to 20. */
  alerts: BudgetAlert[];
};

/** An alert: the spending of a period reached a threshold. */
export type BudgetAlert = {
  threshold: number;
  /** When the period started; null for TOTAL. */
  startsAt: Date | null;
  spent: bigint;
  limit: bigint;
  raisedAt: Date;
  deliveries: Delivery[];
};

/** What the audit log says of a budget. */
export const factsOfBudget = (
  budget: Pick<Budget, 'name' | 'subject' | 'period' | 'timeZone' | 'limit' | 'mode' | 'thresholds'> & {
    scope: string;
  },
): Facts => ({
  name: budget.name,
  scope: budget.scope,
  subject: shownSubject(budget),
  period: budget.period,
  timeZone: budget.timeZone,
  limit: budget.limit,
  mode: budget.mode,
  thresholds: budget.thresholds,
});

const shownSubject = ({ scope, subject }: { scope: string; subject: string | null }): string | null => {
  if (subject === null || (scope !== 'CONNECTION' && scope !== 'TOKEN')) return subject;
  return toPublicId(scope === 'TOKEN' ? 'token' : 'connection', subject);
};

/** The start of a period as clients see it: TOTAL starts at the epoch in its row only. */
export const shownStart = (period: BudgetPeriod, startsAt: Date): Date | null =>
  period === 'TOTAL' ? null : startsAt;

/** The budgets of a workspace that clients see: not deleted, and without those of jobs and an operator's that only counts. */
export const standing = (workspaceId: string): SQL | undefined =>
  and(
    eq(budgets.workspaceId, workspaceId),
    isNull(budgets.deletedAt),
    ne(budgets.scope, 'JOB'),
    or(eq(budgets.setByOperator, false), eq(budgets.mode, 'HARD')),
  );

export const isBudget = (workspaceId: string, id: string): SQL | undefined =>
  and(standing(workspaceId), eq(budgets.id, id));

/** Refuses a change to a budget that the operator set, or that belongs to a token. */
export const refuseFixed = ({ setByOperator, tokenId }: Pick<Budget, 'setByOperator' | 'tokenId'>): void => {
  if (tokenId !== null) {
    throw new GatewayError(
      'FORBIDDEN',
      "This limit is that of a token's credits a day: change or remove it with updateToken, or set a budget of your own beside it.",
      { field: ['id'] },
    );
  }
  if (!setByOperator) return;
  throw new GatewayError(
    'FORBIDDEN',
    "This limit is the operator's, for the workspace's plan: ask the operator of this gateway for another plan, or set a budget of your own beside it.",
    { field: ['id'] },
  );
};

export const budgetNotFound = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'This workspace has no such budget: list the budgets and name one of them.', {
    field: ['id'],
  });

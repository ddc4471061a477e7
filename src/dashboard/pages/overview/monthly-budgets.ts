import type { OverviewBudgetsQuery } from '../../api/operations.js';

export type MonthlyBudget = OverviewBudgetsQuery['budgets']['nodes'][number];

/** The workspace's monthly budget with the least room, which is the one that will stop it. */
export const tightest = (budgets: readonly MonthlyBudget[]): MonthlyBudget | null =>
  budgets
    .filter(({ scope, period }) => scope === 'WORKSPACE' && period === 'MONTH')
    .toSorted((a, b) => a.remaining - b.remaining)[0] ?? null;

/** What is true of the budgets where none limits the whole workspace by the month. */
export const describeBudgets = (budgets: readonly Pick<MonthlyBudget, 'scope' | 'period'>[]): string => {
  if (budgets.length === 0) return 'No budget is set';
  const monthly = budgets.filter(({ period }) => period === 'MONTH').length;
  const whole = budgets.filter(({ scope }) => scope === 'WORKSPACE').length;
  const none = 'No monthly workspace budget';
  if (monthly > 0) return `${none}; ${count(monthly, 'monthly budget')} of another scope`;
  return whole > 0
    ? `${none}; ${count(whole, 'workspace budget')} of another period`
    : `${none}; ${count(budgets.length, 'budget')} of another scope and period`;
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

import type { App, Look } from '../app.js';
import { make } from '../make-element.js';
import { type MonthlyBudget, type Summary, summary, type SummaryVariables } from '../operations/summary.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatChange, formatNumber, formatShare } from '../format.js';
import { civilAt, firstOfMonth, startOfDay } from '../zone-time.js';
import { type Figure, makeFigures } from './figures.js';

/** The few numbers that matter: the month against its budget, and the period's credits and hit rate. */
export const makeSummary = (app: App): Panel =>
  makePanel(app, {
    id: 'summary',
    title: 'At a glance',
    width: 'full',
    operation: () => summary,
    variables: variablesOf,
    draw,
  });

const variablesOf = ({ period: { from, to }, timeZone, now }: Look): SummaryVariables => {
  const today = civilAt(now, timeZone);
  return {
    from,
    to,
    monthFrom: startOfDay(firstOfMonth(today), timeZone).toISOString(),
    monthTo: startOfDay(firstOfMonth(today, 1), timeZone).toISOString(),
    timeZone,
  };
};

const draw = ({ month, period, budgets }: Summary, { period: shown }: Look): Drawing => {
  const { totals, previous } = period;
  const change = (name: 'creditsCharged' | 'creditsSaved'): string | null =>
    previous === null ? null : formatChange(totals[name], previous.totals[name]);
  const when = shown.title;
  const figures: Figure[] = [
    monthFigure(month.totals.creditsCharged, tightest(budgets.nodes)),
    {
      name: `Charged, ${when}`,
      value: formatNumber(totals.creditsCharged),
      note: change('creditsCharged') ?? `${formatNumber(totals.lookups)} lookups`,
    },
    {
      name: `Saved, ${when}`,
      value: formatNumber(totals.creditsSaved),
      note: change('creditsSaved') ?? 'free lookups of unlocked records',
      tone: 'saved',
    },
    {
      name: `Hit rate, ${when}`,
      value: formatShare(totals.hitRate),
      note: `${formatNumber(totals.found)} found, ${formatNumber(totals.notFound)} not`,
    },
  ];
  return { chart: makeFigures(figures) };
};

/** The workspace's monthly budget with the least room, which is the one that will stop it. */
const tightest = (budgets: readonly MonthlyBudget[]): MonthlyBudget | null =>
  budgets
    .filter(({ scope, period }) => scope === 'WORKSPACE' && period === 'MONTH')
    .toSorted((a, b) => a.remaining - b.remaining)[0] ?? null;

const monthFigure = (charged: number, budget: MonthlyBudget | null): Figure => {
  const name = 'Credits this month';
  if (budget === null) {
    return {
      name,
      value: formatNumber(charged),
      note: make('a', { href: '#budgets' }, 'no monthly budget yet'),
    };
  }
  const { limit, spent, remaining } = budget;
  const left = `${formatNumber(Math.max(remaining, 0))} left in “${budget.name}”`;
  // By a calendar of another time zone the budget's month is another one.
  const isSame = spent === charged;
  return {
    name,
    value: formatNumber(charged),
    ...(isSame ? { of: `of ${formatNumber(limit)}` } : {}),
    gauge: { spent, limit },
    note: isSame ? left : `${left} of ${formatNumber(limit)}`,
  };
};

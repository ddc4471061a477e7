import type { App, Look } from '../app.js';
import { openBudget } from '../dialogs/budget.js';
import { makeGauge } from '../gauge.js';
import { make } from '../make-element.js';
import { type Budget, budgets } from '../operations/budgets.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatDate, formatNumber, formatWord } from '../format.js';
import { failureOf } from './alerts.js';

/** Every budget as a gauge; with the permission, a button to set one. */
export const makeBudgets = (app: App): Panel => {
  const add = make(
    'button',
    { type: 'button', class: 'action', click: () => openBudget(app, null) },
    'Set a budget',
  );
  return makePanel(app, {
    id: 'budgets',
    title: 'Budgets',
    width: 'half',
    operation: () => budgets,
    variables: () => ({}),
    draw: ({ budgets: { nodes } }, look) => draw(app, nodes, look),
    actions: app.may('MANAGE_BUDGETS') ? [add] : [],
  });
};

const draw = (app: App, nodes: readonly Budget[], look: Look): Drawing => {
  const chart = make(
    'ul',
    { class: 'rows gauges' },
    ...nodes.map((budget) =>
      make(
        'li',
        {},
        make(
          'div',
          { class: 'share-text' },
          make('strong', { class: 'name' }, budget.name),
          make(
            'span',
            { class: 'figure' },
            make('b', {}, formatNumber(budget.spent)),
            ` of ${formatNumber(budget.limit)}`,
          ),
        ),
        makeGauge(budget.name, budget),
        make(
          'div',
          { class: 'share-text' },
          make('p', { class: 'note' }, factsOf(budget, look)),
          app.may('MANAGE_BUDGETS') && !budget.setByOperator && !budget.isTokenLimit
            ? makeChange(app, budget)
            : null,
        ),
        makeDeliveryFault(budget, look),
      ),
    ),
  );
  return nodes.length === 0
    ? { chart, empty: 'No budget is set. Only the accounts limit spending.' }
    : { chart };
};

const factsOf = (budget: Budget, { timeZone }: Look): string =>
  [
    scopeOf(budget),
    `${formatNumber(Math.max(budget.remaining, 0))} remaining`,
    budget.reserved === 0 ? null : `${formatNumber(budget.reserved)} reserved`,
    budget.mode === 'SOFT' ? 'alert only' : null,
    budget.renewsAt === null ? 'never renews' : `renews ${formatDate(budget.renewsAt, timeZone)}`,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');

/** The latest alert that a destination has not accepted since it failed. */
const makeDeliveryFault = ({ alerts }: Budget, { timeZone }: Look): HTMLElement | null => {
  for (const { threshold, deliveries } of alerts) {
    const failed = deliveries.find(({ lastError, state }) => lastError !== null && state !== 'DELIVERED');
    if (failed === undefined) continue;
    const text = `The alert for ${threshold}% failed: ${failureOf(failed, timeZone)}.`;
    return make('p', { class: 'note bad' }, text);
  }
  return null;
};

const scopeOf = ({ scope, subject, connection, token }: Budget): string => {
  if (scope === 'WORKSPACE') return 'Whole workspace';
  if (scope === 'MANAGED') return 'Managed account';
  return `${formatWord(scope)} ${connection?.name ?? token?.name ?? subject ?? ''}`.trim();
};

const makeChange = (app: App, budget: Budget): HTMLElement =>
  make(
    'button',
    {
      type: 'button',
      class: 'tool',
      'data-key': budget.id,
      'aria-label': `Change ${budget.name}`,
      click: () => openBudget(app, budget),
    },
    'Change',
  );

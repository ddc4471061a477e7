import { expect, it } from 'vitest';
import { factsOf, isSoon } from '../../src/dashboard/pages/overview/describe-balance.js';
import { describeBudgets } from '../../src/dashboard/pages/overview/monthly-budgets.js';

type Budget = Parameters<typeof describeBudgets>[0][number];

const budget = (scope: Budget['scope'], period: Budget['period']): Budget => ({ scope, period });

it.each([
  [[], 'No budget is set'],
  [[budget('WORKFLOW', 'MONTH')], 'No monthly workspace budget; 1 monthly budget of another scope'],
  [
    [budget('TOKEN', 'MONTH'), budget('CONNECTION', 'MONTH'), budget('WORKSPACE', 'DAY')],
    'No monthly workspace budget; 2 monthly budgets of another scope',
  ],
  [[budget('WORKSPACE', 'DAY')], 'No monthly workspace budget; 1 workspace budget of another period'],
  [[budget('TOKEN', 'DAY')], 'No monthly workspace budget; 1 budget of another scope and period'],
])('says what is true of the budgets when they are %j', (budgets, text) => {
  expect(describeBudgets(budgets)).toBe(text);
});

const balance = {
  remaining: 100,
  estimated: true,
  pools: [],
  drift: [],
  burnPerDay7: 10,
  hasHistory: true,
  depletesAt: null,
  renewsAt: null,
  renewsFirst: false,
};

it.each([
  ['it depletes', { depletesAt: '2026-12-09T12:00:00Z' }, 'Depletes on 9 Dec 2026, at 10 per day'],
  ['there is no week of history', { hasHistory: false }, 'Too little history to estimate when it depletes'],
  [
    'there is no history and a plan',
    { hasHistory: false, renewsAt: '2026-12-01T00:00:00Z' },
    'Too little history to estimate when it depletes',
  ],
  [
    'it renews first',
    { renewsFirst: true, renewsAt: '2026-12-01T00:00:00Z' },
    'Lasts until it renews on 1 Dec 2026, at 10 per day',
  ],
  ['nothing is spent', { burnPerDay7: 0, hasHistory: false }, 'No spending in 7 days'],
  ['it is used up', { remaining: 0, depletesAt: '2026-11-29T00:00:00Z' }, 'Depleted'],
  ['it is unknown', { remaining: null }, 'Firmable does not report it: record it under Connections.'],
])('describes a balance when %s', (_, given, text) => {
  expect(factsOf('Firmable', { ...balance, ...given }, 'UTC')).toEqual([text]);
});

it('warns of a balance when it depletes within two weeks', () => {
  const now = new Date('2026-11-29T00:00:00Z');
  expect(isSoon({ ...balance, depletesAt: '2026-12-12T00:00:00Z' }, now)).toBe(true);
  expect(isSoon({ ...balance, depletesAt: '2026-12-14T00:00:00Z' }, now)).toBe(false);
  expect(isSoon({ ...balance, remaining: 0 }, now)).toBe(true);
  expect(isSoon(balance, now)).toBe(false);
});

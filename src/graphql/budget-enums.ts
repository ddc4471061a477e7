import type { BudgetMode as Mode, BudgetPeriod as Period, BudgetScope as Scope } from '../budgets/budget.js';
import { builder } from './builder.js';

type Meanings<Word extends string> = Record<Word, { description: string }>;

export const BudgetScope = builder.enumType('BudgetScope', {
  description: 'The scope of a budget.',
  values: {
    WORKSPACE: { description: 'All spending of the workspace.' },
    CONNECTION: { description: 'The spending of one connection.' },
    WORKFLOW: { description: 'The spending of one workflow.' },
    TOKEN: { description: 'The spending of one token.' },
    MANAGED: { description: 'The spending of the managed account.' },
  } satisfies Meanings<Scope>,
});

export const BudgetPeriod = builder.enumType('BudgetPeriod', {
  description: 'The period of a budget, in its time zone.',
  values: {
    DAY: { description: 'Renews at midnight.' },
    WEEK: { description: 'Renews on Monday at midnight.' },
    MONTH: { description: 'Renews on the first of the month at midnight.' },
    TOTAL: { description: 'Never renews.' },
  } satisfies Meanings<Period>,
});

export const BudgetMode = builder.enumType('BudgetMode', {
  description: 'The action at the limit.',
  values: {
    HARD: { description: 'Blocks every lookup that could exceed the limit.' },
    SOFT: { description: 'Only raises alerts.' },
  } satisfies Meanings<Mode>,
});

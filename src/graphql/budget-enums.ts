import type { BudgetMode as Mode, BudgetPeriod as Period, BudgetScope as Scope } from '../budgets/budget.js';
import { builder } from './builder.js';

type Meanings<Word extends string> = Record<Word, { description: string }>;

export const BudgetScope = builder.enumType('BudgetScope', {
  description: 'What a budget limits.',
  values: {
    WORKSPACE: { description: 'Everything that is spent here.' },
    CONNECTION: { description: 'What one connection pays.' },
    WORKFLOW: { description: 'What is spent for one purpose, by its name.' },
    TOKEN: { description: 'What is spent with one token.' },
    MANAGED: { description: "What is spent of the operator's own keys." },
  } satisfies Meanings<Scope>,
});

export const BudgetPeriod = builder.enumType('BudgetPeriod', {
  description: 'How often a budget renews, by the calendar of its time zone.',
  values: {
    DAY: { description: 'At midnight.' },
    WEEK: { description: 'On Monday at midnight.' },
    MONTH: { description: 'On the first of the month at midnight.' },
    TOTAL: { description: 'Never: it counts from its beginning.' },
  } satisfies Meanings<Period>,
});

export const BudgetMode = builder.enumType('BudgetMode', {
  description: 'What happens at the limit.',
  values: {
    HARD: { description: 'No ask that could pass the limit is made.' },
    SOFT: { description: 'Asks go on; thresholds are noted and sent.' },
  } satisfies Meanings<Mode>,
});

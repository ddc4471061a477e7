import type { Operation } from '../operation.js';

export type SummaryVariables = {
  from: string;
  to: string;
  monthFrom: string;
  monthTo: string;
  timeZone: string;
};

export type Totals = {
  lookups: number;
  found: number;
  notFound: number;
  creditsCharged: number;
  creditsSaved: number;
  hitRate: number | null;
};

export type MonthlyBudget = {
  name: string;
  scope: string;
  period: string;
  limit: number;
  spent: number;
  remaining: number;
};

export type Summary = {
  month: { totals: { creditsCharged: number } };
  period: { totals: Totals; previous: { totals: Totals } | null };
  budgets: { nodes: MonthlyBudget[] };
};

export const summary: Operation<SummaryVariables, Summary> = {
  name: 'Summary',
  text: `query Summary(
  $from: DateTime!
  $to: DateTime!
  $monthFrom: DateTime!
  $monthTo: DateTime!
  $timeZone: TimeZone!
) {
  month: usage(from: $monthFrom, to: $monthTo, timeZone: $timeZone) {
    totals {
      creditsCharged
    }
  }
  period: usage(from: $from, to: $to, timeZone: $timeZone, previous: true) {
    totals {
      ...Sums
    }
    previous {
      totals {
        ...Sums
      }
    }
  }
  budgets(first: 100) {
    nodes {
      name
      scope
      period
      limit
      spent
      remaining
    }
  }
}

fragment Sums on UsageTotals {
  lookups
  found
  notFound
  hitRate
  creditsCharged
  creditsSaved
}
`,
};

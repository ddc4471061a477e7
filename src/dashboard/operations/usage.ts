import type { Operation } from '../operation.js';

export type UsageVariables = { from: string; to: string; timeZone: string };

export type Credits = { creditsCharged: number; creditsSaved: number };

type Usage<Row> = { usage: { totals: Credits; rows: Row[] } };

export type TimeRow = Credits & { startsAt: string; lookups: number };

/** Credits by hour, day, week or month. */
export const creditsOverTime = (unit: string): Operation<UsageVariables, Usage<TimeRow>> => ({
  name: 'CreditsOverTime',
  text: query('CreditsOverTime', unit, 'startsAt'),
});

export type WorkflowRow = Credits & { workflow: string | null; lookups: number };

export const creditsByWorkflow: Operation<UsageVariables, Usage<WorkflowRow>> = {
  name: 'CreditsByWorkflow',
  text: query('CreditsByWorkflow', 'WORKFLOW', 'workflow'),
};

export type TokenRow = Credits & { token: { id: string; name: string } | null; lookups: number };

export const creditsByToken: Operation<UsageVariables, Usage<TokenRow>> = {
  name: 'CreditsByToken',
  text: query('CreditsByToken', 'TOKEN', 'token {\n        id\n        name\n      }'),
};

// A function declaration, since the operations above are made of it when this module is read.
function query(name: string, groupBy: string, label: string): string {
  return `query ${name}($from: DateTime!, $to: DateTime!, $timeZone: TimeZone!) {
  usage(from: $from, to: $to, timeZone: $timeZone, groupBy: [${groupBy}]) {
    totals {
      creditsCharged
      creditsSaved
    }
    rows {
      ${label}
      lookups
      creditsCharged
      creditsSaved
    }
  }
}
`;
}

import { expect } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf, type TestGateway } from '../http/start-gateway.js';

type Budget = Record<string, unknown> & { id: string; name: string };

export type BudgetSteps = {
  /** Pays one credit of the sandbox for a workflow, with a key of the request. Each key pays once. */
  spend: (workflow: string, key: string) => Promise<void>;
  /** Sets a budget through the API; without other fields, 100 credits a month for the workspace. */
  setBudget: (input: object) => Promise<Budget>;
  /** What the API says of a budget now; undefined if there is none. */
  budgetNamed: (name: string) => Promise<Budget | undefined>;
};

const fields = 'id name scope subject period timeZone limit mode thresholds spent';

/** What tests of the page of budgets do apart from the page. */
export const budgetSteps = ({ post }: Pick<TestGateway, 'post'>): BudgetSteps => ({
  spend: async (workflow, key) => {
    const query = `query Q($domain: String!, $workflow: String!) {
      company(by: { domain: $domain }, options: { workflow: $workflow }) { receipt { creditsCharged } }
    }`;
    const headers = { 'x-firmable-key': `fbl_sandbox_${key}` };
    const answered = await post(query, { domain: flagship.domain, workflow }, headers);
    expect(dataOf(answered, 'company')).toEqual({ receipt: { creditsCharged: 1 } });
  },
  setBudget: async (given) => {
    const mutation = `mutation M($input: SetBudgetInput!) {
      setBudget(input: $input) { budget { ${fields} } userErrors { message } }
    }`;
    const input = { scope: 'WORKSPACE', period: 'MONTH', limit: 100, ...given };
    const { budget, userErrors } = dataOf<{ budget: Budget | null; userErrors: object[] }>(
      await post(mutation, { input }),
      'setBudget',
    );
    if (budget === null) throw new Error(JSON.stringify(userErrors));
    return budget;
  },
  budgetNamed: async (name) => {
    const answered = await post(`{ budgets(first: 100) { nodes { ${fields} } } }`);
    const { nodes } = dataOf<{ nodes: Budget[] }>(answered, 'budgets');
    return nodes.find((budget) => budget.name === name);
  },
});

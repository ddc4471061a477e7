import type { Operation, UserError } from '../operation.js';
import { type Delivery, deliveryFields } from './alerts.js';

export type Budget = {
  id: string;
  name: string;
  scope: 'WORKSPACE' | 'CONNECTION' | 'WORKFLOW' | 'TOKEN' | 'MANAGED';
  subject: string | null;
  connection: { name: string } | null;
  token: { name: string } | null;
  period: 'DAY' | 'WEEK' | 'MONTH' | 'TOTAL';
  timeZone: string;
  limit: number;
  mode: 'HARD' | 'SOFT';
  thresholds: number[];
  /** The latest, newest first. */
  alerts: {
    threshold: number;
    deliveries: Delivery[];
  }[];
  /** The plan's limit, which only the operator changes. */
  setByOperator: boolean;
  isTokenLimit: boolean;
  renewsAt: string | null;
  spent: number;
  reserved: number;
  remaining: number;
};

export const budgets: Operation<Record<string, never>, { budgets: { nodes: Budget[] } }> = {
  name: 'Budgets',
  text: `query Budgets {
  budgets(first: 100) {
    nodes {
      id
      name
      scope
      subject
      connection {
        name
      }
      token {
        name
      }
      period
      timeZone
      limit
      mode
      thresholds
      alerts {
        threshold
        deliveries {
          ${deliveryFields}
        }
      }
      setByOperator
      isTokenLimit
      renewsAt
      spent
      reserved
      remaining
    }
  }
}
`,
};

export type BudgetInput = {
  id: string | null;
  name: string;
  scope: string;
  subject: string | null;
  period: string;
  timeZone: string;
  limit: number;
  mode: string;
  thresholds: number[] | null;
  startFrom: string | null;
};

type BudgetSet = { setBudget: { budget: { name: string } | null; userErrors: UserError[] } };

export const setBudget: Operation<{ input: BudgetInput }, BudgetSet> = {
  name: 'SetBudget',
  text: `mutation SetBudget($input: SetBudgetInput!) {
  setBudget(input: $input) {
    budget {
      name
    }
    userErrors {
      message
      field
    }
  }
}
`,
};

type BudgetDeleted = { deleteBudget: { deletedId: string | null; userErrors: UserError[] } };

export const deleteBudget: Operation<{ id: string }, BudgetDeleted> = {
  name: 'DeleteBudget',
  text: `mutation DeleteBudget($id: ID!) {
  deleteBudget(id: $id) {
    deletedId
    userErrors {
      message
      field
    }
  }
}
`,
};

export type Subjects = {
  connections: { nodes: { id: string; name: string }[] };
  tokens: { nodes: { id: string; name: string; revokedAt: string | null }[] };
};

/** What a budget may be set on. */
export const subjects: Operation<Record<string, never>, Subjects> = {
  name: 'BudgetSubjects',
  text: `query BudgetSubjects {
  connections(first: 100) {
    nodes {
      id
      name
    }
  }
  tokens(first: 100) {
    nodes {
      id
      name
      revokedAt
    }
  }
}
`,
};

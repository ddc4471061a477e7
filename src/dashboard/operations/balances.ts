import type { Operation, UserError } from '../operation.js';

/** One connection of each account, since connections of one account have one balance. */
export type Account = { connectionId: string; name: string; provider: string };

type Listed = { id: string; name: string; provider: string; accountId: string; sandbox: boolean };

export const accounts: Operation<Record<string, never>, { connections: { nodes: Listed[] } }> = {
  name: 'Accounts',
  text: `query Accounts {
  connections(first: 100) {
    nodes {
      id
      name
      provider
      accountId
      sandbox
    }
  }
}
`,
};

export type Balance = {
  remaining: number | null;
  estimated: boolean;
  pools: { name: string; kind: 'SUBSCRIPTION' | 'ADD_ON'; remaining: number; endsAt: string | null }[];
  latestReading: { observedAt: string; credits: number; source: string } | null;
  drift: { from: string; to: string; externalSpend: number }[];
  burnPerDay7: number;
  depletesAt: string | null;
  renewsAt: string | null;
  renewsFirst: boolean;
  plan: { monthlyCredits: number; renewalDay: number; rollover: boolean; timeZone: string } | null;
};

/** The balances of up to so many accounts in one request, under `a0`, `a1`, …: the variables bear the same names. */
export const balancesOf = (count: number): Operation<Record<string, string>, Record<string, Balance>> => {
  const names = Array.from({ length: count }, (_, at) => `a${at}`);
  const declared = names.map((name) => `$${name}: ID!`).join(', ');
  const requested = names
    .map((name) => `  ${name}: balance(connection: $${name}) {\n    ...Held\n  }`)
    .join('\n');
  return {
    name: 'Balances',
    text:
      count === 0
        ? 'query Balances {\n  __typename\n}\n'
        : `query Balances(${declared}) {\n${requested}\n}\n${held}`,
  };
};

const held = `
fragment Held on BalanceEstimate {
  remaining
  estimated
  pools {
    name
    kind
    remaining
    endsAt
  }
  latestReading {
    observedAt
    credits
    source
  }
  drift {
    from
    to
    externalSpend
  }
  burnPerDay7
  depletesAt
  renewsAt
  renewsFirst
  plan {
    monthlyCredits
    renewalDay
    rollover
    timeZone
  }
}
`;

export type Reading = { input: { connection: string; credits: number } };

type Recorded = { recordBalance: { balance: { remaining: number | null } | null; userErrors: UserError[] } };

export const recordBalance: Operation<Reading, Recorded> = {
  name: 'RecordBalance',
  text: `mutation RecordBalance($input: RecordBalanceInput!) {
  recordBalance(input: $input) {
    balance {
      remaining
    }
    userErrors {
      message
      field
    }
  }
}
`,
};

import type { Operation, UserError } from '../operation.js';

export type Connection = {
  id: string;
  name: string;
  provider: string;
  keyHint: string;
  sandbox: boolean;
  isDefault: boolean;
  isDisabled: boolean;
  problem: string | null;
  verifiedAt: string | null;
};

const fields = `id
      name
      provider
      keyHint
      sandbox
      isDefault
      isDisabled
      problem
      verifiedAt`;

/** Whether an account is asked, or left alone for a while because it failed too often in a row. */
export type AccountHealth = {
  connection: { id: string } | null;
  state: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  reason: string | null;
};

export type Connections = {
  connections: { nodes: Connection[] };
  providers: { health: AccountHealth[] }[];
};

export const connections: Operation<Record<string, never>, Connections> = {
  name: 'Connections',
  text: `query Connections {
  connections(first: 100) {
    nodes {
      ${fields}
    }
  }
  providers {
    health {
      connection {
        id
      }
      state
      reason
    }
  }
}
`,
};

export type Provider = {
  name: string;
  title: string;
  keyHelp: string;
  sandboxKey: string | null;
  companyPrice: Price;
  personPrice: Price;
};

/** In the provider's own credits. */
export type Price = { minCredits: number; maxCredits: number };

export const providers: Operation<Record<string, never>, { providers: Provider[] }> = {
  name: 'Providers',
  text: `query Providers {
  providers {
    name
    title
    keyHelp
    sandboxKey
    companyPrice {
      minCredits
      maxCredits
    }
    personPrice {
      minCredits
      maxCredits
    }
  }
}
`,
};

type Changed = { connection: { name: string; problem: string | null } | null; userErrors: UserError[] };

const changed = `connection {
      name
      problem
    }
    userErrors {
      message
      field
    }`;

export type NewConnection = { provider: string; name: string; key: string; makeDefault: boolean };

export const createConnection: Operation<{ input: NewConnection }, { createConnection: Changed }> = {
  name: 'CreateConnection',
  text: `mutation CreateConnection($input: CreateConnectionInput!) {
  createConnection(input: $input) {
    ${changed}
  }
}
`,
};

export const verifyConnection: Operation<{ id: string }, { verifyConnection: Changed }> = {
  name: 'VerifyConnection',
  text: `mutation VerifyConnection($id: ID!) {
  verifyConnection(id: $id) {
    ${changed}
  }
}
`,
};

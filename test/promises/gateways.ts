import { randomBytes } from 'node:crypto';
import { type GatewayProcess, runGateway } from '../support/gateway.js';

export type CompanyAnswer = {
  outcome: string;
  problem: { code: string } | null;
  receipt: { charge: string; creditsCharged: number };
  company: { id: string } | null;
};

export type Gateways = {
  processes: GatewayProcess[];
  ask: (process: number, by: Record<string, string>) => Promise<CompanyAnswer>;
  /** Asks for each in one request. */
  askAll: (process: number, by: Record<string, string>[]) => Promise<CompanyAnswer[]>;
  /** Adds a process in the place of one that is gone. */
  restart: (process: number) => Promise<void>;
  close: () => Promise<void>;
};

const fields = '{ outcome problem { code } receipt { charge creditsCharged } company { id } }';

/** So many gateways as processes of their own on one database, with one stored key of one Firmable account. */
export const startGateways = async (options: {
  count: number;
  databaseUrl: string;
  firmableUrl: string;
  env?: Record<string, string>;
}): Promise<Gateways> => {
  const token = `fgw_${randomBytes(32).toString('base64url')}`;
  const env = {
    DATABASE_URL: options.databaseUrl,
    GATEWAY_SECRETS: randomBytes(32).toString('base64'),
    GATEWAY_BOOTSTRAP_TOKEN: token,
    FIRMABLE_BASE_URL: options.firmableUrl,
    SANDBOX: 'off',
    ...options.env,
  };
  const processes = await Promise.all(Array.from({ length: options.count }, () => runGateway(env)));

  const post = async (
    process: number,
    query: string,
    variables: object,
  ): Promise<Record<string, unknown>> => {
    const gateway = processes[process];
    if (gateway?.url == null) throw new Error(`gateway ${process} does not listen: ${gateway?.output()}`);
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (body.data == null || body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };

  await post(
    0,
    'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }',
    {
      input: {
        provider: 'FIRMABLE',
        name: 'ours',
        key: `fbl_${randomBytes(16).toString('hex')}`,
        verify: false,
      },
    },
  );
  return {
    processes,
    ask: async (process, by) => {
      const data = await post(process, `query ($by: CompanyKey!) { company(by: $by) ${fields} }`, { by });
      return data['company'] as CompanyAnswer;
    },
    askAll: async (process, by) => {
      const data = await post(process, `query ($by: [CompanyKey!]!) { companies(by: $by) ${fields} }`, {
        by,
      });
      return data['companies'] as CompanyAnswer[];
    },
    restart: async (process) => {
      processes[process] = await runGateway(env);
    },
    close: async () => {
      for (const process of processes) process.signal('SIGKILL');
      await Promise.all(processes.map((process) => process.exited));
    },
  };
};

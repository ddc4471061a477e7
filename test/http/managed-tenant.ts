import { randomBytes } from 'node:crypto';
import type { Plan } from '../../src/access/caller.js';
import { createWorkspace } from '../../src/access/workspaces.js';
import { limitManagedCredits } from '../../src/budgets/managed-limits.js';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

/** A gateway with managed keys of the sandbox. */
export const startManaged = (): Promise<TestGateway> =>
  startGateway({
    env: {
      MANAGED_FIRMABLE_KEY: 'fbl_sandbox_operators',
      MANAGED_APOLLO_KEY: 'apollo_sandbox_operators',
      MANAGED_CREDITS: 'FREE=2,STARTER=1000',
    },
  });

/** A workspace as the operator creates one; it calls with its ADMIN token. */
export const createTenant = async (gateway: TestGateway, plan: Plan) => {
  const { database } = gateway.context;
  const name = `tenant ${randomBytes(4).toString('hex')}`;
  const { workspace, secret } = await createWorkspace(database, { name, plan });
  await limitManagedCredits(database, { FREE: 2n, STARTER: 1_000n }, workspace.id);
  const post = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    gateway.post(query, variables, { authorization: `Bearer ${secret}`, ...headers });
  const lookUp = async (
    by: object,
    options: object = {},
    headers: Record<string, string> = {},
  ): Promise<CompanyAnswer> => dataOf(await post(companyQuery, { by, options }, headers), 'company');
  const connect = async (
    key: string,
    provider = 'FIRMABLE',
  ): Promise<{ connection: { id: string } | null; userErrors: unknown[] }> =>
    dataOf(
      await post(
        `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
          connection { id } userErrors { code message } } }`,
        { input: { provider, name: 'own', key } },
      ),
      'createConnection',
    );
  return { id: workspace.id, post, lookUp, connect };
};

export type CompanyAnswer = {
  outcome: string;
  problem: { code: string; message: string } | null;
  receipt: { charge: string; creditsCharged: number; payer: { kind: string } | null; sandbox: boolean };
};

export const companyQuery = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
  outcome problem { code message } receipt { charge creditsCharged sandbox payer { kind connection { id } } } } }`;
export const by = { domain: flagship.domain };

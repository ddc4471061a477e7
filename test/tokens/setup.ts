import { dataOf, type Answered, startGateway, type TestGateway } from '../http/start-gateway.js';

export type CompanyAnswer = {
  outcome: string;
  problem: { code: string; message: string; retryAfterSeconds: number | null } | null;
  receipt: { charge: string; creditsCharged: number; payer: { connection: { id: string } | null } | null };
};

export const answerFields = `outcome problem { code message retryAfterSeconds }
  receipt { charge creditsCharged payer { connection { id } } }`;

export type Tenant = {
  gateway: TestGateway;
  /** The default connection, and another one of another account. */
  sales: string;
  marketing: string;
  /** Creates a token over the API; returns its id and secret. Throws its user errors. */
  create: (input: object) => Promise<{ id: string; secret: string }>;
  /** Posts as the token with this secret. */
  as: (secret: string, headers?: Record<string, string>) => Post;
  lookUp: (post: Post, by: object, options?: object) => Promise<CompanyAnswer>;
};
type Post = (query: string, variables?: object) => Promise<Answered>;

/** A gateway with the sandbox, and two connections of two accounts at Firmable. */
export const startTenant = async (options: Parameters<typeof startGateway>[0] = {}): Promise<Tenant> => {
  // A busy machine may leave a connection idle for longer than the default.
  const env = { KEEP_ALIVE_SECONDS: '600', ...options.env };
  const gateway = await startGateway({ ...options, env, demo: false });
  const connect = async (name: string): Promise<string> => {
    const { connection } = dataOf<{ connection: { id: string } }>(
      await gateway.post(
        `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }`,
        { input: { provider: 'FIRMABLE', name, key: `fbl_sandbox_${name}` } },
      ),
      'createConnection',
    );
    return connection.id;
  };
  return {
    gateway,
    sales: await connect('sales'),
    marketing: await connect('marketing'),
    create: async (input) => {
      const { token, secret, userErrors } = dataOf<{
        token: { id: string };
        secret: string;
        userErrors: unknown[];
      }>(
        await gateway.post(
          `mutation M($input: CreateTokenInput!) { createToken(input: $input) {
            token { id } secret userErrors { code message field } } }`,
          { input: { name: 'client', role: 'MEMBER', ...input } },
        ),
        'createToken',
      );
      if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
      return { id: token.id, secret };
    },
    as:
      (secret, headers = {}) =>
      (query, variables = {}) =>
        gateway.post(query, variables, { ...headers, authorization: `Bearer ${secret}` }),
    lookUp: async (post, by, lookupOptions = {}) =>
      dataOf(
        await post(
          `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) { ${answerFields} } }`,
          { by, options: lookupOptions },
        ),
        'company',
      ),
  };
};

/** How many entries of the ledger cost credits. */
export const creditedEntries = async ({ gateway }: Tenant): Promise<number> => {
  const [row] = await gateway.context.database.sql<{ count: number }[]>`
    select count(*)::int as count from entries where credits > 0`;
  return row?.count ?? 0;
};

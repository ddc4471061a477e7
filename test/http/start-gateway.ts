import type { Caller, Role } from '../../src/access/caller.js';
import { createToken } from '../../src/tokens/create-token.js';
import type { Gateway } from '../../src/gateway.js';
import { startServer } from '../../src/http/start-server.js';
import { openDatabase } from '../../src/platform/database.js';
import { bootstrapToken, createTestApp, type TestAppOptions } from '../support/create-test-app.js';

export type GraphqlBody = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: string[]; extensions: { code: string; errorId?: string } }[];
  extensions?: { credits: { charged: number; saved: number; reserved: number }; asOf?: string };
};
export type Answered = { status: number; headers: Headers; body: GraphqlBody };

export type TestGateway = {
  url: string;
  /** An ADMIN token. */
  token: string;
  context: Gateway;
  logged: () => string;
  /** Posts an operation as JSON, with the ADMIN token unless `headers` name another. */
  post: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answered>;
  tokenOf: (role: Role) => Promise<string>;
  /** Starts another instance on the same database; close it before this one. */
  startBeside: (replaced?: Partial<Gateway>) => Promise<TestGateway>;
  close: () => Promise<void>;
};

/** A test app with its HTTP server on a free port. */
export const startGateway = async (
  options: Omit<TestAppOptions, 'replaced'> & { parts?: Partial<Gateway>; fastPath?: boolean } = {},
): Promise<TestGateway> => {
  const { parts, fastPath = true, ...appOptions } = options;
  const app = await createTestApp({ ...appOptions, ...(parts === undefined ? {} : { replaced: parts }) });
  const { gateway, store } = app;
  const token = bootstrapToken;
  const server = await startServer(gateway, { fastPath });

  return {
    url: server.url,
    token,
    context: gateway,
    logged: app.logged,
    tokenOf: async (role) => {
      const admin: Caller = await gateway.findCaller(token);
      return (await createToken(gateway, admin, { name: role, role })).secret;
    },
    startBeside: async (replaced = {}) => {
      const database = openDatabase(store.address);
      const beside = await startGateway({ ...options, parts: replaced, database: { ...store, database } });
      const close = async (): Promise<void> => {
        await beside.close();
        await database.close();
      };
      return { ...beside, close };
    },
    post: async (query, variables = {}, headers = {}) =>
      answered(
        await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
          body: JSON.stringify({ query, variables }),
        }),
      ),
    close: async () => {
      await server.close(1_000);
      await app.close();
    },
  };
};

export const answered = async (response: Response): Promise<Answered> => {
  const body: GraphqlBody = await response.json();
  return { status: response.status, headers: response.headers, body };
};

/** One field of an answer's data, in the type that the test expects; throws on errors. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const dataOf = <Data>({ body }: Pick<Answered, 'body'>, field: string): Data => {
  if (body.errors !== undefined) throw new Error(`errors instead of data: ${JSON.stringify(body.errors)}`);
  const data: Data = JSON.parse(JSON.stringify(body.data?.[field]));
  return data;
};

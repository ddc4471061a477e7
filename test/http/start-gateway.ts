import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Caller, Role } from '../../src/access/caller.js';
import { createToken } from '../../src/access/create-token.js';
import { readConfig } from '../../src/config/config.js';
import { type Context, createGateway } from '../../src/gateway.js';
import { openDatabase } from '../../src/platform/database.js';
import { createLog, type LogLevel } from '../../src/platform/log.js';
import { startServer } from '../../src/http/start-server.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

export type GraphqlBody = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: string[]; extensions: { code: string; errorId?: string } }[];
  extensions?: { credits: { charged: number; saved: number; reserved: number } };
};
export type Answered = { status: number; headers: Headers; body: GraphqlBody };

export type TestGateway = {
  url: string;
  /** An ADMIN token. */
  token: string;
  context: Context;
  logged: () => string;
  /** Posts an operation as JSON, with the ADMIN token unless `headers` say otherwise. */
  post: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answered>;
  tokenOf: (role: Role) => Promise<string>;
  /** Another instance on the same database, with the same secrets; to be closed before this one. */
  startBeside: (parts?: Partial<Context>) => Promise<TestGateway>;
  close: () => Promise<void>;
};

/** What instances of one gateway share. */
type Common = { store: TestDatabase; token: string; secrets: readonly Buffer[] };

/** The whole gateway in this process, on a database of its own and a free port; `parts` replace what they name. */
export const startGateway = async (
  options: {
    parts?: Partial<Context>;
    env?: Record<string, string>;
    logLevel?: LogLevel;
    fastPath?: boolean;
    common?: Common;
  } = {},
): Promise<TestGateway> => {
  const common: Common = options.common ?? {
    store: await createTestDatabase(),
    token: `fgw_${randomBytes(32).toString('base64url')}`,
    secrets: [randomBytes(32)],
  };
  const { store, token, secrets } = common;
  const config = readConfig({ PORT: '0', GATEWAY_BOOTSTRAP_TOKEN: token, ...options.env });
  let output = '';
  const log = createLog(
    options.logLevel ?? 'info',
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        output += chunk.toString('utf8');
        done();
      },
    }),
  );
  const context = await createGateway(
    { config, store: { ...store, secrets: [...secrets], embedded: false, drop: () => {} }, log },
    options.parts,
  );
  const server = await startServer(context, { fastPath: options.fastPath ?? true });

  const tokenOf = async (role: Role): Promise<string> => {
    const admin: Caller = await context.findCaller(token);
    return (await createToken(context, admin, { name: role, role })).secret;
  };

  return {
    url: server.url,
    token,
    context,
    logged: () => output,
    tokenOf,
    startBeside: async (parts = {}) => {
      const database = openDatabase(store.address);
      const beside = { ...store, database, close: () => database.close() };
      return startGateway({ ...options, parts, common: { ...common, store: beside } });
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
      await context.close();
      await store.close();
    },
  };
};

export const answered = async (response: Response): Promise<Answered> => {
  const body: GraphqlBody = await response.json();
  return { status: response.status, headers: response.headers, body };
};

/** One field of an answer's data, in the shape the test expects of it: a test is the judge of what it reads. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const dataOf = <Data>({ body }: Pick<Answered, 'body'>, field: string): Data => {
  if (body.errors !== undefined) throw new Error(`errors instead of data: ${JSON.stringify(body.errors)}`);
  const data: Data = JSON.parse(JSON.stringify(body.data?.[field]));
  return data;
};

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GatewayProcess, runBuilt, runGateway } from '../support/gateway.js';

export type CompanyAnswer = {
  outcome: string;
  problem: { code: string } | null;
  receipt: { charge: string; creditsCharged: number };
  company: { id: string } | null;
};

type SendOptions = { headers?: Record<string, string>; signal?: AbortSignal };

export type Gateways = {
  processes: GatewayProcess[];
  /** Looks one company up in one process, again while its ledger is unavailable; the process number wraps around. */
  lookUp: (process: number, by: Record<string, string>, options?: object) => Promise<CompanyAnswer>;
  /** Looks all of them up in one request. */
  lookUpAll: (process: number, by: Record<string, string>[], options?: object) => Promise<CompanyAnswer[]>;
  /** Stores one more key. */
  connect: (provider: string, key: string) => Promise<void>;
  /** Sends an operation once, with further headers, and returns the status and the body as they are. */
  send: (
    process: number,
    query: string,
    options?: SendOptions,
  ) => Promise<{ status: number; headers: Headers; body: unknown }>;
  /** Reads a path of one process, such as an export. */
  get: (process: number, path: string) => Promise<Response>;
  /** Sends a query with one field, which it names `field`. */
  read: <Field>(process: number, query: string) => Promise<Field>;
  setBudget: (input: object) => Promise<{ id: string }>;
  /** Starts one more process on the same database; returns its number. */
  add: () => Promise<number>;
  /** Runs `firmable-gateway verify`, and throws its output when it finds something. */
  verify: () => Promise<void>;
  /** Runs `firmable-gateway resolve-presumed-charges`. */
  resolvePresumedCharges: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts built gateways as processes on one store, with one stored key of one account. */
export const startGateways = async (options: {
  count: number;
  /** DATABASE_URL, or DATA_DIR for one process with an embedded server. */
  store: { DATABASE_URL: string } | { DATA_DIR: string };
  /** The provider of the account. */
  firmableUrl?: string;
  apolloUrl?: string;
  env?: Record<string, string>;
  /** How often a lookup that could not be made is repeated. */
  retries?: number;
}): Promise<Gateways> => {
  const { retries = 10 } = options;
  const token = `fgw_${randomBytes(32).toString('base64url')}`;
  const env = {
    ...options.store,
    ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    GATEWAY_BOOTSTRAP_TOKEN: token,
    ...(options.firmableUrl === undefined ? {} : { FIRMABLE_BASE_URL: options.firmableUrl }),
    ...(options.apolloUrl === undefined ? {} : { APOLLO_BASE_URL: options.apolloUrl }),
    SANDBOX: 'off',
    ...options.env,
  };
  const processes = await Promise.all(Array.from({ length: options.count }, () => runGateway(env)));

  const urlOf = (process: number): string => {
    const gateway = processes[process % processes.length];
    if (gateway?.url == null) throw new Error(`gateway ${process} does not listen: ${gateway?.output()}`);
    return gateway.url;
  };
  const fetchFrom = (process: number, request: object, init: SendOptions = {}): Promise<Response> =>
    fetch(`${urlOf(process)}/graphql`, {
      ...init,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...init.headers },
      body: JSON.stringify(request),
    });

  const post = async <Field>(
    process: number,
    query: string,
    variables: object,
    attempts = 0,
  ): Promise<Field> => {
    const response = await fetchFrom(process, { query, variables });
    // Nothing was looked up: on a busy machine the gateway could not read the token in time, and says when to retry.
    if (response.status === 503 && attempts < retries) {
      await response.body?.cancel();
      await sleep(500);
      return post(process, query, variables, attempts + 1);
    }
    const body: { data?: { field: Field } | null; errors?: unknown } = JSON.parse(await response.text());
    if (body.data == null || body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data.field;
  };

  const change = async (query: string, input: object): Promise<{ id: string }> => {
    const payload = await post<{ done: { id: string } | null; userErrors: unknown }>(0, query, { input });
    if (payload.done === null) throw new Error(JSON.stringify(payload.userErrors));
    return payload.done;
  };

  // A disk that stalls for over a second: nothing was looked up, and the problem says to retry.
  const lookUpCompany = async (
    process: number,
    by: Record<string, string>,
    lookupOptions: object = {},
    attempts = 0,
  ): Promise<CompanyAnswer> => {
    const answer = await post<CompanyAnswer>(process, company, { by, options: lookupOptions });
    const unwritten = answer.outcome === 'REFUSED' && answer.problem?.code === 'LEDGER_UNAVAILABLE';
    if (!unwritten || attempts >= retries) return answer;
    await sleep(500);
    return lookUpCompany(process, by, lookupOptions, attempts + 1);
  };

  const runCommand = async (command: string): Promise<void> => {
    const { code, output } = await runBuilt(command, env);
    if (code !== 0) throw new Error(output);
  };

  const connect = async (provider: string, key: string): Promise<void> => {
    await change(createConnection, { provider, name: `ours at ${provider}`, key, verify: false });
  };
  await connect(
    options.apolloUrl === undefined ? 'FIRMABLE' : 'APOLLO',
    `${options.apolloUrl === undefined ? 'fbl_' : ''}canary${randomBytes(16).toString('hex')}`,
  );
  return {
    processes,
    lookUp: lookUpCompany,
    send: async (process, query, init = {}) => {
      const response = await fetchFrom(process, { query }, init);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    lookUpAll: (process, by, lookupOptions = {}) => post(process, companies, { by, options: lookupOptions }),
    connect,
    get: (process, path) =>
      fetch(`${urlOf(process)}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    read: (process, query) => post(process, query, {}),
    setBudget: (input) => change(setBudget, input),
    add: async () => processes.push(await runGateway(env)) - 1,
    verify: () => runCommand('verify'),
    resolvePresumedCharges: () => runCommand('resolve-presumed-charges'),
    close: async () => {
      for (const process of processes) process.signal('SIGKILL');
      await Promise.all(processes.map((process) => process.exited));
    },
  };
};

const fields = '{ outcome problem { code } receipt { charge creditsCharged } company { id } }';
const company = `query ($by: CompanyKey!, $options: LookupOptions) { field: company(by: $by, options: $options) ${fields} }`;
const companies = `query ($by: [CompanyKey!]!, $options: LookupOptions) {
  field: companies(by: $by, options: $options) ${fields}
}`;
const createConnection = `mutation ($input: CreateConnectionInput!) {
  field: createConnection(input: $input) { done: connection { id } userErrors { message } }
}`;
const setBudget = `mutation ($input: SetBudgetInput!) {
  field: setBudget(input: $input) { done: budget { id } userErrors { message } }
}`;

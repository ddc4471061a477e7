import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './build-programs.js';
import { type RunningServer, runServer } from './run-server.js';

export type GatewaySettings = {
  /** The built program. */
  file: string;
  upstreamUrl: string;
  token: string;
  dataDir: string;
};

export const newToken = (): string => `fgw_${randomBytes(32).toString('base64url')}`;

/** A folder for one gateway's data; the account that PostgreSQL runs under must get into it. */
export const makeDataDir = (): { dataDir: string; remove: () => void } => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fgw-bench-'));
  chmodSync(dataDir, 0o755);
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
};

/** The environment of a gateway as operators run it, in production, but that it asks the fake upstream, as fast as that answers. */
export const gatewayEnv = ({ upstreamUrl, token, dataDir }: GatewaySettings): Record<string, string> => ({
  NODE_ENV: 'production',
  PORT: '0',
  DATA_DIR: dataDir,
  FIRMABLE_BASE_URL: upstreamUrl,
  FIRMABLE_REQUESTS_PER_SECOND: '0',
  SANDBOX: 'off',
  GATEWAY_BOOTSTRAP_TOKEN: token,
});

export const startGateway = (
  settings: GatewaySettings,
  flags = startFlags(),
  variables: Record<string, string> = {},
): Promise<RunningServer> => runServer(settings.file, { ...gatewayEnv(settings), ...variables }, flags);

/** The scripts of package.json that start a gateway. */
export type StartScript = 'start' | 'start:small';

/** Node's flags of `npm start`. Peers run with Node's own defaults: a proxy that keeps nothing is slower with ours. */
export const startFlags = (checkout: string = root, script: StartScript = 'start'): string[] =>
  startCommand(checkout, script).match(/(?<= )--\S+/g) ?? [];

/** The variables that a script sets for node. */
export const startVariables = (script: StartScript): Record<string, string> =>
  Object.fromEntries(
    [...startCommand(root, script).matchAll(/([A-Z_]+)=(\S+) /g)].map(([, name, value]) => [name, value]),
  );

const startCommand = (checkout: string, script: StartScript): string => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(checkout, 'package.json'), 'utf8'),
  );
  return scripts[script] ?? '';
};

/** One operation of the gateway's API; throws where it answers errors. */
export const operate = async <Data>(
  url: string,
  token: string,
  query: string,
  variables: object = {},
): Promise<Data> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors }: { data?: Data; errors?: unknown } = JSON.parse(await response.text());
  if (data === undefined || errors !== undefined)
    throw new Error(`the gateway answered ${response.status}: ${JSON.stringify(errors)}`);
  return data;
};

/** Stores the key that pays for all that is asked: one of no account, which the fake upstream takes like any other. */
export const createConnection = async (url: string, token: string): Promise<void> => {
  const key = `fbl_bench${randomBytes(16).toString('hex')}`;
  const { made } = await operate<{ made: { userErrors: { message: string }[] } }>(
    url,
    token,
    `mutation { made: createConnection(input: { provider: FIRMABLE, name: "Bench", key: "${key}", verify: false }) {
      userErrors { message }
    } }`,
  );
  if (made.userErrors.length > 0) throw new Error(`no connection: ${made.userErrors[0]?.message}`);
};

/** One row that each lookup of the workspace is charged to. */
export const setHotBudget = async (url: string, token: string): Promise<void> => {
  const input = '{ name: "hot", scope: WORKSPACE, period: MONTH, limit: 1000000000, mode: HARD }';
  const { set } = await operate<{ set: { userErrors: { message: string }[] } }>(
    url,
    token,
    `mutation { set: setBudget(input: ${input}) { userErrors { message } } }`,
  );
  if (set.userErrors.length > 0) throw new Error(`no budget: ${set.userErrors[0]?.message}`);
};

import { randomBytes } from 'node:crypto';
import { runningPostgres } from '../../../src/platform/embedded/running-postgres.js';
import { openOwnPostgres } from '../../guarantees/own-postgres.js';
import { checkAnswer } from '../lookups/check-answers.js';
import type { Endpoint } from '../lookups/queries.js';
import { gatewayPath, runGatewayCommand } from '../processes/build-programs.js';
import { type RunningServer, runServer } from '../processes/run-server.js';
import {
  createConnection,
  gatewayEnv,
  newToken,
  setHotBudget,
  startFlags,
} from '../processes/start-gateway.js';

export type Instance = RunningServer & { endpoint: Endpoint };

/** Instances of the gateway on one PostgreSQL server, and two workspaces: one without budgets, one with a hot budget. */
export type Instances = {
  list: readonly Instance[];
  databaseUrl: string;
  /** The process id of PostgreSQL, whose children are its connections. */
  databasePid: number;
  /** An ADMIN token of each workspace. */
  tokens: { free: string; budgeted: string };
  /** The environment of each instance. */
  env: Record<string, string>;
  stop: () => Promise<void>;
};

/** Starts `count` instances as operators run them, on a PostgreSQL server with its default durability. */
export const startInstances = async (
  count: number,
  upstreamUrl: string,
  requestsPerSecond: number,
): Promise<Instances> => {
  const postgres = await openOwnPostgres();
  const free = newToken();
  const env = {
    ...gatewayEnv({ file: '', upstreamUrl, token: free, dataDir: postgres.dataDir }),
    DATABASE_URL: postgres.address.url,
    ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    FIRMABLE_REQUESTS_PER_SECOND: String(requestsPerSecond),
  };
  const list: Instance[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(list.map((instance) => instance.stop()));
    await postgres.remove();
  };
  try {
    for (let started = 0; started < count; started += 1) {
      const server = await runServer(gatewayPath(), env, startFlags());
      const port = Number(new URL(server.url).port);
      list.push({ ...server, endpoint: { dialect: 'GATEWAY', port, token: free } });
    }
    const [first] = list;
    if (first === undefined) throw new Error('there is no instance');
    const budgeted = /fgw_[\w-]+/.exec(await runGatewayCommand(env, 'workspace', 'create', 'Budgeted'))?.[0];
    if (budgeted === undefined) throw new Error('the command printed no token');
    for (const token of [free, budgeted]) await createConnection(first.url, token);
    await setHotBudget(first.url, budgeted);
    for (const [at, instance] of list.entries()) {
      await checkAnswer({ name: 'gateway', ...instance }, at + 1);
    }
    const databasePid = runningPostgres(`${postgres.dataDir}/postgres`)?.pid ?? 0;
    return { list, databaseUrl: postgres.address.url, databasePid, tokens: { free, budgeted }, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

import path from 'node:path';
import { gatewayPath, programPath, root } from '../processes/build-programs.js';
import { peersDir } from '../processes/install-peers.js';
import { type RunningServer, runServer } from '../processes/run-server.js';
import {
  createConnection,
  makeDataDir,
  newToken,
  setHotBudget,
  startFlags,
  startGateway,
} from '../processes/start-gateway.js';
import type { HttpProfile, Endpoint } from './queries.js';

/** One way to a company, as a process that runs. */
export type Way = {
  name: WayName;
  pid: number;
  url: string;
  endpoint: Endpoint;
  /** Where it keeps its data; null for those that keep none. */
  dataDir: string | null;
  /** Whether it writes in batches, and counts them in its metrics. */
  countsBatches: boolean;
  stop: () => Promise<void>;
};

/** What others run. They keep nothing. */
const peers = {
  'Hive Gateway': { file: 'hive-gateway.mjs', dialect: 'OPENAPI' },
  'Mercurius with jit': { file: 'mercurius-jit.mjs', dialect: 'PLAIN' },
  'plain Yoga': { file: 'plain-yoga.mjs', dialect: 'PLAIN' },
  'bare proxy': { file: 'bare-proxy.mjs', dialect: 'FIRMABLE' },
} as const satisfies Record<string, { file: string; dialect: HttpProfile }>;

export type PeerName = keyof typeof peers;

type Own = {
  file: string;
  dialect: HttpProfile;
  /** Whether it is run with the flags of `npm start`. */
  hasFlags: boolean;
  countsBatches: boolean;
  prepare?: (url: string, token: string) => Promise<void>;
};

const gateway: Own = {
  file: gatewayPath(),
  dialect: 'GATEWAY',
  hasFlags: true,
  countsBatches: true,
  prepare: createConnection,
};

const limit = { dialect: 'FIRMABLE', hasFlags: false, countsBatches: true } as const;

/** What has a PostgreSQL of its own, and is made of the gateway's packages or its code. */
const own = {
  gateway,
  'gateway with budget': {
    ...gateway,
    prepare: async (url, token) => {
      await createConnection(url, token);
      await setHotBudget(url, token);
    },
  },
  'gateway without ledger': { ...gateway, file: programPath('gateway-without-ledger'), countsBatches: false },
  'hand-written gateway': {
    file: programPath('hand-written/main'),
    dialect: 'GATEWAY',
    hasFlags: false,
    countsBatches: false,
  },
  'bare proxy with ledger': {
    file: programPath('proxy-with-ledger'),
    dialect: 'GATEWAY',
    hasFlags: true,
    countsBatches: true,
  },
  'bare proxy with plain inserts': { ...limit, file: programPath('limits/all-inserts') },
  'bare proxy with two inserts': { ...limit, file: programPath('limits/two-inserts') },
  'plain Yoga with plain inserts': {
    file: programPath('limits/yoga-with-inserts'),
    dialect: 'GATEWAY',
    hasFlags: true,
    countsBatches: true,
  },
} as const satisfies Record<string, Own>;

/** The gateway of another checkout, which has been built: what a change is compared with. */
type OtherName = 'gateway before';

export type WayName = PeerName | keyof typeof own | OtherName;

/** Whether it is of the package of peers, which has to be installed. */
export const isPeer = (name: WayName): name is PeerName => Object.hasOwn(peers, name);

/** Starts one way on the upstream; resolves when it listens, a gateway when it has a key to pay with. */
export const startWay = (name: WayName, upstreamUrl: string, before: string = root): Promise<Way> => {
  if (isPeer(name)) return startPeer(name, upstreamUrl);
  if (name !== 'gateway before') return startOwn(name, own[name], upstreamUrl, root);
  return startOwn(name, { ...gateway, file: gatewayPath('main', before) }, upstreamUrl, before);
};

/** How a peer is run and asked. */
export const peerProgram = (name: PeerName, upstreamUrl: string) => ({
  file: path.join(peersDir, peers[name].file),
  env: { UPSTREAM_URL: upstreamUrl, UPSTREAM_KEY: 'fbl_bench', NODE_ENV: 'production' },
  endpoint: { dialect: peers[name].dialect, token: null },
});

const startPeer = async (name: PeerName, upstreamUrl: string): Promise<Way> => {
  const { file, env, endpoint } = peerProgram(name, upstreamUrl);
  const server = await runServer(file, env);
  return { ...wayOf(name, server, endpoint), dataDir: null, countsBatches: false };
};

const startOwn = async (
  name: WayName,
  { file, dialect, hasFlags, countsBatches, prepare }: Own,
  upstreamUrl: string,
  checkout: string,
): Promise<Way> => {
  const token = newToken();
  const { dataDir, remove } = makeDataDir();
  const flags = hasFlags ? startFlags(checkout) : [];
  const server = await startGateway({ file, upstreamUrl, token, dataDir }, flags);
  await prepare?.(server.url, token);
  return {
    ...wayOf(name, server, { dialect, token: dialect === 'GATEWAY' ? token : null }),
    dataDir,
    countsBatches,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
};

const wayOf = (name: WayName, server: RunningServer, endpoint: Omit<Endpoint, 'port'>) => ({
  name,
  ...server,
  endpoint: { ...endpoint, port: Number(new URL(server.url).port) },
});

import path from 'node:path';
import { gatewayPath, programPath } from '../processes/build-programs.js';
import { peersDir } from '../processes/install-peers.js';
import { type RunningServer, runServer } from '../processes/run-server.js';
import { createConnection, makeDataDir, newToken, startGateway } from '../processes/start-gateway.js';
import type { HttpProfile, Endpoint } from './queries.js';

export type WayName =
  | 'gateway'
  | 'gateway without ledger'
  | 'bare proxy with ledger'
  | 'Hive Gateway'
  | 'Mercurius with jit'
  | 'plain Yoga'
  | 'bare proxy';

/** One way to a company, as a process that runs. */
export type Way = {
  name: WayName;
  pid: number;
  url: string;
  endpoint: Endpoint;
  /** Where a gateway keeps its data; null for those that keep none. */
  dataDir: string | null;
  stop: () => Promise<void>;
};

const peers = {
  'Hive Gateway': { file: 'hive-gateway.mjs', dialect: 'OPENAPI' },
  'Mercurius with jit': { file: 'mercurius-jit.mjs', dialect: 'PLAIN' },
  'plain Yoga': { file: 'plain-yoga.mjs', dialect: 'PLAIN' },
  'bare proxy': { file: 'bare-proxy.mjs', dialect: 'FIRMABLE' },
} as const satisfies Record<string, { file: string; dialect: HttpProfile }>;

export type PeerName = keyof typeof peers;

const isPeer = (name: WayName): name is PeerName => Object.hasOwn(peers, name);

/** Starts one way on the upstream; resolves when it listens, a gateway when it has a key to pay with. */
export const startWay = (name: WayName, upstreamUrl: string): Promise<Way> =>
  isPeer(name) ? startPeer(name, upstreamUrl) : startOurs(name, upstreamUrl);

/** How a peer is run and asked. */
export const peerProgram = (name: PeerName, upstreamUrl: string) => ({
  file: path.join(peersDir, peers[name].file),
  env: { UPSTREAM_URL: upstreamUrl, UPSTREAM_KEY: 'fbl_bench', NODE_ENV: 'production' },
  endpoint: { dialect: peers[name].dialect, token: null },
});

const startPeer = async (name: PeerName, upstreamUrl: string): Promise<Way> => {
  const { file, env, endpoint } = peerProgram(name, upstreamUrl);
  const server = await runServer(file, env);
  return wayOf(name, server, endpoint, null);
};

type OurName = Exclude<WayName, PeerName>;

const ours: Record<OurName, { file: string; hasKeys: boolean }> = {
  gateway: { file: gatewayPath(), hasKeys: true },
  'gateway without ledger': { file: programPath('gateway-without-ledger'), hasKeys: true },
  'bare proxy with ledger': { file: programPath('proxy-with-ledger'), hasKeys: false },
};

const startOurs = async (name: OurName, upstreamUrl: string): Promise<Way> => {
  const token = newToken();
  const { dataDir, remove } = makeDataDir();
  const { file, hasKeys } = ours[name];
  const server = await startGateway({ file, upstreamUrl, token, dataDir });
  if (hasKeys) await createConnection(server.url, token);
  const way = wayOf(name, server, { dialect: 'GATEWAY', token }, dataDir);
  return {
    ...way,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
};

const wayOf = (
  name: WayName,
  server: RunningServer,
  endpoint: Omit<Endpoint, 'port'>,
  dataDir: string | null,
): Way => ({ name, ...server, endpoint: { ...endpoint, port: Number(new URL(server.url).port) }, dataDir });

import { setTimeout as sleep } from 'node:timers/promises';
import { checkAnswer } from './lookups/check-answers.js';
import { type PeerName, peerProgram, type WayName } from './lookups/ways.js';
import type { Endpoint } from './lookups/queries.js';
import { median, ratioOf, spread, summaryOf } from './numbers.js';
import { buildPrograms, gatewayPath } from './processes/build-programs.js';
import { installPeers } from './processes/install-peers.js';
import { readUsage } from './processes/read-usage.js';
import { type RunningServer, runServer } from './processes/run-server.js';
import {
  createConnection,
  gatewayEnv,
  makeDataDir,
  newToken,
  startFlags,
} from './processes/start-gateway.js';
import { startUpstream } from './processes/start-upstream.js';
import type { SetResult } from './sets.js';
import { judge } from './targets.js';

const rounds = 3;
const startedAfterMs = 2_000;
/** V8 collects the garbage of a start once a process allocates little for 8 to 30 seconds. */
const idleAfterMs = 40_000;

/** One start, from the moment of the command on: memory two seconds after its first answer, and once it is idle. */
type Start = { readyMs: number; firstAnswerMs: number; startedMb: number; idleMb: number };

type Starter = { name: string; start: (number: number) => Promise<Start> };

/**
 * Starts each way again and again, in turns: until it listens (the gateway: until /readyz says yes), until its first
 * right answer, and what memory node then holds. A gateway on fresh data makes its database first, and is given
 * a key to pay with.
 */
export const benchStart = async (): Promise<SetResult> => {
  installPeers();
  buildPrograms();
  const upstream = await startUpstream();
  const kept = makeDataDir();
  const token = newToken();
  const existing = { dataDir: kept.dataDir, token, isFresh: false };
  const starters: Starter[] = [
    { name: 'gateway, fresh data', start: (number) => startFresh(upstream.url, number) },
    { name: 'gateway', start: (number) => startGateway(upstream.url, existing, number) },
    ...(['Hive Gateway', 'Mercurius with jit', 'plain Yoga'] as const).map((name) => ({
      name,
      start: (number: number) => startPeer(name, upstream.url, number),
    })),
  ];
  const starts = new Map<Starter, Start[]>(starters.map((starter) => [starter, []]));
  try {
    // The first start makes what the others find.
    await startGateway(upstream.url, { ...existing, isFresh: true }, 1);
    for (let round = 0; round < rounds; round += 1)
      for (const [starter, own] of starts) own.push(await starter.start(round + 2));
  } finally {
    kept.remove();
    await upstream.stop();
  }
  const named = (wanted: string): Start[] => [...starts].find(([{ name }]) => name === wanted)?.[1] ?? [];
  const ours = named('gateway').map(({ firstAnswerMs }) => firstAnswerMs);
  const memory = { floor: 115, aim: 90, unit: 'MB', atMost: true } as const;
  const warm = {
    name: 'warm start to the first answer',
    floor: 2,
    aim: 1.2,
    unit: 's',
    atMost: true,
  } as const;
  return {
    rows: [...starts].map(([{ name }, own]) => ({
      set: 'start',
      way: name,
      readyMs: Math.round(median(own.map(({ readyMs }) => readyMs))),
      firstAnswerMs: Math.round(median(own.map(({ firstAnswerMs }) => firstAnswerMs))),
      spread: spread(own.map(({ firstAnswerMs }) => firstAnswerMs)),
      startedMb: median(own.map(({ startedMb }) => startedMb)),
      idleMb: median(own.map(({ idleMb }) => idleMb)),
      ratio: ratioOf(
        ours,
        own.map(({ firstAnswerMs }) => firstAnswerMs),
      ).median.toFixed(2),
    })),
    outcomes: [
      judge(
        { name: 'memory of node 2 s after its first answer', ...memory },
        summaryOf(named('gateway').map(({ startedMb }) => startedMb)),
      ),
      judge(
        { name: 'memory of node while idle, 40 s later', ...memory },
        summaryOf(named('gateway').map(({ idleMb }) => idleMb)),
      ),
      judge(warm, summaryOf(ours.map((ms) => ms / 1_000))),
    ],
  };
};

const startFresh = async (upstreamUrl: string, number: number): Promise<Start> => {
  const { dataDir, remove } = makeDataDir();
  try {
    return await startGateway(upstreamUrl, { dataDir, token: newToken(), isFresh: true }, number);
  } finally {
    remove();
  }
};

const startGateway = (
  upstreamUrl: string,
  { dataDir, token, isFresh }: { dataDir: string; token: string; isFresh: boolean },
  number: number,
): Promise<Start> => {
  const env = gatewayEnv({ file: '', upstreamUrl, token, dataDir });
  const makeReady = async ({ url }: RunningServer): Promise<void> => {
    while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(5);
    if (isFresh) await createConnection(url, token);
  };
  return measure(
    {
      name: 'gateway',
      file: gatewayPath(),
      env,
      flags: startFlags(),
      endpoint: { dialect: 'GATEWAY', token },
    },
    number,
    makeReady,
  );
};

const startPeer = (name: PeerName, upstreamUrl: string, number: number): Promise<Start> =>
  measure({ name, ...peerProgram(name, upstreamUrl) }, number, async () => {});

const measure = async (
  way: {
    name: WayName;
    file: string;
    env: Record<string, string>;
    flags?: readonly string[];
    endpoint: Omit<Endpoint, 'port'>;
  },
  number: number,
  makeReady: (server: RunningServer) => Promise<void>,
): Promise<Start> => {
  const startedMs = performance.now();
  const server = await runServer(way.file, way.env, way.flags);
  try {
    await makeReady(server);
    const readyMs = performance.now() - startedMs;
    const endpoint = { ...way.endpoint, port: Number(new URL(server.url).port) };
    await checkAnswer({ name: way.name, url: server.url, endpoint }, number);
    const firstAnswerMs = performance.now() - startedMs;
    const residentMb = (): number => readUsage(server.pid)?.residentMb ?? Number.NaN;
    await sleep(startedAfterMs);
    const startedMb = residentMb();
    await sleep(idleAfterMs);
    return { readyMs, firstAnswerMs, startedMb, idleMb: residentMb() };
  } finally {
    await server.stop();
  }
};

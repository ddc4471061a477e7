import { setTimeout as sleep } from 'node:timers/promises';
import { measureLimit } from './jobs/measure-limit.js';
import { type JobRun, type JobServer, quoteJob, runJob, watchMemory } from './jobs/run-job.js';
import { runPeer } from './jobs/run-peer.js';
import { startWay } from './lookups/ways.js';
import { median, ratioOf, type Summary, summaryOf } from './numbers.js';
import { buildPrograms, gatewayPath } from './processes/build-programs.js';
import { readUsage } from './processes/read-usage.js';
import {
  createConnection,
  makeDataDir,
  newToken,
  type StartScript,
  startFlags,
  startGateway,
  startVariables,
} from './processes/start-gateway.js';
import { startUpstream, type Upstream } from './processes/start-upstream.js';
import { domainOf } from './programs/companies.js';
import type { SetResult } from './sets.js';
import { judge, type Outcome, type Target } from './targets.js';

const rounds = 3;
const rows = 10_000;
const rowsFull = 1_000_000;

/**
 * Runs lists of 10,000 rows as jobs, beside a script that sends a hundred at a time and beside what a command-line client
 * does, in turns and with the same fake upstream; then in an instance with little memory, and with a limit of 50 a second
 * over one and three instances. `full` adds a list of a million rows.
 */
export const benchJobs = async (full: boolean): Promise<SetResult> => {
  buildPrograms();
  const upstream = await startUpstream();
  try {
    const usual = await withServer(upstream, 'start', async (server, idleMb) => [
      await measureLists(server, upstream),
      ...(full ? [await measureLarge(server, idleMb, 'job')] : []),
    ]);
    await upstream.order(0);
    const small = await withServer(upstream, 'start:small', async (server, idleMb) => [
      await measureSmall(server),
      ...(full ? [await measureLarge(server, idleMb, smallJob)] : []),
    ]);
    const measured = [...usual, ...small, await measureLimits(upstream)];
    return {
      rows: measured.flatMap((one) => one.rows),
      outcomes: measured.flatMap((one) => one.outcomes),
    };
  } finally {
    await upstream.stop();
  }
};

/** Runs an instance that is started as by `npm run`. */
const withServer = async <Result>(
  upstream: Upstream,
  script: StartScript,
  run: (server: JobServer, idleMb: number) => Promise<Result>,
): Promise<Result> => {
  const { dataDir, remove } = makeDataDir();
  const token = newToken();
  try {
    const settings = { file: gatewayPath(), upstreamUrl: upstream.url, token, dataDir };
    const gateway = await startGateway(settings, startFlags(undefined, script), startVariables(script));
    try {
      await createConnection(gateway.url, token);
      await sleep(2_000);
      const idleMb = readUsage(gateway.pid)?.residentMb ?? Number.NaN;
      return await run({ url: gateway.url, pid: gateway.pid, token }, idleMb);
    } finally {
      await gateway.stop();
    }
  } finally {
    remove();
  }
};

const smallJob = 'job, npm run start:small';

const measureSmall = async (server: JobServer): Promise<Measured> => {
  const runs: JobRun[] = [];
  for (let round = 0; round <= rounds; round += 1) runs.push(await runJob(server, take(rows)));
  return { rows: [lineOf('10,000 new rows, upstream of 0 ms', smallJob, runs.slice(1))], outcomes: [] };
};

/** New numbers of companies, so that no list is known before it is meant to be. */
const createNumbers = (): ((count: number) => { from: number; count: number }) => {
  let next = 1;
  return (count) => {
    next += count;
    return { from: next - count, count };
  };
};
const take = createNumbers();

const measureLists = async (server: JobServer, upstream: Upstream): Promise<Measured> => {
  const { table, outcomes } = await measureNew(server, upstream);
  await upstream.order(0);
  const known = take(rows);
  await runJob(server, known);
  const again: JobRun[] = [];
  const quotes: JobRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    again.push(await runJob(server, known));
    quotes.push(await quoteJob(server, known));
  }
  const perSecond = { floor: 10_000, aim: 20_000, unit: 'records/s' } as const;
  outcomes.push(
    judge({ name: '10,000 known rows', ...perSecond }, summaryOf(ratesOf(again))),
    judge({ name: 'dry run of 10,000 known rows', ...perSecond, aim: null }, summaryOf(ratesOf(quotes))),
  );
  table.push(lineOf('10,000 known rows', 'job', again), lineOf('10,000 known rows', 'dry run', quotes));
  return { rows: table, outcomes };
};

/**
 * New rows, beside the peers and the limit: the command-line client with as many workers as a job has lookups in flight,
 * through the proxy that writes the rows of each call by plain inserts.
 */
const measureNew = async (
  server: JobServer,
  upstream: Upstream,
): Promise<{ table: object[]; outcomes: Outcome[] }> => {
  const proxy = await startWay('bare proxy with plain inserts', upstream.url);
  const client = { UPSTREAM_URL: upstream.url, KEY: 'fbl_bench' };
  const limit = { ...client, UPSTREAM_URL: proxy.url, WORKERS: '128' };
  const ways = {
    job: () => runJob(server, take(rows)),
    'companies, 100 at a time': () =>
      runPeer('list-script', take(rows), { GATEWAY_URL: server.url, TOKEN: server.token }),
    'command-line client': () => runPeer('command-line-client', take(rows), client),
    'command-line client with plain inserts': () => runPeer('command-line-client', take(rows), limit),
  };
  const table: object[] = [];
  const outcomes: Outcome[] = [];
  try {
    for (const run of Object.values(ways)) await run();
    for (const upstreamMs of [0, 20]) {
      await upstream.order(upstreamMs);
      const name = `10,000 new rows, upstream of ${upstreamMs} ms`;
      const runs = new Map<string, JobRun[]>();
      for (let round = 0; round < rounds; round += 1)
        for (const [way, run] of Object.entries(ways)) runs.set(way, [...(runs.get(way) ?? []), await run()]);
      for (const [way, own] of runs) table.push(lineOf(name, way, own));
      const over = (way: keyof typeof ways): Summary =>
        ratioOf(ratesOf(runs.get(way) ?? []), ratesOf(runs.get('command-line client') ?? []));
      const target: Target = { name: `${name} ÷ command-line client`, floor: 2, aim: 2.5, unit: '×' };
      outcomes.push(judge(target, over('job'), over('command-line client with plain inserts')));
    }
  } finally {
    await proxy.stop();
  }
  return { table, outcomes };
};

type Measured = { rows: object[]; outcomes: Outcome[] };

const measureLimits = async (upstream: Upstream): Promise<Measured> => {
  const table: object[] = [];
  const outcomes: Outcome[] = [];
  for (const instances of [1, 3]) {
    const { share, busiestSecond } = await measureLimit(upstream, instances, take(rows).from);
    const scenario = `limit of 50 a second, ${instances === 1 ? 'one instance' : `${instances} instances`}`;
    const target: Target = { name: scenario, floor: 98, aim: null, unit: '%' };
    outcomes.push(judge(target, summaryOf([share])));
    table.push({
      set: 'jobs',
      scenario,
      way: 'job',
      percentOfLimiter: Math.round(share * 10) / 10,
      busiestSecond,
    });
  }
  return { rows: table, outcomes };
};

/** A million rows: sent as a file, its dry run, and its job. */
const measureLarge = async (server: JobServer, idleMb: number, way: string): Promise<Measured> => {
  const { from } = take(rowsFull);
  const watch = watchMemory(server.pid);
  const startedMs = performance.now();
  const sent: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${server.token}` },
    body: new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('Domain,Note\n')),
      pull: pullLines(from),
    }),
    duplex: 'half',
  };
  const response = await fetch(`${server.url}/uploads`, sent);
  const { id }: { id: string } = JSON.parse(await response.text());
  if (response.status !== 201) throw new Error(`the upload was answered ${response.status}`);
  const seconds = (performance.now() - startedMs) / 1_000;
  const upload = { rows: rowsFull, seconds, perSecond: rowsFull / seconds, peakMb: watch.end() };
  const list = { upload: id, count: rowsFull };
  const quote = await quoteJob(server, list);
  const run = await runJob(server, list);
  const scenario = '1,000,000 rows';
  const aboveMb = run.peakMb - idleMb;
  const target: Target = {
    name: `${way} of 1,000,000 rows, above idle`,
    floor: 60,
    aim: null,
    unit: 'MB',
    atMost: true,
  };
  return {
    rows: [
      { set: 'jobs', scenario, way: 'idle', peakMb: idleMb },
      lineOf(scenario, 'upload', [upload]),
      lineOf(scenario, 'dry run', [quote]),
      lineOf(scenario, way, [run]),
    ],
    outcomes: [judge(target, summaryOf([aboveMb]))],
  };
};

const linesAtOnce = 10_000;

const pullLines = (from: number): ((controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
  let sent = 0;
  return (controller) => {
    if (sent >= rowsFull) {
      controller.close();
      return;
    }
    const lines = Array.from(
      { length: linesAtOnce },
      (_, at) => `${domainOf(from + sent + at)},row ${sent + at}\n`,
    );
    sent += linesAtOnce;
    controller.enqueue(new TextEncoder().encode(lines.join('')));
  };
};

const ratesOf = (runs: readonly JobRun[]): number[] => runs.map(({ perSecond }) => perSecond);

const lineOf = (scenario: string, way: string, runs: readonly JobRun[]): object => ({
  set: 'jobs',
  scenario,
  way,
  perSecond: Math.round(median(ratesOf(runs))),
  seconds: Math.round(median(runs.map(({ seconds }) => seconds)) * 100) / 100,
  peakMb: Math.round(Math.max(...runs.map(({ peakMb }) => peakMb))),
});

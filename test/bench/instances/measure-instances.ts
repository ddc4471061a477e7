import { connect } from '../../../src/platform/database.js';
import type { JobResult } from '../programs/job.js';
import { queryFor } from '../lookups/queries.js';
import { type BatchCount, meanItems, readBatches } from '../processes/read-batches.js';
import { readUsage } from '../processes/read-usage.js';
import type { Load } from '../processes/start-load.js';
import type { Upstream } from '../processes/start-upstream.js';
import type { CpuShare } from './cpu-share.js';
import type { Instance, Instances } from './start-instances.js';

/** What some instances did together in one round. CPU is in seconds for 1,000 lookups. */
export type Round = {
  lookups: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuSeconds: number;
  databaseCpuSeconds: number;
  /** Lookups that shared one statement of the ledger, on average. */
  batch: number;
  /** Connections that executed a statement, and those of them that waited for a lock of another, on average. */
  active: number;
  waiting: number;
  /** Of the lookups of all instances, those of the one that did the fewest and the most. */
  leastShare: number;
  mostShare: number;
  /** The part of the kernel's periods in which an instance used up its share of the CPU. */
  throttled: number;
  busiestSecond: number;
  errors: number;
};

type Parts = {
  load: Load;
  upstream: Upstream;
  instances: Instances;
  shares: readonly CpuShare[];
  /** The first number that nobody has asked for. */
  numbers: { next: number };
};
type How = { workspace: 'free' | 'budgeted'; connections: number; seconds: number };

/** Far more numbers than one instance takes in a round: no instance asks for a record of another. */
const span = 1_000_000;

export const measureInstances = async (
  { load, upstream, instances, shares, numbers }: Parts,
  count: number,
  { workspace, connections, seconds }: How,
): Promise<Round> => {
  const chosen = instances.list.slice(0, count);
  const token = instances.tokens[workspace];
  const facts = async () => ({
    cpu: sum(chosen.map(({ pid }) => readUsage(pid)?.ownCpuSeconds ?? Number.NaN)),
    databaseCpu: allCpuSeconds(instances.databasePid),
    batches: await countBatches(chosen, token),
    periods: shares.slice(0, count).map((share) => share.periods()),
  });
  await upstream.order(0);
  const before = await facts();
  const sampler = sampleSessions(instances.databaseUrl);
  const results = await Promise.all(
    chosen.map(({ endpoint }) => {
      const from = numbers.next;
      numbers.next += span;
      const question = queryFor({ ...endpoint, token }, 'new');
      return load.run({ ...question, from, count: null, port: endpoint.port, connections, seconds });
    }),
  );
  const sessions = await sampler.stop();
  const after = await facts();
  const lookups = sum(results.map(({ records }) => records));
  const perThousand = 1_000 / Math.max(1, lookups);
  const failed = results.find(({ firstError }) => firstError !== null);
  if (failed !== undefined) console.log(`${count} instances: ${failed.firstError}`);
  return {
    lookups,
    perSecond: lookups / Math.max(...results.map((result) => result.seconds)),
    p50Ms: weighted(results, ({ p50Ms }) => p50Ms),
    p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
    cpuSeconds: (after.cpu - before.cpu) * perThousand,
    databaseCpuSeconds: (after.databaseCpu - before.databaseCpu) * perThousand,
    batch: meanItems(before.batches, after.batches),
    ...sessions,
    leastShare: Math.min(...results.map(({ records }) => records)) / lookups,
    mostShare: Math.max(...results.map(({ records }) => records)) / lookups,
    throttled: throttledBetween(before.periods, after.periods),
    busiestSecond: await upstream.busiestSecond(),
    errors: sum(results.map(({ errors }) => errors)),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const weighted = (results: readonly JobResult[], of: (result: JobResult) => number): number =>
  sum(results.map((result) => of(result) * result.records)) / sum(results.map(({ records }) => records));

const allCpuSeconds = (pid: number): number => {
  const usage = readUsage(pid);
  return usage === null ? Number.NaN : usage.ownCpuSeconds + usage.childrenCpuSeconds;
};

type Periods = ReturnType<CpuShare['periods']>;

const throttledBetween = (before: readonly Periods[], after: readonly Periods[]): number => {
  const grown = (of: (periods: Periods) => number): number => sum(after.map(of)) - sum(before.map(of));
  const all = grown(({ all }) => all);
  return all === 0 ? 0 : grown(({ throttled }) => throttled) / all;
};

/** The batches of all instances so far, and the items in them. */
const countBatches = async (chosen: readonly Instance[], token: string): Promise<BatchCount> => {
  const all = await Promise.all(chosen.map(({ url }) => readBatches(url, token)));
  const counts = all.flatMap(({ reservation, settlement }) => [reservation, settlement]);
  return { items: sum(counts.map(({ items }) => items)), batches: sum(counts.map(({ batches }) => batches)) };
};

/** The size of the database with its indexes. */
export const readDatabaseBytes = async ({ databaseUrl }: Instances): Promise<number> => {
  const sql = connect({ url: databaseUrl }, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const [row] = await sql<{ bytes: string }[]>`select pg_database_size(current_database())::text as bytes`;
    return Number(row?.bytes ?? Number.NaN);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const sampleEveryMs = 50;

/** Looks at the connections of the instances again and again, on a connection of its own. */
const sampleSessions = (url: string): { stop: () => Promise<{ active: number; waiting: number }> } => {
  const sql = connect({ url }, { max: 1, fetch_types: false, onnotice: () => {} });
  const samples: { active: number; waiting: number }[] = [];
  let sampling: Promise<void> = Promise.resolve();
  const sample = async (): Promise<void> => {
    const [row] = await sql<{ active: number; waiting: number }[]>`
      select (count(*))::int as active, (count(*) filter (where wait_event_type = 'Lock'))::int as waiting
      from pg_stat_activity
      where datname = current_database() and state = 'active' and application_name ~ 'firmable-gateway [0-9a-f]{8}$'`;
    if (row !== undefined) samples.push(row);
  };
  const timer = setInterval(() => {
    sampling = sampling.then(sample);
  }, sampleEveryMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await sampling;
      await sql.end({ timeout: 1 });
      const all = Math.max(1, samples.length);
      return {
        active: sum(samples.map(({ active }) => active)) / all,
        waiting: sum(samples.map(({ waiting }) => waiting)) / all,
      };
    },
  };
};

import { type CpuShare, makeCpuShare } from './instances/cpu-share.js';
import { measureInstances, readDatabaseBytes, type Round } from './instances/measure-instances.js';
import { type Instances, startInstances } from './instances/start-instances.js';
import { checkBooks } from './lookups/check-books.js';
import { median, ratioOf, spread, type Summary } from './numbers.js';
import { buildPrograms } from './processes/build-programs.js';
import { type Load, startLoad } from './processes/start-load.js';
import { startUpstream, type Upstream } from './processes/start-upstream.js';
import type { SetResult } from './sets.js';

const instancesMax = 3;
/** Of one core, for each instance: three of them leave more than a core to PostgreSQL, the upstream and the generator. */
const cpuShare = 0.25;
const rounds = 3;
const requestsPerSecond = 100;
/** Before the shares are fixed: the compiler has to have seen the way often. */
const warmUpSeconds = 8;

type Scenario = {
  name: string;
  workspace: 'free' | 'budgeted';
  /** Of each instance. */
  connections: number;
  seconds: number;
};

const unlimited: readonly Scenario[] = [
  { name: 'new record, no budget', workspace: 'free', connections: 32, seconds: 4 },
  { name: 'new record, one hot budget', workspace: 'budgeted', connections: 32, seconds: 4 },
];
const limited: readonly Scenario[] = [
  {
    name: `new record, one key with ${requestsPerSecond} requests/s`,
    workspace: 'free',
    connections: 32,
    seconds: 6,
  },
];

/**
 * Measures 1, 2 and 3 instances on one PostgreSQL server, each with a fixed share of a core where the kernel lets us set one.
 * All three run all the time, and the rounds of 1, 2 and 3 take turns. First without a rate limit, with and without a hot
 * budget; then with one key's rate limit that all instances share. At the end the entries have to match the lookups.
 */
export const benchInstances = async (): Promise<SetResult> => {
  buildPrograms();
  const upstream = await startUpstream();
  const load = startLoad();
  try {
    const rows: object[] = [];
    for (const [scenarios, limit] of [
      [unlimited, 0],
      [limited, requestsPerSecond],
    ] as const) {
      const instances = await startInstances(instancesMax, upstream.url, limit);
      try {
        rows.push(...(await measureAll({ load, upstream, instances }, scenarios)));
      } finally {
        await instances.stop();
      }
    }
    return { rows, outcomes: [] };
  } finally {
    await load.stop();
    await upstream.stop();
  }
};

type Parts = { load: Load; upstream: Upstream; instances: Instances };
type Entry = { scenario: Scenario; count: number };

const measureAll = async (parts: Parts, scenarios: readonly Scenario[]): Promise<object[]> => {
  const numbers = { next: 1_000_000 };
  const bought = { free: parts.instances.list.length, budgeted: 0 };
  const measure = async (shares: readonly CpuShare[], { scenario, count }: Entry): Promise<Round> => {
    const round = await measureInstances({ ...parts, shares, numbers }, count, scenario);
    bought[scenario.workspace] += round.lookups;
    return round;
  };
  for (const scenario of scenarios)
    await measure([], { scenario: { ...scenario, seconds: warmUpSeconds }, count: instancesMax });

  const shares = confine(parts.instances);
  try {
    const entries = scenarios.flatMap((scenario) => counts.map((count): Entry => ({ scenario, count })));
    const measured = new Map<Entry, Round[]>(entries.map((entry) => [entry, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [entry, own] of measured) own.push(await measure(shares, entry));
    }
    return tabulate(measured, shares.length > 0);
  } finally {
    for (const [at, { pid }] of parts.instances.list.entries()) {
      shares[at]?.release(pid);
      shares[at]?.remove();
    }
    const { list, env, tokens } = parts.instances;
    for (const workspace of ['free', 'budgeted'] as const) {
      const url = list[0]?.url ?? '';
      console.log(await checkBooks({ url, token: tokens[workspace], env }, bought[workspace]));
    }
    const bytes = await readDatabaseBytes(parts.instances);
    console.log(`${Math.round(bytes / (bought.free + bought.budgeted))} bytes on disk for each lookup`);
  }
};

const counts = Array.from({ length: instancesMax }, (_, at) => at + 1);

/** Gives each instance its share; none where control groups cannot be written, and says so. */
const confine = ({ list }: Instances): CpuShare[] => {
  const shares: CpuShare[] = [];
  for (const [at, { pid }] of list.entries()) {
    const share = makeCpuShare(String(at), cpuShare);
    if ('unavailable' in share) {
      console.log(
        `No share of the CPU could be fixed: ${share.unavailable}. The instances compete for all cores.`,
      );
      return [];
    }
    share.confine(pid);
    shares.push(share);
  }
  return shares;
};

/** One line for each scenario and number of instances. `ratio` is over one instance of the same round. */
const tabulate = (measured: ReadonlyMap<Entry, readonly Round[]>, fixed: boolean): object[] =>
  [...measured].map(([{ scenario, count }, own]) => {
    const one = [...measured].find(([entry]) => entry.scenario === scenario && entry.count === 1)?.[1] ?? [];
    const middle = (of: (round: Round) => number, digits = 3): number =>
      Number(median(own.map(of)).toFixed(digits));
    const rates = own.map(({ perSecond }) => perSecond);
    return {
      set: 'instances',
      scenario: scenario.name,
      instances: count,
      'cores each': fixed ? cpuShare : 'not fixed',
      perSecond: Math.round(median(rates)),
      spread: spread(rates),
      ratio: reported(
        ratioOf(
          rates,
          one.map(({ perSecond }) => perSecond),
        ),
      ),
      p50Ms: middle(({ p50Ms }) => p50Ms, 1),
      p99Ms: middle(({ p99Ms }) => p99Ms, 1),
      'CPU s/1000': middle(({ cpuSeconds }) => cpuSeconds),
      'database CPU s/1000': middle(({ databaseCpuSeconds }) => databaseCpuSeconds),
      batch: middle(({ batch }) => batch, 1),
      active: middle(({ active }) => active, 1),
      'waiting for locks': middle(({ waiting }) => waiting, 2),
      shares: `${percent(middle(({ leastShare }) => leastShare))}-${percent(middle(({ mostShare }) => mostShare))}`,
      throttled: percent(middle(({ throttled }) => throttled)),
      'busiest second': Math.max(...own.map(({ busiestSecond }) => busiestSecond)),
      errors: own.reduce((total, { errors }) => total + errors, 0),
    };
  });

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const reported = ({ median: middle, least, most }: Summary): string =>
  `${middle.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;

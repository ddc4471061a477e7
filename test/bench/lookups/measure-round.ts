import type { JobResult } from '../programs/job.js';
import { meanItems, readBatches } from '../processes/read-batches.js';
import { idleShare, readMachineTime } from '../processes/read-machine-time.js';
import { readUsage, type Usage } from '../processes/read-usage.js';
import type { Load } from '../processes/start-load.js';
import type { Upstream } from '../processes/start-upstream.js';
import { queryFor, type QuestionName } from './queries.js';
import type { Way, WayName } from './ways.js';

/**
 * What one way did in one round. CPU is in seconds for 1,000 requests, page faults are for one; NaN where the system or
 * the way does not report it.
 */
export type Round = Omit<JobResult, 'firstError'> & {
  perSecond: number;
  cpuSeconds: number;
  databaseCpuSeconds: number;
  generatorCpuSeconds: number;
  pageFaults: number;
  databasePageFaults: number;
  /** Items that shared one statement, on average. */
  reservationsPerBatch: number;
  settlementsPerBatch: number;
  /** The part of the machine that was idle. */
  idle: number;
  residentMb: number;
};

/** Numbers of companies: so many from the first. */
type Span = { from: number; count: number };

/** What is asked on and on, for each way. */
export type Numbers = {
  /** The first number that nobody has asked it for. */
  next: Map<WayName, number>;
  /** Those that it has bought and is asked for again. */
  known: Map<WayName, Span>;
};

type Parts = { load: Load; upstream: Upstream };

export const measureRound = async (
  parts: Parts,
  way: Way,
  question: QuestionName,
  numbers: Numbers,
  { connections, seconds, upstreamMs }: { connections: number; seconds: number; upstreamMs: number },
): Promise<Round> => {
  const { load, upstream } = parts;
  const from = numbers.next.get(way.name) ?? 1;
  const span = question === 'new' ? { from, count: null } : numbers.known.get(way.name);
  if (span === undefined) throw new Error(`${way.name} knows no record`);
  const job = { ...queryFor(way.endpoint, question), ...span, port: way.endpoint.port, connections, seconds };
  const sent = await upstream.order(upstreamMs);
  const batchesBefore = await batchesOf(way);
  const before = readUse(way, load);
  const result = await load.run(job);
  const after = readUse(way, load);
  const batchesAfter = await batchesOf(way);
  const calls = (await upstream.order(0)) - sent;
  if (question === 'new') numbers.next.set(way.name, from + result.given);

  const { firstError, ...counted } = result;
  const wrongCalls = Math.abs(calls - callsDue(question, result));
  if (firstError !== null) console.log(`${way.name}, ${question}: ${firstError}`);
  else if (wrongCalls > 0) console.log(`${way.name}, ${question}: the upstream was asked ${calls} times`);
  const perRequest = 1 / Math.max(1, result.answers);
  const perThousand = 1_000 * perRequest;
  const ofWay = used(before.way, after.way);
  return {
    ...counted,
    errors: result.errors + (result.errors === 0 ? wrongCalls : 0),
    perSecond: result.records / result.seconds,
    cpuSeconds: ofWay((usage) => usage.ownCpuSeconds) * perThousand,
    databaseCpuSeconds: ofWay((usage) => usage.childrenCpuSeconds) * perThousand,
    generatorCpuSeconds: used(before.load, after.load)((usage) => usage.ownCpuSeconds) * perThousand,
    pageFaults: ofWay((usage) => usage.ownPageFaults) * perRequest,
    databasePageFaults: ofWay((usage) => usage.childrenPageFaults) * perRequest,
    reservationsPerBatch: meanOf('reservation', batchesBefore, batchesAfter),
    settlementsPerBatch: meanOf('settlement', batchesBefore, batchesAfter),
    idle: idleShare(before.machine, after.machine),
    residentMb: after.way?.residentMb ?? Number.NaN,
  };
};

/** How often the upstream must have been asked for these answers: a cache would make any way look fast. */
const callsDue = (question: QuestionName, { records }: JobResult): number =>
  question === 'known' || question === 'list' ? 0 : records;

const readUse = (way: Way, load: Load) => ({
  way: readUsage(way.pid),
  load: readUsage(load.pid),
  machine: readMachineTime(),
});

const used =
  (before: Usage | null, after: Usage | null) =>
  (of: (usage: Usage) => number): number =>
    before === null || after === null ? Number.NaN : of(after) - of(before);

type Batches = Awaited<ReturnType<typeof readBatches>>;

const batchesOf = async ({ url, endpoint, countsBatches }: Way): Promise<Batches | null> =>
  countsBatches ? await readBatches(url, endpoint.token) : null;

const meanOf = (name: keyof Batches, before: Batches | null, after: Batches | null): number =>
  before === null || after === null ? Number.NaN : meanItems(before[name], after[name]);

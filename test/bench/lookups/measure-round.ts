import type { JobResult } from '../programs/job.js';
import { readUsage } from '../processes/read-usage.js';
import type { Load } from '../processes/start-load.js';
import type { Upstream } from '../processes/start-upstream.js';
import { queryFor, type QuestionName } from './queries.js';
import type { Way } from './ways.js';

/** What one way did in one round. CPU is in seconds for 1,000 requests; NaN where the system does not report it. */
export type Round = Omit<JobResult, 'firstError'> & {
  perSecond: number;
  cpuSeconds: number;
  databaseCpuSeconds: number;
  generatorCpuSeconds: number;
  residentMb: number;
};

/** What is asked on and on: which numbers are free, and which are known to the gateway. */
export type Numbers = {
  /** The first number of each way that nobody has asked it for. */
  next: Map<string, number>;
  /** The known ones: so many from the first. */
  known: { from: number; count: number };
};

export const measureRound = async (
  { load, upstream }: { load: Load; upstream: Upstream },
  way: Way,
  question: QuestionName,
  numbers: Numbers,
  { connections, seconds, upstreamMs }: { connections: number; seconds: number; upstreamMs: number },
): Promise<Round> => {
  const from = numbers.next.get(way.name) ?? 1;
  const span = question === 'new' ? { from, count: null } : numbers.known;
  const job = { ...queryFor(way.endpoint, question), ...span, port: way.endpoint.port, connections, seconds };
  const sent = await upstream.order(upstreamMs);
  const before = [readUsage(way.pid), readUsage(load.pid)] as const;
  const result = await load.run(job);
  const after = [readUsage(way.pid), readUsage(load.pid)] as const;
  const calls = (await upstream.order(0)) - sent;
  if (question === 'new') numbers.next.set(way.name, from + result.given);

  const { firstError, ...counted } = result;
  const wrongCalls = Math.abs(calls - callsDue(question, result));
  if (firstError !== null) console.log(`${way.name}, ${question}: ${firstError}`);
  else if (wrongCalls > 0) console.log(`${way.name}, ${question}: the upstream was asked ${calls} times`);
  const perThousand = 1_000 / Math.max(1, result.answers);
  return {
    ...counted,
    errors: result.errors + (result.errors === 0 ? wrongCalls : 0),
    perSecond: result.records / result.seconds,
    cpuSeconds: used(before[0]?.ownCpuSeconds, after[0]?.ownCpuSeconds) * perThousand,
    databaseCpuSeconds: used(before[0]?.childrenCpuSeconds, after[0]?.childrenCpuSeconds) * perThousand,
    generatorCpuSeconds: used(before[1]?.ownCpuSeconds, after[1]?.ownCpuSeconds) * perThousand,
    residentMb: after[0]?.residentMb ?? Number.NaN,
  };
};

/** How often the upstream must have been asked for these answers: a cache would make any way look fast. */
const callsDue = (question: QuestionName, { records }: JobResult): number =>
  question === 'known' || question === 'list' ? 0 : records;

const used = (before: number | undefined, after: number | undefined): number =>
  (after ?? Number.NaN) - (before ?? Number.NaN);

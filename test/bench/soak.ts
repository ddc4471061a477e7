import { setTimeout as sleep } from 'node:timers/promises';
import { checkAnswer } from './lookups/check-answers.js';
import { booksOf, checkBooks } from './lookups/check-books.js';
import { queryFor, type QuestionName } from './lookups/queries.js';
import { startWay, type Way } from './lookups/ways.js';
import { median, slopeOf, summaryOf } from './numbers.js';
import { buildPrograms } from './processes/build-programs.js';
import { readUsage } from './processes/read-usage.js';
import { type Load, startLoad } from './processes/start-load.js';
import { startUpstream } from './processes/start-upstream.js';
import type { JobResult } from './programs/job.js';
import type { SetResult } from './sets.js';
import { judge } from './targets.js';

const upstreamMs = 20;
const warmUpSeconds = 10;
const sampleEveryMs = 1_000;
const slices = 10;
/** A few connections each: what is soaked is to live on for long, not to be fast. The upstream slows down the new ones. */
const mixture = { new: 8, refetched: 8, known: 4, list: 1 } as const satisfies Record<QuestionName, number>;
const knownCount = 1_000;

type Sample = { atMs: number; residentMb: number; heapMb: number };

/**
 * Asks one gateway for everything at once for a minute, with --full for ten, and watches the memory of node: how it
 * stood over time, and by how much it grew from the middle on.
 */
export const benchSoak = async (full: boolean): Promise<SetResult> => {
  buildPrograms();
  const upstream = await startUpstream();
  const load = startLoad();
  const gateway = await startWay('gateway', upstream.url);
  try {
    await checkAnswer(gateway, 1);
    await upstream.order(upstreamMs);
    // Known is what the warm-up asks for, and that is more than so many.
    let next = 2;
    const lookup = async (seconds: number, ...names: QuestionName[]): Promise<JobResult[]> => {
      const results = await Promise.all(names.map((name) => run(load, gateway, name, seconds, next)));
      next += results[names.indexOf('new')]?.given ?? 0;
      return results;
    };
    await lookup(warmUpSeconds, 'new');
    const samples: Sample[] = [];
    const seconds = full ? 600 : 60;
    const running = lookup(seconds, 'new', 'refetched', 'known', 'list');
    const startedMs = performance.now();
    while (performance.now() - startedMs < seconds * 1_000) {
      samples.push(await takeSample(gateway, performance.now() - startedMs));
      await sleep(sampleEveryMs);
    }
    const results = await running;
    console.log(await checkBooks(booksOf(gateway, upstream.url), next - 1));
    for (const { firstError } of results) if (firstError !== null) console.log(firstError);
    return { rows: tabulate(samples, seconds, results), outcomes: [judgeGrowth(samples)] };
  } finally {
    await gateway.stop();
    await load.stop();
    await upstream.stop();
  }
};

const run = (
  load: Load,
  { endpoint }: Way,
  name: QuestionName,
  seconds: number,
  next: number,
): Promise<JobResult> => {
  const span = name === 'new' ? { from: next, count: null } : { from: 2, count: knownCount };
  return load.run({
    ...queryFor(endpoint, name),
    ...span,
    port: endpoint.port,
    connections: mixture[name],
    seconds,
  });
};

const takeSample = async (gateway: Way, atMs: number): Promise<Sample> => {
  const response = await fetch(`${gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${gateway.endpoint.token}` },
  });
  const heapBytes = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(await response.text())?.[1];
  return {
    atMs,
    residentMb: readUsage(gateway.pid)?.residentMb ?? Number.NaN,
    heapMb: Math.round(Number(heapBytes) / 1e5) / 10,
  };
};

/** A line for each tenth of the time: its middle sample, since a heap rises and falls with every collection. */
const tabulate = (samples: readonly Sample[], seconds: number, results: readonly JobResult[]): object[] => {
  const total = (of: (result: JobResult) => number): number =>
    results.reduce((sum, result) => sum + of(result), 0);
  const all = {
    recordsPerSecond: Math.round(total(({ records }) => records) / seconds),
    errors: total(({ errors }) => errors),
  };
  return Array.from({ length: slices }, (_, at) => {
    const slice = samples.slice(
      Math.floor((at * samples.length) / slices),
      Math.floor(((at + 1) * samples.length) / slices),
    );
    return {
      set: 'soak',
      untilSeconds: Math.round(((at + 1) * seconds) / slices),
      residentMb: median(slice.map(({ residentMb }) => residentMb)),
      heapMb: median(slice.map(({ heapMb }) => heapMb)),
      ...(at === slices - 1 ? all : {}),
    };
  });
};

/** By how many per cent of itself resident memory grew in the second half, along a straight line through it. */
const judgeGrowth = (samples: readonly Sample[]) => {
  const half = samples.slice(Math.floor(samples.length / 2));
  const slope = slopeOf(half.map(({ atMs, residentMb }) => ({ x: atMs, y: residentMb })));
  const lastedMs = (half.at(-1)?.atMs ?? 0) - (half[0]?.atMs ?? 0);
  const percent = (slope * lastedMs * 100) / median(half.map(({ residentMb }) => residentMb));
  return judge(
    { name: 'soak: growth of memory in its second half', floor: 10, aim: null, unit: '%', atMost: true },
    summaryOf([percent]),
  );
};

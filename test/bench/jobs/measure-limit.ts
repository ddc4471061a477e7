import { setTimeout as sleep } from 'node:timers/promises';
import { startInstances } from '../instances/start-instances.js';
import type { Upstream } from '../processes/start-upstream.js';
import { createJob } from './run-job.js';

const requestsPerSecond = 50;
/** What the limiter gives of the limit: fifty permits span 1.045 seconds. */
const permitsPerSecond = requestsPerSecond / 1.045;
const warmUpSeconds = 3;
const seconds = 15;

/** The share of a limit of 50 a second, in percent of what the limiter allows, that one job gets over some instances. */
export const measureLimit = async (
  upstream: Upstream,
  count: number,
  from: number,
): Promise<{ share: number; busiestSecond: number }> => {
  const instances = await startInstances(count, upstream.url, requestsPerSecond);
  try {
    const [first] = instances.list;
    if (first === undefined) throw new Error('there is no instance');
    const rows = { from, count: requestsPerSecond * (warmUpSeconds + seconds + 5) };
    await createJob({ ...first, token: instances.tokens.free }, rows, { start: true });
    await sleep(warmUpSeconds * 1_000);
    const before = await upstream.order(0);
    const startedMs = performance.now();
    await sleep(seconds * 1_000);
    // Each order begins a new count of the busiest second, and none of the requests.
    const busiestSecond = await upstream.busiestSecond();
    const after = await upstream.order(0);
    const elapsed = (performance.now() - startedMs) / 1_000;
    const share = ((after - before) / elapsed / permitsPerSecond) * 100;
    return { share, busiestSecond };
  } finally {
    await instances.stop();
  }
};

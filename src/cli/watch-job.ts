import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { progressLine } from './describe-job.js';
import type { GatewayClient } from './gateway-client.js';
import { changeJob, type Job, readJob } from './job-calls.js';
import type { Printer } from './printer.js';

type Watching = { jobId: string; retryMs: number; signal: AbortSignal };

const pollMs = 1_000;
const quotePollMs = 250;
/** And a millisecond for each row. */
const quoteMaxMs = 30_000;
/** A people search costs nothing at most providers. */
const searchQuoteMaxMs = 5_000;
/** Between two lines where no terminal shows a bar. */
const plainLineMs = 10_000;

/**
 * Shows the progress of a job until it has ended or is paused, and returns it. A lost connection is retried for `retryMs`.
 * When the signal is aborted, the job is paused.
 */
export const watchJob = async (
  client: GatewayClient,
  print: Printer,
  { jobId, retryMs, signal }: Watching,
): Promise<Job> => {
  let printedMs = -Infinity;
  let printed = '';
  try {
    for (;;) {
      const job = await readJob(client, jobId, { retryMs, signal });
      if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job;
      const line = progressLine(job, print);
      if (print.isLive) print.live(line);
      else if (performance.now() - printedMs >= plainLineMs && line !== printed) {
        print.note(line, { event: 'progress', ...progressOf(job) });
        printedMs = performance.now();
        printed = line;
      }
      await sleep(pollMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return await pause(client, print, jobId);
  } finally {
    print.live('');
  }
};

const progressOf = ({ state, progress, counts, rows, creditsCharged, rowsPerSecond, estimatedEnd }: Job) => ({
  state,
  progress,
  rows,
  counts,
  creditsCharged,
  rowsPerSecond,
  estimatedEnd,
});

/** Pauses the job, unless it has ended meanwhile. */
const pause = async (client: GatewayClient, print: Printer, jobId: string): Promise<Job> => {
  print.note('Pausing the job. Press Ctrl-C again to leave at once.', { event: 'pausing' });
  try {
    await changeJob(client, 'pauseJob', jobId, { retryMs: 10_000 });
  } catch (error) {
    const isRefused = error instanceof GatewayError && error.code !== 'UNAVAILABLE';
    const job = isRefused ? await readJob(client, jobId) : null;
    if (job === null || job.state === 'QUEUED' || job.state === 'RUNNING') throw error;
    return job;
  }
  // What was in flight is counted a moment later.
  await sleep(pollMs);
  return await readJob(client, jobId);
};

/** Waits until the dry run of a job is complete. The quote is null where it is not made in time. */
export const waitForQuote = async (
  client: GatewayClient,
  print: Printer,
  { jobId, retryMs, signal }: Watching,
): Promise<Job> => {
  const startedMs = performance.now();
  try {
    for (;;) {
      const job = await readJob(client, jobId, { retryMs, signal });
      const maxMs = job.operation === 'PEOPLE_SEARCH' ? searchQuoteMaxMs : quoteMaxMs + job.rows;
      const isLate = performance.now() - startedMs > maxMs;
      if (job.quote !== null || job.state === 'FAILED' || isLate) return job;
      print.live(`Making the quote for ${job.rows.toLocaleString('en-US')} rows`);
      await sleep(quotePollMs, undefined, { signal });
    }
  } finally {
    print.live('');
  }
};

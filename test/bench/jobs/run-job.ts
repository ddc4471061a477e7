import { setTimeout as sleep } from 'node:timers/promises';
import { readUsage } from '../processes/read-usage.js';
import { operate } from '../processes/start-gateway.js';
import { domainOf } from '../programs/companies.js';

/** A gateway that runs jobs. */
export type JobServer = { url: string; pid: number; token: string };

/** How long a list took, and the most memory of the gateway's process meanwhile. */
export type JobRun = { rows: number; seconds: number; perSecond: number; peakMb: number };

/** Where the rows of a job come from: numbers of the fake upstream's companies, or a list that was sent before. */
export type JobRows = { from: number; count: number } | { upload: string; count: number };

const pollMs = 25;

/** Creates a job and waits until it has completed. Throws where a row was not found. */
export const runJob = async (server: JobServer, rows: JobRows): Promise<JobRun> => {
  const startedMs = performance.now();
  const watch = watchMemory(server.pid);
  const id = await createJob(server, rows, { start: true });
  const job = await waitFor(server, id, ({ state }) => state !== 'QUEUED' && state !== 'RUNNING');
  const seconds = (performance.now() - startedMs) / 1_000;
  if (job.state !== 'COMPLETED' || job.counts.found !== rows.count)
    throw new Error(`the job is ${job.state}: ${JSON.stringify(job)}`);
  return { rows: rows.count, seconds, perSecond: rows.count / seconds, peakMb: watch.end() };
};

/** Creates a job without starting it, and waits for its quote. */
export const quoteJob = async (server: JobServer, rows: JobRows): Promise<JobRun> => {
  const startedMs = performance.now();
  const watch = watchMemory(server.pid);
  const id = await createJob(server, rows, { start: false });
  const { quote } = await waitFor(server, id, ({ quote }) => quote != null, 'quote { rows }');
  const seconds = (performance.now() - startedMs) / 1_000;
  if (quote?.rows !== rows.count) throw new Error(`the quote has ${quote?.rows} rows`);
  return { rows: rows.count, seconds, perSecond: rows.count / seconds, peakMb: watch.end() };
};

/** Creates a job and returns its id; nothing waits for it. */
export const createJob = async (
  { url, token }: JobServer,
  rows: JobRows,
  { start }: { start: boolean },
): Promise<string> => {
  const source =
    'upload' in rows
      ? { upload: { id: rows.upload } }
      : { companies: Array.from({ length: rows.count }, (_, at) => ({ domain: domainOf(rows.from + at) })) };
  const input = { name: 'bench', operation: 'COMPANY', source, maxCredits: 'UNLIMITED', start };
  const { made } = await operate<{
    made: { job: { id: string } | null; userErrors: { message: string }[] };
  }>(
    url,
    token,
    'mutation ($input: CreateJobInput!) { made: createJob(input: $input) { job { id } userErrors { message } } }',
    { input },
  );
  if (made.job === null) throw new Error(`no job: ${made.userErrors[0]?.message}`);
  return made.job.id;
};

type JobNow = { state: string; counts: { found: number; done: number }; quote?: { rows: number } | null };

const readJob = async ({ url, token }: JobServer, id: string, more: string): Promise<JobNow> => {
  const { job } = await operate<{ job: JobNow }>(
    url,
    token,
    `{ job(id: "${id}") { state counts { found done } pauseReason { code message } ${more} } }`,
  );
  return job;
};

const waitFor = async (
  server: JobServer,
  id: string,
  isReached: (job: JobNow) => boolean,
  more = '',
): Promise<JobNow> => {
  for (;;) {
    const job = await readJob(server, id, more);
    if (isReached(job)) return job;
    await sleep(pollMs);
  }
};

/** Reads the resident memory of a process ten times a second, in MB. */
export const watchMemory = (pid: number): { end: () => number } => {
  let peakMb = readUsage(pid)?.residentMb ?? 0;
  const look = (): void => {
    peakMb = Math.max(peakMb, readUsage(pid)?.residentMb ?? 0);
  };
  const timer = setInterval(look, 100);
  return {
    end: () => {
      clearInterval(timer);
      look();
      return peakMb;
    },
  };
};

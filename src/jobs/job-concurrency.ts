import type { JobWaits } from '../enrichment/lookup-request.js';

/** How many lookups a job makes at a time in this instance, over all its chunks. */
export type JobConcurrency = {
  /** Some of them wait to be sent: they hold their reservations. */
  waits: Pick<JobWaits, 'started' | 'ended'>;
  isFull: () => boolean;
  started: () => void;
  ended: () => void;
};

const lookupsAtFirst = 8;
const waitsMax = 8;

/** A job begins with some lookups, and adds one for each that ends, up to `max`, unless too many wait for their provider. */
const createJobConcurrency = (max: number): JobConcurrency => {
  let waiting = 0;
  let inFlight = 0;
  let width = lookupsAtFirst;
  return {
    waits: {
      started: () => {
        waiting += 1;
      },
      ended: () => {
        waiting -= 1;
      },
    },
    isFull: () => inFlight >= width || waiting >= waitsMax,
    started: () => {
      inFlight += 1;
    },
    ended: () => {
      inFlight -= 1;
      const next = width + (waiting < waitsMax - 1 ? 1 : -1);
      width = Math.max(lookupsAtFirst, Math.min(max, next));
    },
  };
};

export type JobConcurrencies = {
  of: (jobId: string) => JobConcurrency;
  /** Forgets the jobs that do not run any more. */
  keep: (running: ReadonlySet<string>) => void;
};

export const createJobConcurrencies = (max: number): JobConcurrencies => {
  const byJob = new Map<string, JobConcurrency>();
  return {
    of: (jobId) => {
      const concurrency = byJob.get(jobId) ?? createJobConcurrency(max);
      byJob.set(jobId, concurrency);
      return concurrency;
    },
    keep: (running) => {
      for (const jobId of byJob.keys()) if (!running.has(jobId)) byJob.delete(jobId);
    },
  };
};

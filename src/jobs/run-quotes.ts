import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database.js';
import { codeOf, type JobKey } from './change-state.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { JobQueue } from './queue.js';

const holdEveryMs = 10_000;
const retryMs = 500;

/** Makes the dry run of a job and stores it in the job. It is called until it has, and stops when `stopping` is aborted. */
export type QuoteJob = (job: JobKey, stopping: AbortSignal) => Promise<void>;

/** Makes the dry runs of jobs that were created without being started, one at a time in each instance. */
export const createQuoteRunner = ({
  database: { sql },
  log,
  quoteJob,
  stopping,
}: {
  database: { sql: Sql };
  log: Log;
  /** Null: none is made. */
  quoteJob: QuoteJob | null;
  stopping: AbortSignal;
}): {
  /** Sends a message for each job that waits for its dry run. */
  send: (queue: JobQueue) => Promise<void>;
  /** Makes the next dry run, unless one is being made. Nothing waits for it. */
  start: (queue: JobQueue) => void;
  ended: () => Promise<void>;
} => {
  let running: Promise<void> | null = null;

  const runNext = async (queue: JobQueue, make: QuoteJob): Promise<void> => {
    const message = await queue.fetchQuote();
    if (message === null) return;
    const { workspaceId, jobId } = message.data;
    const hold = { name: 'dry run of a job', run: () => queue.holdQuote(jobId) };
    const stopHolding = runEvery(holdEveryMs, hold, log);
    try {
      await make({ workspaceId, id: jobId }, stopping);
      await queue.deleteQuote(jobId);
    } catch (error) {
      log.warn({ job: jobId, code: codeOf(error) }, 'dry run of a job failed');
      await giveBack(queue, jobId);
    } finally {
      await stopHolding();
    }
  };

  /** While the database is lost it is tried again: nobody makes the dry run before its message is back. */
  const giveBack = async (queue: JobQueue, jobId: string): Promise<void> => {
    for (;;) {
      try {
        await queue.failQuote(jobId);
        return;
      } catch (error) {
        if (stopping.aborted) throw error;
        await sleep(retryMs);
      }
    }
  };

  return {
    send: async (queue) => {
      if (quoteJob === null) return;
      for (const message of await jobsToQuote(sql)) await queue.sendQuote(message);
    },
    start: (queue) => {
      if (quoteJob === null || stopping.aborted) return;
      running ??= runNext(queue, quoteJob)
        .catch(() => {})
        .finally(() => {
          running = null;
        });
    },
    ended: async () => {
      await running;
    },
  };
};

const jobsToQuote = (sql: Sql): Promise<{ workspaceId: string; jobId: string }[]> =>
  withQueryTimeout(sql<{ workspaceId: string; jobId: string }[]>`
    select workspace_id as "workspaceId", id as "jobId" from jobs
    where ended_at is null and state = 'PAUSED' and pause_code = 'NOT_STARTED' and quote is null
    limit 100`);

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { chunksTakenOver, type FinishedRows, rowOutcomes, rowsFinished } from '../../jobs/job-events.js';
import { sumJobsByState } from '../../jobs/read-jobs.js';
import type { Database } from '../../platform/database.js';
import { type Meters, oncePerScrape } from './meter.js';

/** States of jobs that have not ended. */
const openStates = ['QUEUED', 'RUNNING', 'PAUSED'] as const;

/**
 * Shows the jobs of the database, over all workspaces, and counts what the engine of this process does. Returns the
 * function that stops counting.
 */
export const meterJobs = ({ counter, gauge }: Meters, database: Pick<Database, 'db'>): (() => void) => {
  const read = oncePerScrape(() => sumJobsByState(database));
  gauge('jobs_open', 'Jobs that have not ended, by state.', ['state'], async (jobs) => {
    const sums = await read();
    if (sums === null) return;
    for (const state of openStates) jobs.set({ state }, sums.find((sum) => sum.state === state)?.jobs ?? 0);
  });
  gauge('job_rows_waiting', 'Their rows without a result, by state.', ['state'], async (rows) => {
    const sums = await read();
    if (sums === null) return;
    for (const state of openStates) {
      rows.set({ state }, sums.find((sum) => sum.state === state)?.waitingRows ?? 0);
    }
  });
  const finished = counter('job_rows_total', 'Rows of jobs that were finished by outcome.', ['outcome']);
  for (const one of rowOutcomes) finished.inc({ outcome: one }, 0);
  const takenOver = counter(
    'job_chunks_taken_over_total',
    'Chunks of jobs that were taken from instances that died, or whose message was lost.',
    [],
  );
  const onFinished = (message: unknown): void => {
    if (!isFinishedRows(message)) return;
    for (const one of rowOutcomes) finished.inc({ outcome: one }, message[one] ?? 0);
  };
  const onTakenOver = (chunks: unknown): void => {
    if (typeof chunks === 'number') takenOver.inc(chunks);
  };
  subscribe(rowsFinished, onFinished);
  subscribe(chunksTakenOver, onTakenOver);
  return () => {
    unsubscribe(rowsFinished, onFinished);
    unsubscribe(chunksTakenOver, onTakenOver);
  };
};

const isFinishedRows = (message: unknown): message is FinishedRows =>
  typeof message === 'object' && message !== null;

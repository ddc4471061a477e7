import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, isNotNull, type SQL } from 'drizzle-orm';
import { jobChunks, jobs } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type Job, visibleJobs } from './job.js';

/** Whether an instance runs rows of the job. They are limited by its budget and recorded in its rows, so these stay until then. */
export const isInFlight = async (
  db: Pick<Drizzle, 'select'>,
  { workspaceId, id }: Pick<Job, 'workspaceId' | 'id'>,
): Promise<boolean> => {
  const [run] = await db
    .select({ number: jobChunks.number })
    .from(jobChunks)
    .where(
      and(
        eq(jobChunks.workspaceId, workspaceId),
        eq(jobChunks.jobId, id),
        eq(jobChunks.state, 'QUEUED'),
        isNotNull(jobChunks.instanceId),
      ),
    )
    .limit(1);
  return run !== undefined;
};

const flightMs = 5_000;

/** Waits for the last lookups in flight of a job that is `still`, such as one that has just been canceled, for a few seconds. */
export const waitForFlight = async (
  { db }: Pick<Database, 'db'>,
  caller: Caller,
  id: string,
  still: SQL | undefined,
): Promise<void> => {
  if (!isId(id)) return;
  const [job] = await db
    .select({ workspaceId: jobs.workspaceId, id: jobs.id })
    .from(jobs)
    .where(and(visibleJobs(caller), eq(jobs.id, id), still));
  if (job === undefined) return;
  const endMs = performance.now() + flightMs;
  while (performance.now() < endMs && (await isInFlight(db, job))) await sleep(100);
};

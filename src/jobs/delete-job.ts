import { and, asc, eq, isNotNull, notExists, sql } from 'drizzle-orm';
import { jobChunks, jobRows, jobs, uploadChunks, uploads } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Database, Drizzle } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { lockJob, refusal } from './change-job.js';
import { isInFlight, waitForFlight } from './in-flight.js';
import { factsOfJob, type Job } from './job.js';
import { endLimit } from './job-budget.js';

/**
 * Deletes a job that has ended or was never started, with its rows, and its list if no other job uses it. Entries and
 * unlocks stay. Throws INVALID_INPUT for one that may still run.
 */
export const deleteJob = async (
  { database }: { database: Pick<Database, 'db'> },
  caller: Caller,
  id: string,
): Promise<{ id: string }> => {
  authorizeInScope(caller, 'enrich');
  await waitForFlight(database, caller, id, isNotNull(jobs.endedAt));
  await retryOnDeadlock(() =>
    database.db.transaction(async (tx) => {
      const job = await lockJob(tx, caller, id);
      const isIdle = job.endedAt !== null || job.pauseCode === 'NOT_STARTED';
      if (!isIdle) throw refusal('The job has not ended: cancel it first, and delete it then.');
      if (await isInFlight(tx, job))
        throw refusal(
          'The last lookups of the job are in flight: delete it when they have ended, in a moment.',
        );
      await removeJob(tx, job);
      await recordChange(tx, caller, {
        action: 'job.delete',
        subject: toPublicId('job', job.id),
        before: factsOfJob(job),
        after: null,
      });
    }),
  );
  return { id };
};

/** Deletes a job that is locked, with all that is its own. */
const removeJob = async (
  tx: Pick<Drizzle, 'select' | 'update' | 'delete'>,
  { workspaceId, id, uploadId }: Pick<Job, 'workspaceId' | 'id' | 'uploadId'>,
): Promise<void> => {
  await tx.delete(jobRows).where(and(eq(jobRows.workspaceId, workspaceId), eq(jobRows.jobId, id)));
  await tx.delete(jobChunks).where(and(eq(jobChunks.workspaceId, workspaceId), eq(jobChunks.jobId, id)));
  await tx.delete(jobs).where(and(eq(jobs.workspaceId, workspaceId), eq(jobs.id, id)));
  await endLimit(tx, { workspaceId, id });
  const isList = and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, uploadId));
  // A job of the list that is being created holds it, and is seen by the statement after this one.
  await tx.select({ id: uploads.id }).from(uploads).where(isList).for('update');
  const used = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.workspaceId, workspaceId), eq(jobs.uploadId, uploadId)));
  const deleted = await tx
    .delete(uploads)
    .where(and(isList, notExists(used)))
    .returning({ id: uploads.id });
  if (deleted.length === 0) return;
  await tx
    .delete(uploadChunks)
    .where(and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, uploadId)));
};

type CleanupDeps = { database: Pick<Database, 'db'>; log: Log; keepDays: number };

/**
 * Deletes jobs some time after they have ended, every `everyMs`; returns the function that stops it. Every instance may run
 * it at the same time. `keepDays` 0 keeps them.
 */
export const startJobCleanup = (
  { database, log, keepDays }: CleanupDeps,
  everyMs: number,
): (() => Promise<void>) => {
  if (keepDays === 0) return async () => {};
  const run = async (stopping: AbortSignal): Promise<void> => {
    while (!stopping.aborted && (await deleteEndedJob(database, keepDays)));
  };
  return runEvery(everyMs, { name: 'job cleanup', run }, log);
};

/** Deletes the job that ended first, if that is long enough ago, with all that is its own; false if there is none. */
export const deleteEndedJob = async ({ db }: Pick<Database, 'db'>, keepDays: number): Promise<boolean> =>
  await db.transaction(async (tx) => {
    const [due] = await tx
      .select({ workspaceId: jobs.workspaceId, id: jobs.id, uploadId: jobs.uploadId })
      .from(jobs)
      .where(sql`${jobs.endedAt} < now() - make_interval(days => ${keepDays})`)
      .orderBy(asc(jobs.endedAt))
      .limit(1)
      .for('update', { skipLocked: true });
    if (due === undefined) return false;
    await removeJob(tx, due);
    return true;
  });

import { and, eq, inArray, sql } from 'drizzle-orm';
import { jobChunks, jobRows, jobs, uploadChunks } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { isId } from '../platform/ids.js';
import { changeLimit, endLimit, limitFromStart, restoreLimit } from './job-budget.js';
import { isInFlight, waitForFlight } from './in-flight.js';
import {
  factsOfJob,
  type Job,
  jobColumns,
  jobNotFound,
  type JobState,
  shownJobColumns,
  visibleJobs,
} from './job.js';

type Deps = { database: Pick<Database, 'db'> };
type Tx = Pick<Drizzle, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
type Locked = Job & { budgetId: string | null };

/** Pauses a job: no more lookups start within a second. One that is paused already stays so. */
export const pauseJob = (deps: Deps, caller: Caller, id: string): Promise<Job> =>
  change(deps, caller, id, 'job.pause', async (tx, job) => {
    if (job.state === 'PAUSED') return job;
    refuseEnded(job, 'paused');
    const message = 'It was paused: continue it with resumeJob.';
    return await write(tx, job, { state: 'PAUSED', pauseCode: 'BY_USER', pauseMessage: message });
  });

/**
 * Starts a job that waits, or continues one that was paused, where it stood; with `maxCredits` under a new limit, which
 * counts all that the job has spent. One that runs already goes on. Throws ARCHIVED where that cannot be counted.
 */
export const resumeJob = (
  deps: Deps,
  caller: Caller,
  id: string,
  maxCredits: bigint | 'UNLIMITED' | null,
): Promise<Job> =>
  change(deps, caller, id, 'job.resume', async (tx, job) => {
    const isRunning = job.state === 'QUEUED' || job.state === 'RUNNING';
    if (!isRunning) refuseEnded(job, 'resumed');
    refuseSpending(caller, job);
    const limited = maxCredits === null ? {} : await limit(tx, job, maxCredits);
    if (isRunning && maxCredits === null) return job;
    const resumed = { state: 'QUEUED' as const, pauseCode: null, pauseMessage: null };
    return await write(tx, job, { ...limited, ...(isRunning ? {} : resumed) });
  });

const limit = async (
  tx: Tx,
  job: Locked,
  maxCredits: bigint | 'UNLIMITED',
): Promise<Pick<Locked, 'maxCredits' | 'budgetId'>> => {
  if (maxCredits === 'UNLIMITED') {
    await endLimit(tx, job);
    return { maxCredits: null, budgetId: null };
  }
  const { budgetId } = job;
  if (budgetId === null) return { maxCredits, budgetId: await limitFromStart(tx, job, maxCredits) };
  await changeLimit(tx, { ...job, budgetId }, maxCredits);
  return { maxCredits, budgetId };
};

/** Ends a job: no more lookups start within a second. What it has found stays. One that is canceled already stays so. */
export const cancelJob = (deps: Deps, caller: Caller, id: string): Promise<Job> =>
  change(deps, caller, id, 'job.cancel', async (tx, job) => {
    if (job.state === 'CANCELED') return job;
    refuseEnded(job, 'canceled');
    const ended = { state: 'CANCELED' as const, pauseCode: null, pauseMessage: null, endedAt: new Date() };
    return await write(tx, job, ended);
  });

/**
 * Looks up again the rows that failed or were refused, of a job that has completed, failed or is paused; with `maxCredits`
 * under a new limit, as `resumeJob` does. Without such rows nothing changes.
 */
export const retryJob = async (
  deps: Deps,
  caller: Caller,
  id: string,
  maxCredits: bigint | 'UNLIMITED' | null,
): Promise<Job> => {
  authorizeInScope(caller, 'enrich');
  await waitForFlight(deps.database, caller, id, inArray(jobs.state, ['PAUSED', 'COMPLETED', 'FAILED']));
  return await change(deps, caller, id, 'job.retry', async (tx, job) => {
    if (job.state === 'CANCELED') throw refusal('The job was canceled: create another one for its list.');
    if (job.state === 'QUEUED' || job.state === 'RUNNING')
      throw refusal('The job is running: wait until it has ended, or pause it first.');
    refuseSpending(caller, job);
    // Its rows would be looked up by two runs at once, and the result of one would not have what the other was charged.
    if (await isInFlight(tx, job))
      throw refusal('The last lookups of the job are in flight: retry it when they have ended, in a moment.');
    const removed = await removeResults(tx, job);
    if (removed === null && job.state !== 'FAILED') return job;
    // A job that became UNLIMITED has no limit any more.
    if (job.budgetId !== null) await restoreLimit(tx, { ...job, budgetId: job.budgetId });
    const limited = maxCredits === null ? {} : await limit(tx, job, maxCredits);
    const state = { state: 'QUEUED' as const, pauseCode: null, pauseMessage: null, endedAt: null };
    return await write(tx, job, { ...state, ...removed, ...limited });
  });
};

/** Runs a change of a locked job, and records it. */
const change = async (
  { database }: Deps,
  caller: Caller,
  id: string,
  action: 'job.pause' | 'job.resume' | 'job.cancel' | 'job.retry',
  run: (tx: Tx, job: Locked) => Promise<Job>,
): Promise<Job> => {
  authorizeInScope(caller, 'enrich');
  return await retryOnDeadlock(() =>
    database.db.transaction(async (tx) => {
      const before = await lockJob(tx, caller, id);
      const after = await run(tx, before);
      await recordChange(tx, caller, {
        action,
        subject: toPublicId('job', before.id),
        before: factsOfJob(before),
        after: factsOfJob(after),
      });
      const [shown] = await tx
        .select(shownJobColumns)
        .from(jobs)
        .where(and(eq(jobs.workspaceId, after.workspaceId), eq(jobs.id, after.id)));
      return shown ?? after;
    }),
  );
};

/** The job, locked until the end of the transaction. Throws NOT_FOUND. */
export const lockJob = async (tx: Tx, caller: Caller, id: string): Promise<Locked> => {
  if (!isId(id)) throw jobNotFound();
  const [job] = await tx
    .select({ ...jobColumns, budgetId: jobs.budgetId })
    .from(jobs)
    .where(and(visibleJobs(caller), eq(jobs.id, id)))
    .for('no key update');
  if (job === undefined) throw jobNotFound();
  return job;
};

type State = Partial<typeof jobs.$inferInsert>;

const write = async (tx: Tx, { workspaceId, id }: Job, state: State): Promise<Job> => {
  const [job] = await tx
    .update(jobs)
    .set(state)
    .where(and(eq(jobs.workspaceId, workspaceId), eq(jobs.id, id)))
    .returning(jobColumns);
  if (job === undefined) throw jobNotFound();
  return job;
};

/** Deletes the results of failed and refused rows, and lets their chunks run again; returns the counters that are left. */
const removeResults = async (
  tx: Tx,
  job: Job,
): Promise<Pick<Job, 'failed' | 'refused' | 'duplicates' | 'credits' | 'saved'> | null> => {
  const ofJob = and(eq(jobRows.workspaceId, job.workspaceId), eq(jobRows.jobId, job.id));
  const removed = await tx
    .select({
      rows: sql<number>`count(*)::int`,
      duplicates: sql<number>`count(${jobRows.duplicateOf})::int`,
      credits: sql<bigint>`coalesce(sum(${jobRows.credits}), 0)`.mapWith(BigInt),
      saved: sql<bigint>`coalesce(sum(${jobRows.saved}), 0)`.mapWith(BigInt),
    })
    .from(jobRows)
    .where(and(ofJob, inArray(jobRows.outcome, ['FAILED', 'REFUSED'])));
  const [sums] = removed;
  if (sums === undefined || sums.rows === 0) return null;
  await tx
    .update(jobChunks)
    .set({ state: 'WAITING', messageId: null, instanceId: null })
    .where(
      and(
        eq(jobChunks.workspaceId, job.workspaceId),
        eq(jobChunks.jobId, job.id),
        sql`exists (
          select from ${uploadChunks} u join ${jobRows} r
            on r.number between u.first_row and u.first_row + u.row_count - 1
          where u.workspace_id = ${job.workspaceId} and u.upload_id = ${job.uploadId} and u.number = ${jobChunks.number}
            and r.workspace_id = ${job.workspaceId} and r.job_id = ${job.id} and r.outcome in ('FAILED', 'REFUSED'))`,
      ),
    );
  await tx.delete(jobRows).where(and(ofJob, inArray(jobRows.outcome, ['FAILED', 'REFUSED'])));
  return {
    failed: 0,
    refused: 0,
    duplicates: job.duplicates - sums.duplicates,
    credits: job.credits - sums.credits,
    saved: job.saved - sums.saved,
  };
};

/** A job spends what the token that created it may spend: a token that may not spend starts none of another. */
const refuseSpending = ({ scopes, tokenId }: Caller, job: Job): void => {
  if (scopes.spend || job.tokenId === tokenId) return;
  throw new GatewayError(
    'FORBIDDEN',
    'The scope of this token does not allow it to spend, and the job is of another token: use a token that may spend.',
  );
};

const endedWord: Readonly<Partial<Record<JobState, string>>> = {
  CANCELED: 'was canceled',
  COMPLETED: 'is completed',
  FAILED: 'has failed',
};

const refuseEnded = ({ state }: Job, what: string): void => {
  const ended = endedWord[state];
  if (ended !== undefined) throw refusal(`The job ${ended}, so it cannot be ${what}.`);
};

/** The state of the job does not allow the change. */
export const refusal = (message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: ['id'] });

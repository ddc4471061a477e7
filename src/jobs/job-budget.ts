import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { toPublicId } from '../access/public-ids.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { JobKey } from './change-state.js';

/** Limits the credits of a job by a budget of its own, which ends with the job. Returns its id. */
export const limitCredits = async (
  tx: Pick<Drizzle, 'insert'>,
  workspaceId: string,
  jobId: string,
  limit: bigint,
): Promise<string> => {
  const id = newId();
  await tx.insert(budgets).values({
    workspaceId,
    id,
    name: `maxCredits of ${toPublicId('job', jobId)}`,
    scope: 'JOB',
    subject: jobId,
    period: 'TOTAL',
    timeZone: 'UTC',
    limit,
    mode: 'HARD',
    thresholds: [],
  });
  return id;
};

/** The limit of a job that had ended counts again: what the job has spent before included. */
export const restoreLimit = async (tx: Pick<Drizzle, 'update'>, job: JobKey): Promise<void> => {
  await tx.update(budgets).set({ deletedAt: null }).where(ofJob(job));
};

/** Changes the limit of a job. What it has spent counts against the new one. */
export const changeLimit = async (tx: Pick<Drizzle, 'update'>, job: JobKey, limit: bigint): Promise<void> => {
  await tx.update(budgets).set({ limit }).where(ofJob(job));
};

/** Ends the limit of a job. */
export const endLimit = async (tx: Pick<Drizzle, 'update'>, job: JobKey): Promise<void> => {
  await tx
    .update(budgets)
    .set({ deletedAt: sql`now()` })
    .where(and(ofJob(job), isNull(budgets.deletedAt)));
};

const ofJob = ({ workspaceId, id }: JobKey): SQL | undefined =>
  and(eq(budgets.workspaceId, workspaceId), eq(budgets.scope, 'JOB'), eq(budgets.subject, id));

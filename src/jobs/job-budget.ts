import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { toPublicId } from '../access/public-ids.js';
import { refuseArchived } from '../ledger/archived-entries.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { JobKey } from './change-state.js';

/** Limits the credits of a job that has spent nothing by a budget of its own, which ends with the job. Returns its id. */
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

/**
 * Limits the credits of a job that had no limit. All that it has spent counts: charged and presumed credits, and what is
 * reserved. Returns the id of its budget. Throws ARCHIVED where entries of its time are archived.
 */
export const limitFromStart = async (
  tx: Pick<Drizzle, 'insert' | 'execute'>,
  { workspaceId, id }: JobKey,
  limit: bigint,
): Promise<string> => {
  const budgetId = await limitCredits(tx, workspaceId, id, limit);
  await refuseArchived(() => tx.execute(sql`select count_from_period_start(${workspaceId}, ${budgetId})`));
  return budgetId;
};

/** The limit of a job that had ended counts again: what the job has spent before included. */
export const restoreLimit = async (
  tx: Pick<Drizzle, 'update'>,
  job: JobKey & { budgetId: string },
): Promise<void> => {
  await tx.update(budgets).set({ deletedAt: null }).where(isBudget(job));
};

/** Changes the limit of a job. What it has spent counts against the new one. */
export const changeLimit = async (
  tx: Pick<Drizzle, 'update'>,
  job: JobKey & { budgetId: string },
  limit: bigint,
): Promise<void> => {
  await tx.update(budgets).set({ limit }).where(isBudget(job));
};

/** Ends the limit of a job. */
export const endLimit = async (tx: Pick<Drizzle, 'update'>, job: JobKey): Promise<void> => {
  await tx
    .update(budgets)
    .set({ deletedAt: sql`now()` })
    .where(and(ofJob(job), isNull(budgets.deletedAt)));
};

const isBudget = ({ workspaceId, budgetId }: JobKey & { budgetId: string }): SQL | undefined =>
  and(eq(budgets.workspaceId, workspaceId), eq(budgets.id, budgetId));

const ofJob = ({ workspaceId, id }: JobKey): SQL | undefined =>
  and(eq(budgets.workspaceId, workspaceId), eq(budgets.scope, 'JOB'), eq(budgets.subject, id));

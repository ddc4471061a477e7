import { and, eq, type InferSelectModel, type SQL } from 'drizzle-orm';
import { jobs, type jobState } from '../../schema/tables/index.js';
import { type Caller } from '../access/caller.js';
import type { Facts } from '../access/audit-facts.js';
import { isConfined } from '../access/scopes.js';
import { GatewayError } from '../errors.js';
import type { Listed } from '../platform/page.js';

export type JobState = (typeof jobState.enumValues)[number];

type Row = InferSelectModel<typeof jobs>;

export type JobOperation = Row['operation'];

/** A list of lookups, as it is stored. `credits` and `saved` are the sums of its rows. */
export type Job = Omit<Row, 'budgetId' | 'servedAt'>;

/** A page of jobs. */
export type ListedJobs = Listed<Job>;

export const jobColumns = {
  workspaceId: jobs.workspaceId,
  id: jobs.id,
  tokenId: jobs.tokenId,
  name: jobs.name,
  operation: jobs.operation,
  uploadId: jobs.uploadId,
  mapping: jobs.mapping,
  options: jobs.options,
  search: jobs.search,
  workflow: jobs.workflow,
  maxCredits: jobs.maxCredits,
  state: jobs.state,
  pauseCode: jobs.pauseCode,
  pauseMessage: jobs.pauseMessage,
  rows: jobs.rows,
  found: jobs.found,
  notFound: jobs.notFound,
  refused: jobs.refused,
  failed: jobs.failed,
  unknown: jobs.unknown,
  duplicates: jobs.duplicates,
  credits: jobs.credits,
  saved: jobs.saved,
  quote: jobs.quote,
  rateFrom: jobs.rateFrom,
  rateRows: jobs.rateRows,
  createdAt: jobs.createdAt,
  startedAt: jobs.startedAt,
  endedAt: jobs.endedAt,
} as const;

/** The jobs that a caller sees: those of the workspace; for a confined token those that it created. */
export const visibleJobs = ({ workspaceId, tokenId, scopes }: Caller): SQL | undefined =>
  and(eq(jobs.workspaceId, workspaceId), isConfined(scopes) ? eq(jobs.tokenId, tokenId) : undefined);

/** What the audit log says of a job: nothing of its rows. */
export const factsOfJob = (
  job: Pick<Job, 'name' | 'operation' | 'rows' | 'state' | 'maxCredits'>,
): Facts => ({
  name: job.name,
  operation: job.operation,
  rows: job.rows,
  state: job.state,
  maxCredits: job.maxCredits ?? 'UNLIMITED',
});

export const jobNotFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such job, or this token may not see it: list the jobs and name one of them.',
    { field: ['id'] },
  );

/** How many rows are finished. */
export const doneRows = (job: Pick<Job, 'found' | 'notFound' | 'refused' | 'failed' | 'unknown'>): number =>
  job.found + job.notFound + job.refused + job.failed + job.unknown;

/**
 * How fast a running job finishes rows, counted since it was last started or resumed, and when it will have finished them
 * all. Null where that is unknown: it does not run, or has run for less than a second.
 */
export const rateOf = (job: Job, now: Date): { rowsPerSecond: number; endsAt: Date } | null => {
  if (job.state !== 'RUNNING' || job.rateFrom === null) return null;
  const seconds = (now.getTime() - job.rateFrom.getTime()) / 1_000;
  const done = doneRows(job);
  const rows = done - job.rateRows;
  if (seconds < 1 || rows <= 0) return null;
  const rowsPerSecond = rows / seconds;
  return { rowsPerSecond, endsAt: new Date(now.getTime() + ((job.rows - done) / rowsPerSecond) * 1_000) };
};

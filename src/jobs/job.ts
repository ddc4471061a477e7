import { and, eq, type InferSelectModel, type SQL, sql } from 'drizzle-orm';
import { jobs, type jobState } from '../../schema/tables/index.js';
import { type Caller } from '../access/caller.js';
import type { Facts } from '../access/audit-facts.js';
import { isConfined } from '../access/scopes.js';
import { GatewayError } from '../errors.js';
import type { Listed } from '../platform/page.js';

export type JobState = (typeof jobState.enumValues)[number];

type Row = InferSelectModel<typeof jobs>;

export type JobOperation = Row['operation'];

/** A list of lookups. `credits` and `saved` are stored as the sums of its rows with a result, see `shownJobColumns`. */
export type Job = Omit<Row, 'budgetId' | 'servedAt'>;

/** A page of jobs. */
export type ListedJobs = Listed<Job>;

/** A job as it is stored. */
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

/**
 * What the ledger has for rows that were looked up and have no result: a later step was refused, or the lookup is to be
 * repeated. They are in chunks that were begun and are not done, so few entries are read. The names are written out, because
 * Drizzle leaves out the table of a column where a statement has only one.
 */
const allOfLedger = (column: 'credits' | 'saved'): SQL<bigint> =>
  sql<bigint>`jobs.${sql.raw(column)} + coalesce((
  select sum(e.${sql.raw(column)})
  from job_chunks c
  join upload_chunks u on u.workspace_id = c.workspace_id and u.upload_id = jobs.upload_id and u.number = c.number
  join entries e on e.workspace_id = c.workspace_id and e.job_id = c.job_id
    and e.job_row between u.first_row and u.first_row + u.row_count - 1
  where c.workspace_id = jobs.workspace_id and c.job_id = jobs.id and c.state <> 'DONE' and c.runs > 0
    and not exists (
      select from job_rows r where r.workspace_id = c.workspace_id and r.job_id = c.job_id and r.number = e.job_row)
), 0)`.mapWith(BigInt);

/** A job as it is shown: its credits are those of all its entries. */
export const shownJobColumns = {
  ...jobColumns,
  credits: allOfLedger('credits'),
  saved: allOfLedger('saved'),
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

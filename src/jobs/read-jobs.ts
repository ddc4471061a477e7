import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { jobs } from '../../schema/tables/index.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { cursorsOf, idShape, type Page } from '../platform/page.js';
import { type Job, type JobState, type ListedJobs, shownJobColumns, visibleJobs } from './job.js';

type Deps = { database: Pick<Database, 'db'> };

/** A job; null if the workspace has none with this id, or the token may not see it. Throws FORBIDDEN. */
export const getJob = async ({ database }: Deps, caller: Caller, id: string): Promise<Job | null> => {
  authorizeInScope(caller, 'read');
  if (!isId(id)) return null;
  const [job] = await database.db
    .select(shownJobColumns)
    .from(jobs)
    .where(and(visibleJobs(caller), eq(jobs.id, id)));
  return job ?? null;
};

/** The jobs with these ids that the caller sees, by their ids. Throws FORBIDDEN. */
export const getJobs = async (
  { database }: Deps,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Job>> => {
  authorizeInScope(caller, 'read');
  const rows = await database.db
    .select(shownJobColumns)
    .from(jobs)
    .where(and(visibleJobs(caller), inArray(jobs.id, ids.filter(isId))));
  return new Map(rows.map((job) => [job.id, job]));
};

const cursors = cursorsOf('jobs', [idShape]);

/** The jobs that the caller sees, newest first, of one state or of all. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listJobs = async (
  { database: { db } }: Deps,
  caller: Caller,
  { state, ...page }: Page & { state: JobState | null },
): Promise<ListedJobs> => {
  authorizeInScope(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const wanted = and(visibleJobs(caller), state === null ? undefined : eq(jobs.state, state));
  const [after] = position ?? [];
  const rows = await db
    .select(shownJobColumns)
    .from(jobs)
    .where(and(wanted, after === undefined ? undefined : lt(jobs.id, after)))
    .orderBy(desc(jobs.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: (job) => job, position: ({ id }) => [id] }, () =>
    db.$count(jobs, wanted),
  );
};

/** How many jobs that have not ended are in a state, and how many of their rows have no result. */
export type StateSum = { state: JobState; jobs: number; waitingRows: number };

/** Sums up the jobs of all workspaces that have not ended, by state. */
export const sumJobsByState = ({ db }: Pick<Database, 'db'>): Promise<StateSum[]> =>
  withQueryTimeout(
    db
      .select({
        state: jobs.state,
        jobs: sql<number>`count(*)`.mapWith(Number),
        waitingRows: sql<number>`sum(${jobs.rows} - ${doneSum})`.mapWith(Number),
      })
      .from(jobs)
      .where(isNull(jobs.endedAt))
      .groupBy(jobs.state),
  );

const doneSum = sql`(${jobs.found} + ${jobs.notFound} + ${jobs.refused} + ${jobs.failed} + ${jobs.unknown})`;

/**
 * Whether these jobs are of the sandbox, by their ids: whether the first of their rows that had a payer was looked up there. A
 * job without such a row has none. Throws FORBIDDEN.
 */
export const getSandboxJobs = async (
  { database }: { database: Pick<Database, 'sql'> },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> => {
  authorizeInScope(caller, 'read');
  const rows = await withQueryTimeout(database.sql<{ id: string; sandbox: boolean }[]>`
    select j.id, e.sandbox
    from json_array_elements_text(${JSON.stringify(ids)}::text::json) as i (id)
    join jobs j on j.workspace_id = ${caller.workspaceId} and j.id = i.id::uuid
    cross join lateral (
      select e.sandbox from entries e
      where e.workspace_id = j.workspace_id and e.job_id = j.id and e.payer is not null
      order by e.job_row
      limit 1
    ) e`);
  return new Map(rows.map(({ id, sandbox }) => [id, sandbox]));
};

import type { Problem } from '../errors.js';
import type { Sql } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';

/** What identifies a job. */
export type JobKey = { workspaceId: string; id: string };

/** Stops a job that has not ended, with the problem as its reason. Rows without a result are looked up when it is resumed. */
export const pauseForProblem = async (sql: Sql, job: JobKey, { code, message }: Problem): Promise<void> => {
  await withQueryTimeout(sql`
    update jobs set state = 'PAUSED', pause_code = ${code}, pause_message = ${message}
    where workspace_id = ${job.workspaceId} and id = ${job.id} and state in ('QUEUED', 'RUNNING')`);
};

/** Ends a job that cannot go on, with the problem as its reason. */
export const failForProblem = async (sql: Sql, job: JobKey, { code, message }: Problem): Promise<void> => {
  await withQueryTimeout(sql`
    update jobs set state = 'FAILED', pause_code = ${code}, pause_message = ${message}, ended_at = clock_timestamp()
    where workspace_id = ${job.workspaceId} and id = ${job.id} and state in ('QUEUED', 'RUNNING')`);
};

/** The states of these jobs by their ids. A job that was deleted has none. */
export const readStates = async (sql: Sql, jobs: readonly JobKey[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await withQueryTimeout(sql<{ id: string; state: string }[]>`
    select j.id, j.state
    from json_to_recordset(${JSON.stringify(jobs)}::text::json) as i ("workspaceId" uuid, id uuid)
    join jobs j on j.workspace_id = i."workspaceId" and j.id = i.id`);
  return new Map(rows.map(({ id, state }) => [id, state]));
};

/** Whether there is anything for the engine to do. One cheap look, each second, in every instance. */
export const hasWork = async (sql: Sql): Promise<boolean> => {
  const [row] = await withQueryTimeout(sql<{ waits: boolean }[]>`
    select exists (
        select from jobs
        where ended_at is null and (state <> 'PAUSED' or (pause_code = 'NOT_STARTED' and quote is null))
      ) or exists (select from job_chunks where state = 'QUEUED')
        or exists (
          select from budgets b
          where b.deleted_at is null and b.scope = 'JOB' and not exists (
            select from jobs j
            where j.workspace_id = b.workspace_id and j.id = b.subject::uuid and j.ended_at is null)
        ) as waits`);
  return row?.waits ?? false;
};

/** What the log says of an error: its code alone, because the message of a failed statement quotes its parameters. */
export const codeOf = (error: unknown): string =>
  databaseErrorCode(error) ?? (error instanceof Error ? error.name : typeof error);

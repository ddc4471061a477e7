import { expect } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import type { Sql } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';

export type StoreJob = {
  caller: Pick<Caller, 'workspaceId' | 'tokenId'>;
  rows: readonly (readonly string[])[];
  operation?: 'COMPANY' | 'PERSON' | 'PEOPLE_SEARCH';
  mapping?: { column: number; identifier: string }[];
  options?: object;
  workflow?: string;
  /** Absent: unlimited. */
  maxCredits?: number;
  /** False: it is not started. */
  start?: boolean;
  /** Small chunks give several instances something to do. */
  chunkRows?: number;
};

/** Stores a list and a job of it, as createJob does. Returns the id of the job. */
export const storeJob = async (
  sql: Sql,
  { caller: { workspaceId, tokenId }, rows, maxCredits, start = true, chunkRows = 500, ...job }: StoreJob,
): Promise<string> => {
  const [id, uploadId, budgetId] = [newId(), newId(), maxCredits === undefined ? null : newId()];
  const width = Math.max(1, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => `column ${index + 1}`);
  const mapping = job.mapping ?? [{ column: 0, identifier: 'DOMAIN' }];
  await sql.begin(async (tx) => {
    await tx`
      insert into uploads (workspace_id, id, token_id, format, columns, rows, completed_at)
      values (${workspaceId}, ${uploadId}, ${tokenId}, 'LIST', ${JSON.stringify(columns)}::text::jsonb, ${rows.length}, now())`;
    const chunks = Math.ceil(rows.length / chunkRows);
    for (let number = 0; number < chunks; number += 1) {
      const part = rows.slice(number * chunkRows, (number + 1) * chunkRows);
      const firstRow = number * chunkRows + 1;
      const text = JSON.stringify(part.map((cells, index) => [firstRow + index + 1, ...cells]));
      await tx`
        insert into upload_chunks (workspace_id, upload_id, number, first_row, row_count, rows)
        values (${workspaceId}, ${uploadId}, ${number}, ${firstRow}, ${part.length}, ${text})`;
      await tx`
        insert into job_chunks (workspace_id, job_id, number) values (${workspaceId}, ${id}, ${number})`;
    }
    if (budgetId !== null && maxCredits !== undefined) {
      await tx`
        insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
        values (${workspaceId}, ${budgetId}, ${`job ${id}`}, 'JOB', ${id}, 'TOTAL', 'UTC', ${maxCredits}, 'HARD', '{}')`;
    }
    await tx`
      insert into jobs (workspace_id, id, token_id, name, operation, upload_id, mapping, options, workflow, max_credits,
        budget_id, state, pause_code, rows)
      values (${workspaceId}, ${id}, ${tokenId}, 'a list', ${job.operation ?? 'COMPANY'}, ${uploadId},
        ${JSON.stringify(mapping)}::text::jsonb, ${JSON.stringify(job.options ?? {})}::text::jsonb,
        ${job.workflow ?? null}, ${maxCredits ?? null}, ${budgetId}, ${start ? 'QUEUED' : 'PAUSED'},
        ${start ? null : 'NOT_STARTED'}, ${rows.length})`;
  });
  return id;
};

export type JobFacts = {
  state: string;
  pause_code: string | null;
  pause_message: string | null;
  rows: number;
  found: number;
  not_found: number;
  refused: number;
  failed: number;
  unknown: number;
  duplicates: number;
  credits: number;
  saved: number;
};

export const readJob = async (sql: Sql, id: string): Promise<JobFacts> => {
  const [job] = await sql<JobFacts[]>`
    select state, pause_code, pause_message, rows, found, not_found, refused, failed, unknown, duplicates,
      credits::int, saved::int
    from jobs where id = ${id}`;
  if (job === undefined) throw new Error('there is no such job');
  return job;
};

export type RowFacts = {
  number: number;
  outcome: string;
  charge: string;
  credits: number;
  provider: string | null;
  problem: string | null;
  duplicate_of: number | null;
  snapshots: { unlockId: string; variant: string }[];
};

export const readRows = (sql: Sql, id: string): Promise<RowFacts[]> =>
  Promise.resolve(sql<RowFacts[]>`
    select number, outcome, charge, credits::int, provider, problem, duplicate_of, snapshots from job_rows
    where job_id = ${id} order by number`);

export const setState = async (
  sql: Sql,
  id: string,
  state: 'PAUSED' | 'QUEUED' | 'CANCELED',
): Promise<void> => {
  await sql`
    update jobs set state = ${state}, pause_code = ${state === 'PAUSED' ? 'BY_USER' : null}, pause_message = null,
      ended_at = case when ${state} = 'CANCELED' then clock_timestamp() end
    where id = ${id} and ended_at is null`;
};

/**
 * What disagrees in the jobs of a database: counters that are not those of the rows, credits of rows that are not those of
 * their entries, rows that are not of the list, and completed jobs without all their rows. Empty: nothing does.
 */
export const disagreements = (sql: Sql): Promise<{ what: string; job_id: string }[]> =>
  Promise.resolve(sql<{ what: string; job_id: string }[]>`
    with row_sums as (
      select job_id, count(*) as rows, count(*) filter (where outcome = 'FOUND') as found,
        count(*) filter (where outcome = 'NOT_FOUND') as not_found, count(*) filter (where outcome = 'REFUSED') as refused,
        count(*) filter (where outcome = 'FAILED') as failed, count(*) filter (where outcome = 'UNKNOWN') as unknown,
        count(duplicate_of) as duplicates, sum(credits) as credits, sum(saved) as saved, min(number) as first,
        max(number) as last
      from job_rows group by job_id
    ), entry_sums as (
      select job_id, job_row, sum(credits) as credits from entries where job_id is not null group by job_id, job_row
    )
    select 'counters' as what, j.id as job_id from jobs j left join row_sums r on r.job_id = j.id
    where (j.found, j.not_found, j.refused, j.failed, j.unknown, j.duplicates, j.credits, j.saved) is distinct from (
      coalesce(r.found, 0), coalesce(r.not_found, 0), coalesce(r.refused, 0), coalesce(r.failed, 0), coalesce(r.unknown, 0),
      coalesce(r.duplicates, 0), coalesce(r.credits, 0), coalesce(r.saved, 0))
    union all
    select 'rows', j.id from jobs j join row_sums r on r.job_id = j.id
    where r.first < 1 or r.last > j.rows or (j.state = 'COMPLETED' and r.rows <> j.rows)
    union all
    select 'credits of row ' || r.number, r.job_id from job_rows r
    left join entry_sums e on e.job_id = r.job_id and e.job_row = r.number
    where r.credits <> coalesce(e.credits, 0)
    union all
    select 'entries of no row ' || e.job_row, e.job_id from entry_sums e
    join jobs j on j.id = e.job_id and j.state = 'COMPLETED'
    where not exists (select from job_rows r where r.job_id = e.job_id and r.number = e.job_row)
    union all
    select 'open budget', j.id from jobs j join budgets b on b.workspace_id = j.workspace_id and b.id = j.budget_id
    join budget_periods p on p.workspace_id = b.workspace_id and p.budget_id = b.id
    where p.spent + p.reserved > b.limit`);

/** Resolves when so many statements wait for a lock. */
export const untilWaiting = async (sql: Sql, count: number): Promise<void> => {
  const waiting = async (): Promise<number> => {
    const found = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return found.length;
  };
  await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(count);
};

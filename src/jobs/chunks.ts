import type { JobMapping, JobSearch } from '../../schema/tables/jobs.js';
import type { LookupOptions } from '../enrichment/lookup-request.js';
import { GatewayError, type Problem, problem } from '../errors.js';
import type { Sql, Transaction } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { newId } from '../platform/ids.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { listDamaged, readChunk, type StoredChunk, type UploadRow } from '../uploads/upload.js';
import type { JobKey } from './change-state.js';
import type { ChunkMessage, JobQueue, Message } from './queue.js';
import type { Operation } from '../access/scopes.js';

/** What the engine needs to know of a job that it runs. */
export type RunningJob = {
  workspaceId: string;
  id: string;
  tokenId: string;
  operation: Operation;
  mapping: JobMapping;
  /** As createJob stored them: without maxCredits and workflow. */
  options: LookupOptions;
  search: JobSearch | null;
  workflow: string | null;
  /** How long ago it was created, when the chunk was claimed. */
  ageSeconds: number;
};

/** The right of one instance to run a chunk. `runs` counts up with each claim: an earlier one ends with the next. */
export type Lease = ChunkMessage & { messageId: string; instanceId: string; runs: number; tokenId: string };

export type ClaimedChunk = { lease: Lease; job: RunningJob; rows: UploadRow[] };

/** The most chunks of one token that are in the queue or being run, over all instances. */
const messagesOfTokenMax = 4;

/**
 * Begins to run the chunk of a message. Null where there is nothing to run: the job was paused or has ended, the chunk
 * has another message, or its rows are gone, which fails the job; then the message is deleted, and the chunk waits for its job.
 */
export const claimChunk = async (
  { sql, queue, instanceId, fail }: { sql: Sql; queue: JobQueue; instanceId: string; fail: FailJob },
  { id: messageId, data }: Message<ChunkMessage>,
): Promise<ClaimedChunk | null> => {
  const { workspaceId, jobId, chunk } = data;
  type Row = Omit<RunningJob, 'ageSeconds'> &
    MaybeGone & {
      runs: number;
      state: string;
      age_seconds: number;
    };
  const [row] = await withQueryTimeout(sql<Row[]>`
    with claimed as (
      update job_chunks c set instance_id = ${instanceId}, runs = c.runs + 1
      from jobs j
      where c.workspace_id = ${workspaceId} and c.job_id = ${jobId} and c.number = ${chunk}
        and c.message_id = ${messageId} and c.state = 'QUEUED'
        and j.workspace_id = c.workspace_id and j.id = c.job_id and j.state in ('QUEUED', 'RUNNING')
      returning c.runs, c.number, j.workspace_id, j.id, j.token_id, j.operation, j.mapping, j.options, j.search, j.workflow,
        j.state, j.upload_id, extract(epoch from clock_timestamp() - j.created_at)::float8 as age_seconds
    )
    select c.workspace_id as "workspaceId", c.id, c.token_id as "tokenId", c.operation, c.mapping, c.options, c.search,
      c.workflow, c.state, c.runs, c.age_seconds,
      u.first_row as "firstRow", u.row_count as "rowCount", u.rows
    from claimed c
    left join upload_chunks u
      on u.workspace_id = c.workspace_id and u.upload_id = c.upload_id and u.number = c.number`);
  const rows = row === undefined ? null : await rowsOrFail(row, fail);
  if (row === undefined || rows === null) {
    await retryOnDeadlock(() =>
      sql.begin(async (tx) => {
        await tx`
          update job_chunks set state = 'WAITING', message_id = null, instance_id = null
          where workspace_id = ${workspaceId} and job_id = ${jobId} and number = ${chunk}
            and message_id = ${messageId} and state = 'QUEUED'`;
        await queue.deleteChunk(tx, messageId);
      }),
    );
    return null;
  }
  const { runs, state, age_seconds: ageSeconds, firstRow: _, rowCount: __, rows: ___, ...job } = row;
  if (state === 'QUEUED') await markRunning(sql, [job]);
  return {
    lease: { ...data, messageId, instanceId, runs, tokenId: job.tokenId },
    job: { ...job, ageSeconds },
    rows,
  };
};

type FailJob = (job: JobKey, why: Problem) => Promise<void>;

/** The rows of a list that was deleted or damaged are null or unreadable. */
type MaybeGone = Omit<StoredChunk, 'rows'> & { rows: string | null };

/** The rows of a chunk; null where they are gone, after the job has failed. */
const rowsOrFail = async (
  { rows, ...chunk }: JobKey & MaybeGone,
  fail: FailJob,
): Promise<UploadRow[] | null> => {
  try {
    if (rows === null) throw listDamaged();
    return readChunk({ ...chunk, rows });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await fail(chunk, problem('NOT_FOUND', error.message));
    return null;
  }
};

/** Jobs whose rows are being looked up are RUNNING. */
export const markRunning = async (
  sql: Sql,
  jobs: readonly Pick<RunningJob, 'workspaceId' | 'id'>[],
): Promise<void> => {
  await withQueryTimeout(sql`
    update jobs j set state = 'RUNNING', started_at = coalesce(j.started_at, clock_timestamp()),
      rate_from = clock_timestamp(), rate_rows = j.found + j.not_found + j.refused + j.failed + j.unknown
    from json_to_recordset(${JSON.stringify(jobs)}::text::json) as i ("workspaceId" uuid, id uuid)
    where j.workspace_id = i."workspaceId" and j.id = i.id and j.state = 'QUEUED'`);
};

/**
 * Ends the run of a chunk: DONE, or WAITING to be run again, or to be run again after a delay. The next chunk of the token
 * gets its message in the same transaction. Nothing happens where another run has begun since.
 */
export const finishChunk = async (
  { sql, queue }: { sql: Sql; queue: JobQueue },
  lease: Lease,
  end: { state: 'DONE' | 'WAITING' } | { state: 'QUEUED'; delaySeconds: number },
): Promise<void> => {
  const { workspaceId, jobId, chunk, messageId, instanceId, runs, tokenId } = lease;
  const nextId = end.state === 'QUEUED' ? newId() : null;
  await retryOnDeadlock(() =>
    sql.begin(async (tx) => {
      const ended = await tx`
        update job_chunks set state = ${end.state}, message_id = ${nextId}, instance_id = null
        where workspace_id = ${workspaceId} and job_id = ${jobId} and number = ${chunk}
          and runs = ${runs} and instance_id = ${instanceId} and state = 'QUEUED'
        returning 1`;
      if (ended.length > 0) {
        await queue.deleteChunk(tx, messageId);
        if (nextId !== null && end.state === 'QUEUED') {
          await queue.sendChunk(tx, nextId, { workspaceId, jobId, chunk }, end.delaySeconds);
        }
      }
      await sendNext(tx, queue, { workspaceId, tokenId });
    }),
  );
};

/** The tokens that have a chunk to run and fewer messages than they may have. */
export const tokensToServe = (sql: Sql): Promise<{ workspaceId: string; tokenId: string }[]> =>
  withQueryTimeout(sql<{ workspaceId: string; tokenId: string }[]>`
    select j.workspace_id as "workspaceId", j.token_id as "tokenId"
    from jobs j
    cross join lateral (
      select count(*) as queued from job_chunks c
      where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'QUEUED'
    ) q
    cross join lateral (
      select exists (
        select from job_chunks c
        where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'WAITING'
      ) as waits
    ) w
    where j.ended_at is null and j.state in ('QUEUED', 'RUNNING', 'PAUSED')
    group by j.workspace_id, j.token_id
    having sum(q.queued) < ${messagesOfTokenMax} and bool_or(w.waits and j.state <> 'PAUSED')`);

/** Gives the next chunks of a token their messages. Among its jobs the one that has waited longest goes first. */
export const sendNext = async (
  tx: Transaction,
  queue: JobQueue,
  { workspaceId, tokenId }: { workspaceId: string; tokenId: string },
): Promise<void> => {
  // One at a time for each token: the count is right until the transaction ends.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`jobs ${tokenId}`}::text, 0))`;
  const [row] = await tx<{ queued: number }[]>`
    select count(*)::int as queued
    from jobs j
    join job_chunks c on c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'QUEUED'
    where j.workspace_id = ${workspaceId} and j.token_id = ${tokenId} and j.ended_at is null`;
  for (let queued = row?.queued ?? 0; queued < messagesOfTokenMax; queued += 1) {
    const id = newId();
    const [next] = await tx<{ job_id: string; number: number }[]>`
      with next as (
        select j.workspace_id, j.id, c.number
        from jobs j
        cross join lateral (
          select c.number from job_chunks c
          where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'WAITING'
          order by c.number
          limit 1
        ) c
        where j.workspace_id = ${workspaceId} and j.token_id = ${tokenId} and j.ended_at is null
          and j.state in ('QUEUED', 'RUNNING')
        order by j.served_at, j.id
        limit 1
      ),
      served as (
        update jobs j set served_at = clock_timestamp() from next n
        where j.workspace_id = n.workspace_id and j.id = n.id
      )
      update job_chunks c set state = 'QUEUED', message_id = ${id}, instance_id = null
      from next n
      where c.workspace_id = n.workspace_id and c.job_id = n.id and c.number = n.number and c.state = 'WAITING'
      returning c.job_id, c.number`;
    if (next === undefined) return;
    await queue.sendChunk(tx, id, { workspaceId, jobId: next.job_id, chunk: next.number }, 0);
  }
};

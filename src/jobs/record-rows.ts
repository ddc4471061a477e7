import { storableJson } from '../ledger/settle.js';
import { labelColumns } from '../ledger/record-hits.js';
import type { Outcome } from '../ledger/types.js';
import type { Sql } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Lease } from './chunks.js';
import type { KnownQuery } from '../enrichment/look-up-known.js';
import { newId } from '../platform/ids.js';
import type { FinishedRow } from './finished-row.js';
import type { RowGroup } from './group-rows.js';
import { publishFinished } from './job-events.js';

/**
 * Stores results and counts them in their jobs, in one statement: the counters of a job always equal its rows. A row that
 * has its result already keeps it, and the rows of a lease that has ended are dropped. A job whose last row this is becomes
 * COMPLETED.
 */
export const recordRows = async (
  sql: Sql,
  rows: readonly { lease: Lease; row: FinishedRow }[],
): Promise<void> => {
  if (rows.length === 0) return;
  const json = storableJson(JSON.stringify(rows.map(toJson)));
  const stored = await retryOnDeadlock(() =>
    withQueryTimeout(
      sql<StoredRow[]>`
        with input as materialized (
          select * from json_to_recordset(${json}::text::json) as i (
            workspace_id uuid, job_id uuid, chunk int, runs int, instance_id uuid, number int, outcome outcome,
            charge charge, credits bigint, saved bigint, lookup_id uuid, provider text, problem text, message text,
            duplicate_of int, snapshots jsonb, people jsonb, sums_entries boolean)
        ),
        lease as materialized (
          select c.workspace_id, c.job_id, c.number
          from (select distinct i.workspace_id, i.job_id, i.chunk, i.runs, i.instance_id from input i order by 1, 2, 3) i
          cross join lateral (
            select c.workspace_id, c.job_id, c.number from job_chunks c
            where c.workspace_id = i.workspace_id and c.job_id = i.job_id and c.number = i.chunk
              and c.runs = i.runs and c.instance_id = i.instance_id and c.state = 'QUEUED'
            limit 1
            for share
          ) c
        ),
        inserted as (
          insert into job_rows as r (
            workspace_id, job_id, number, outcome, charge, credits, saved, lookup_id, provider, problem, message,
            duplicate_of, snapshots, people)
          select i.workspace_id, i.job_id, i.number, i.outcome, i.charge,
            case when i.sums_entries then s.credits else i.credits end,
            case when i.sums_entries then s.saved else i.saved end,
            i.lookup_id, i.provider, i.problem, i.message, i.duplicate_of, i.snapshots, i.people
          from input i
          join lease l on l.workspace_id = i.workspace_id and l.job_id = i.job_id and l.number = i.chunk
          left join lateral (
            select coalesce(sum(e.credits), 0)::bigint as credits, coalesce(sum(e.saved), 0)::bigint as saved
            from entries e
            where i.sums_entries and e.workspace_id = i.workspace_id and e.job_id = i.job_id and e.job_row = i.number
          ) s on true
          on conflict do nothing
          returning r.workspace_id, r.job_id, r.number, r.outcome, r.credits, r.saved, r.duplicate_of
        ),
        ${countInserted(sql)}`,
      15_000,
    ),
  );
  publishFinished(stored);
};

type StoredRow = { number: number; outcome: Outcome };

/** Counts the rows of the CTE `inserted` in their jobs, and returns their numbers and outcomes. A job without open rows is COMPLETED. */
const countInserted = (sql: Sql) => sql`
        counted as (
          select workspace_id, job_id, count(*) as rows,
            count(*) filter (where outcome = 'FOUND') as found,
            count(*) filter (where outcome = 'NOT_FOUND') as not_found,
            count(*) filter (where outcome = 'REFUSED') as refused,
            count(*) filter (where outcome = 'FAILED') as failed,
            count(*) filter (where outcome = 'UNKNOWN') as unknown,
            count(duplicate_of) as duplicates,
            sum(credits)::bigint as credits,
            sum(saved)::bigint as saved
          from inserted
          group by workspace_id, job_id
        ),
        updated as (update jobs j set
          found = j.found + c.found,
          not_found = j.not_found + c.not_found,
          refused = j.refused + c.refused,
          failed = j.failed + c.failed,
          unknown = j.unknown + c.unknown,
          duplicates = j.duplicates + c.duplicates,
          credits = j.credits + c.credits,
          saved = j.saved + c.saved,
          state = case when ${isComplete(sql)} then 'COMPLETED' else j.state end,
          pause_code = case when ${isComplete(sql)} then null else j.pause_code end,
          pause_message = case when ${isComplete(sql)} then null else j.pause_message end,
          ended_at = case when ${isComplete(sql)} then clock_timestamp() else j.ended_at end
        from counted c
          where j.workspace_id = c.workspace_id and j.id = c.job_id
        )
        select number, outcome from inserted`;

/** Also a job that was paused while its last rows were in flight. */
const isComplete = (sql: Sql) => sql`
            j.state in ('QUEUED', 'RUNNING', 'PAUSED')
            and j.found + j.not_found + j.refused + j.failed + j.unknown + c.rows >= j.rows`;

const toJson = ({ lease, row }: { lease: Lease; row: FinishedRow }) => ({
  workspace_id: lease.workspaceId,
  job_id: lease.jobId,
  chunk: lease.chunk,
  runs: lease.runs,
  instance_id: lease.instanceId,
  number: row.number,
  outcome: row.outcome,
  charge: row.charge,
  credits: row.credits.toString(),
  saved: row.saved.toString(),
  lookup_id: row.lookupId,
  provider: row.provider,
  problem: row.problem,
  message: row.message,
  duplicate_of: row.duplicateOf,
  snapshots: row.snapshots,
  people: row.people,
  sums_entries: row.sumsEntries,
});

/**
 * Stores the results of rows whose records are known, with their entries: what a snapshot answers has both, in one
 * statement. Returns the numbers of these rows.
 */
export const recordKnownRows = async (
  sql: Sql,
  { workspaceId, jobId, chunk, runs, instanceId }: Lease,
  groups: readonly RowGroup[],
  { accountId, variant, maxAgeSeconds, labels, lookupKeys }: KnownQuery,
): Promise<ReadonlySet<number>> => {
  const lookups = groups.flatMap(({ numbers: [number] }, index) => {
    const lookupKey = lookupKeys[index] ?? null;
    if (lookupKey === null) return [];
    return [{ batch_position: index, id: newId(), lookup_key: lookupKey, job_row: number }];
  });
  const idOf = new Map(lookups.map(({ batch_position: position, id }) => [position, id]));
  const rows = groups.flatMap(({ numbers: [first, ...others] }, index) => [
    { batch_position: index, number: first, lookup_id: idOf.get(index) ?? null },
    ...others.map((number) => ({ batch_position: index, number, duplicate_of: first })),
  ]);
  const stored = await retryOnDeadlock(() =>
    withQueryTimeout(
      sql<StoredRow[]>`
        with lease as materialized (
          select c.number from job_chunks c
          where c.workspace_id = ${workspaceId} and c.job_id = ${jobId} and c.number = ${chunk}
            and c.runs = ${runs} and c.instance_id = ${instanceId} and c.state = 'QUEUED'
          for share
        ),
        hit as materialized (
          select h.batch_position, h.unlock_id, h.price
          from lease
          cross join lateral record_snapshot_hits(
            ${workspaceId}, ${accountId}, ${variant}, ${maxAgeSeconds}, ${JSON.stringify(labelColumns(labels))}::text::json,
            ${JSON.stringify(lookups)}::text::json) h
        ),
        inserted as (
          insert into job_rows as r (
            workspace_id, job_id, number, outcome, charge, credits, saved, lookup_id, provider, duplicate_of, snapshots)
          select ${workspaceId}, ${jobId}, i.number, 'FOUND', 'ALREADY_UNLOCKED', 0,
            case when i.duplicate_of is null then h.price else 0 end, i.lookup_id, ${labels.provider}, i.duplicate_of,
            jsonb_build_array(jsonb_build_object('unlockId', h.unlock_id, 'variant', ${variant}::text))
          from hit h
          join json_to_recordset(${JSON.stringify(rows)}::text::json) as i (
            batch_position int, number int, lookup_id uuid, duplicate_of int) on i.batch_position = h.batch_position
          on conflict do nothing
          returning r.workspace_id, r.job_id, r.number, r.outcome, r.credits, r.saved, r.duplicate_of
        ),
        ${countInserted(sql)}`,
      15_000,
    ),
  );
  publishFinished(stored);
  return new Set(stored.map(({ number }) => number));
};

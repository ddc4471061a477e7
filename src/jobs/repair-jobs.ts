import type { Sql } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { listDamaged } from '../uploads/upload.js';
import { publishTakenOver } from './job-events.js';
import { chunkQueue, type JobQueue, queueSchema } from './queue.js';

/** What was taken this long ago is claimed, and its instance knows it; else a connection was lost in between. */
const claimSeconds = 10;

/**
 * Puts right what a crash left: chunks of dead instances and chunks whose message is lost wait for a new message; jobs whose
 * rows are all finished are completed, and those without rows to run are FAILED; the budgets of jobs that have ended are
 * deleted, once nothing of them is run. Every instance may do it at the same time.
 */
export const repairJobs = async ({
  sql,
  queue,
  instanceId,
  held,
  takeoverSeconds,
}: {
  sql: Sql;
  queue: JobQueue;
  instanceId: string;
  /** The messages that this instance has. */
  held: ReadonlySet<string>;
  /** An instance that was not seen for this long, while this one was, is taken for dead. */
  takeoverSeconds: number;
}): Promise<{ takenOver: number }> => {
  await queue.expire();
  // More often than an instance without jobs does: its rows are taken over sooner.
  await withQueryTimeout(sql`update instances set seen_at = clock_timestamp() where id = ${instanceId}`);
  // Compared with this instance's own announcement: after an outage of the database nobody is taken for dead.
  const dead = await withQueryTimeout(sql<{ message_id: string | null; instance_id: string | null }[]>`
    select c.message_id, c.instance_id
    from job_chunks c
    left join ${sql(queueSchema)}.job m on m.name = ${chunkQueue} and m.id = c.message_id and m.state < 'completed'
    left join instances own on own.id = ${instanceId}
    left join instances i on i.id = c.instance_id
    where c.state = 'QUEUED' and (
      m.id is null
      -- Its instance is dead.
      or (c.instance_id is not null and own.id is not null
        and coalesce(i.seen_at <= own.seen_at - make_interval(secs => ${takeoverSeconds}), true))
      -- It was taken and never claimed, or claimed by this instance without its knowledge.
      or (m.state = 'active' and m.started_on <= now() - make_interval(secs => ${claimSeconds})
        and (c.instance_id is null or (c.instance_id = ${instanceId}
          and c.message_id::text not in (select json_array_elements_text(${JSON.stringify([...held])}::text::json))))))
    limit 1000`);
  for (const { message_id: id, instance_id: deadInstance } of dead) {
    if (id === null) continue;
    await retryOnDeadlock(() =>
      sql.begin(async (tx) => {
        await tx`
          update job_chunks c set state = 'WAITING', message_id = null, instance_id = null
          where c.message_id = ${id} and c.state = 'QUEUED' and c.instance_id is not distinct from ${deadInstance}`;
        await queue.deleteChunk(tx, id);
      }),
    );
  }
  await withQueryTimeout(sql`
    update jobs set state = 'COMPLETED', ended_at = clock_timestamp()
    where ended_at is null and state in ('QUEUED', 'RUNNING')
      and found + not_found + refused + failed + unknown >= rows`);
  // Nothing is left to run: the list had lost rows before the job was created.
  await withQueryTimeout(sql`
    update jobs j
    set state = 'FAILED', pause_code = 'NOT_FOUND', pause_message = ${listDamaged().message}, ended_at = clock_timestamp()
    where ended_at is null and state in ('QUEUED', 'RUNNING')
      and found + not_found + refused + failed + unknown < rows
      and not exists (
        select from job_chunks c where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state <> 'DONE')`);
  // The job is locked first, as where it is retried: else the limit of a job that runs again could end.
  await withQueryTimeout(sql`
    with ended as (
      select j.workspace_id, j.id
      from budgets b
      join jobs j on j.workspace_id = b.workspace_id and j.id = b.subject::uuid
      where b.deleted_at is null and b.scope = 'JOB' and j.ended_at is not null and not exists (
        select from job_chunks c where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'QUEUED')
      for no key update of j skip locked
    )
    update budgets b set deleted_at = clock_timestamp()
    from ended j
    where b.workspace_id = j.workspace_id and b.scope = 'JOB' and b.subject = j.id::text and b.deleted_at is null`);
  publishTakenOver(dead.length);
  return { takenOver: dead.length };
};

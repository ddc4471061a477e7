import type { Sql } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { chunkQueue, type JobQueue, queueSchema } from './queue.js';

/** An instance that was not seen for this long, while another was, is taken for dead: four announcements. */
const aliveSeconds = 20;

/**
 * Puts right what a crash left: chunks of dead instances and chunks whose message is lost wait for a new message; jobs whose
 * rows are all finished are completed; the budgets of jobs that have ended are, once nothing of them is run. Every
 * instance may do it at the same time.
 */
export const repairJobs = async ({
  sql,
  queue,
  instanceId,
}: {
  sql: Sql;
  queue: JobQueue;
  instanceId: string;
}): Promise<{ takenOver: number }> => {
  await queue.expire();
  // Compared with this instance's own announcement: after an outage of the database nobody is taken for dead.
  const dead = await withQueryTimeout(sql<{ message_id: string | null; instance_id: string | null }[]>`
    select c.message_id, c.instance_id from job_chunks c
    where c.state = 'QUEUED' and (
      (c.instance_id is not null
        and exists (select from instances own where own.id = ${instanceId})
        and not exists (
          select from instances i
          where i.id = c.instance_id and i.seen_at > (
            select own.seen_at from instances own where own.id = ${instanceId}
          ) - make_interval(secs => ${aliveSeconds})))
      or not exists (
        select from ${sql(queueSchema)}.job m
        where m.name = ${chunkQueue} and m.id = c.message_id and m.state < 'completed'))
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
  await withQueryTimeout(sql`
    update budgets b set deleted_at = clock_timestamp()
    where b.deleted_at is null and b.scope = 'JOB' and not exists (
      select from jobs j
      where j.workspace_id = b.workspace_id and j.id = b.subject::uuid and (
        j.ended_at is null or exists (
          select from job_chunks c where c.workspace_id = j.workspace_id and c.job_id = j.id and c.state = 'QUEUED')))`);
  return { takenOver: dead.length };
};

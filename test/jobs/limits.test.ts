import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { cancelJob, pauseJob, resumeJob, retryJob } from '../../src/jobs/change-job.js';
import { openQueue, queueSchema } from '../../src/jobs/queue.js';
import { repairJobs } from '../../src/jobs/repair-jobs.js';
import { newId } from '../../src/platform/ids.js';
import { eq } from 'drizzle-orm';
import { jobs, uploads } from '../../schema/tables/index.js';
import { deleteJob } from '../../src/jobs/delete-job.js';
import { holdUpload } from '../../src/jobs/read-source.js';
import { uploadColumns } from '../../src/uploads/upload.js';
import { recordRows } from '../../src/jobs/record-rows.js';
import { createVersionReaders } from '../../src/subscriptions/read-versions.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { readJob, storeJob, untilWaiting } from './setup.js';

let store: TestDatabase;
let caller: Caller;
beforeAll(async () => {
  store = await createTestDatabase();
  caller = (await createWorkspace(store.database, 'limits')).as.MEMBER;
});
afterAll(() => store.close());

const limits = (id: string) =>
  store.database.sql`select "limit"::int from budgets where subject = ${id} and deleted_at is null`;

it('counts a new limit from the first credit, and none after UNLIMITED, also when the job is retried', async () => {
  const { database } = store;
  const id = await storeJob(database.sql, { caller, rows: [['a.example']], maxCredits: 5, start: false });
  expect(await resumeJob({ database }, caller, id, 9n)).toMatchObject({ state: 'QUEUED', maxCredits: 9n });
  expect(await limits(id)).toEqual([{ limit: 9 }]);
  expect(await resumeJob({ database }, caller, id, 'UNLIMITED')).toMatchObject({ maxCredits: null });
  expect(await limits(id)).toEqual([]);
  await database.sql`update jobs set state = 'FAILED', ended_at = now() where id = ${id}`;
  expect(await retryJob({ database }, caller, id, null)).toMatchObject({ state: 'QUEUED', maxCredits: null });
  expect(await limits(id)).toEqual([]);
  expect(await resumeJob({ database }, caller, id, 4n)).toMatchObject({ maxCredits: 4n });
  expect(await limits(id)).toEqual([{ limit: 4 }]);
  expect(await resumeJob({ database }, caller, id, 3n)).toMatchObject({ maxCredits: 3n });
  expect(await limits(id)).toEqual([{ limit: 3 }]);
});

it('retries failed rows under a new limit, which counts all that the job has spent', async () => {
  const { database } = store;
  const id = await storeJob(database.sql, { caller, rows: [['a.example']], maxCredits: 5 });
  const retry = async (maxCredits: bigint | 'UNLIMITED' | null) => {
    await database.sql`update jobs set state = 'FAILED', ended_at = now() where id = ${id}`;
    return await retryJob({ database }, caller, id, maxCredits);
  };
  expect(await retry(8n)).toMatchObject({ state: 'QUEUED', maxCredits: 8n });
  expect(await limits(id)).toEqual([{ limit: 8 }]);
  expect(await retry(null)).toMatchObject({ maxCredits: 8n });
  expect(await retry('UNLIMITED')).toMatchObject({ maxCredits: null });
  expect(await limits(id)).toEqual([]);
  expect(await retry(3n)).toMatchObject({ maxCredits: 3n });
  expect(await limits(id)).toEqual([{ limit: 3 }]);
});

it('opens the queues for the first time in several instances at once', async () => {
  const { sql } = store.database;
  await sql`drop schema if exists ${sql(queueSchema)} cascade`;
  const opened = Array.from({ length: 8 }, () => openQueue(sql, { chunkSeconds: 60 }));
  const queues = await Promise.all(opened);
  expect(await Promise.all(queues.map((queue) => queue.fetchChunks(1)))).toEqual(queues.map(() => []));
  const names = await sql<{ name: string }[]>`select name from ${sql(queueSchema)}.queue order by name`;
  expect(names.map(({ name }) => name)).toEqual(['chunks', 'quotes']);
});

it('keeps the limit of a job that is retried while its end is being seen', async () => {
  const { sql } = store.database;
  const id = await storeJob(sql, { caller, rows: [['a.example']], maxCredits: 5 });
  await sql`update jobs set state = 'FAILED', ended_at = now() where id = ${id}`;
  const queue = await openQueue(sql, { chunkSeconds: 60 });
  const repair = () => repairJobs({ sql, queue, instanceId: newId(), held: new Set(), takeoverSeconds: 60 });
  // A change writes to the audit log last, so this one is made and not committed.
  const { retried, repaired } = await sql.begin(async (tx) => {
    await tx`lock table audit_events in share mode`;
    const retried = retryJob(store, caller, id, null);
    await untilWaiting(sql, 1);
    const repaired = repair();
    await Promise.race([repaired, untilWaiting(sql, 2)]);
    return { retried, repaired };
  });
  await Promise.all([retried, repaired]);
  expect(await limits(id)).toEqual([{ limit: 5 }]);
  await sql`update jobs set state = 'FAILED', ended_at = now() where id = ${id}`;
  await repair();
  expect(await limits(id)).toEqual([]);
});

it('keeps the list of a job that is created while the other job of it is deleted', async () => {
  const { database } = store;
  const [first, second] = [
    await storeJob(database.sql, { caller, rows: [['a.example']], start: false }),
    newId(),
  ];
  const [upload] = await database.db
    .select(uploadColumns)
    .from(uploads)
    .innerJoin(jobs, eq(jobs.uploadId, uploads.id))
    .where(eq(jobs.id, first));
  if (upload === undefined) throw new Error('the list was not stored');
  const { deleting } = await database.db.transaction(async (tx) => {
    await holdUpload(tx, upload);
    const deleted = deleteJob(store, caller, first);
    await untilWaiting(database.sql, 1);
    const [job] = await tx.select().from(jobs).where(eq(jobs.id, first));
    if (job !== undefined) await tx.insert(jobs).values({ ...job, id: second });
    return { deleting: deleted };
  });
  await deleting;
  const left = await database.db.select(uploadColumns).from(uploads).where(eq(uploads.id, upload.id));
  expect(left).toHaveLength(1);
});

it('starts no job of another token for one that may not spend', async () => {
  const id = await storeJob(store.database.sql, { caller, rows: [['a.example']], start: false });
  const reader = { ...caller, tokenId: newId(), scopes: { ...caller.scopes, spend: false } };
  const forbidden = { code: 'FORBIDDEN' };
  await expect(resumeJob(store, reader, id, null)).rejects.toMatchObject(forbidden);
  await expect(retryJob(store, reader, id, null)).rejects.toMatchObject(forbidden);
  await expect(cancelJob(store, reader, id)).resolves.toMatchObject({ state: 'CANCELED' });
});

it('has another version for subscriptions when the limit of a running job is changed', async () => {
  const { database } = store;
  const id = await storeJob(database.sql, { caller, rows: [['a.example']], maxCredits: 5 });
  const version = () => createVersionReaders(database.sql).job([{ workspaceId: caller.workspaceId, id }]);
  const before = await version();
  await resumeJob({ database }, caller, id, 9n);
  expect(await version()).not.toEqual(before);
});

it('has no reason of a pause when its last rows end after it was paused', async () => {
  const { sql } = store.database;
  const id = await storeJob(sql, { caller, rows: [['a.example']] });
  await pauseJob(store, caller, id);
  const [instanceId, messageId] = [newId(), newId()];
  await sql`
    update job_chunks set state = 'QUEUED', instance_id = ${instanceId}, message_id = ${messageId}, runs = 1
    where job_id = ${id}`;
  const lease = { ...caller, jobId: id, chunk: 0, messageId, instanceId, runs: 1 };
  const none = {
    lookupId: null,
    provider: null,
    problem: null,
    message: null,
    duplicateOf: null,
    people: null,
  };
  const result = {
    outcome: 'NOT_FOUND',
    charge: 'NOT_FOUND',
    credits: 0n,
    saved: 0n,
    snapshots: [],
  } as const;
  await recordRows(sql, [{ lease, row: { number: 1, ...result, ...none, sumsEntries: false } }]);
  expect(await readJob(sql, id)).toMatchObject({ state: 'COMPLETED', pause_code: null, pause_message: null });
});

it('refuses a limit for a job without one when entries of its time are archived, and changes nothing', async () => {
  const { sql } = store.database;
  const { workspaceId } = caller;
  const id = await storeJob(sql, { caller, rows: [['a.example']] });
  await sql`
    insert into archived_months (workspace_id, month, entries, lookups, attempts, from_snapshot, credits, saved, digest,
      budgets, occurred, file, sha256)
    values (${workspaceId}, '2020-01-01', 1, 1, 1, 0, 1, 0, 0, '[]', '{[2020-01-01, 2020-02-01)}', 'f', 's')`;
  await sql`update jobs set created_at = '2020-01-15' where id = ${id}`;
  await expect(resumeJob(store, caller, id, 5n)).rejects.toMatchObject({ code: 'ARCHIVED' });
  expect(await limits(id)).toEqual([]);
  await sql`update jobs set created_at = '2020-02-01' where id = ${id}`;
  expect(await resumeJob(store, caller, id, 5n)).toMatchObject({ maxCredits: 5n });
  await sql`delete from archived_months where workspace_id = ${workspaceId}`;
});

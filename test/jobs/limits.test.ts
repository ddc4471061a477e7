import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { resumeJob, retryJob } from '../../src/jobs/change-job.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { storeJob } from './setup.js';

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
  expect(await retryJob({ database }, caller, id)).toMatchObject({ state: 'QUEUED', maxCredits: null });
  expect(await limits(id)).toEqual([]);
  await expect(resumeJob({ database }, caller, id, 5n)).rejects.toMatchObject({ field: ['maxCredits'] });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelJob, pauseJob, resumeJob } from '../../src/jobs/change-job.js';
import { getJob } from '../../src/jobs/read-jobs.js';
import { readRowCredits } from '../../src/jobs/read-receipts.js';
import { type CountingFirmable, startCountingFirmable } from '../guarantees/counting-firmable.js';
import { domainRows, openJobs, untilJob } from './open-jobs.js';
import { disagreements, readJob, readRows, storeJob } from './setup.js';

let firmable: CountingFirmable;
let app: Awaited<ReturnType<typeof openJobs>>;

beforeAll(async () => {
  firmable = await startCountingFirmable();
  app = await openJobs(firmable.url, { env: { UPSTREAM_TIMEOUT_MS: '1500', JOB_CONCURRENCY: '4' } });
}, 60_000);
afterAll(async () => {
  await app.close();
  await firmable.close();
}, 60_000);

const sql = () => app.store.database.sql;

/** A job all of whose first lookups the provider charges for, and does not answer in time. */
const storeUnanswered = async (from: number): Promise<string> => {
  firmable.takesMs(5_000);
  const before = firmable.requests.length;
  const id = await storeJob(sql(), { caller: app.caller, rows: domainRows(from, 12) });
  await expect.poll(() => firmable.requests.length - before, { timeout: 10_000 }).toBe(4);
  return id;
};

/** Resolves when the lookups in flight have ended as presumed charges. */
const untilPresumed = async (id: string): Promise<void> => {
  const presumed = async () =>
    (await sql()`select from entries where job_id = ${id} and outcome = 'UNKNOWN'`).length;
  await expect.poll(presumed, { timeout: 10_000 }).toBe(4);
  const running = () => sql()`select from job_chunks where job_id = ${id} and state = 'QUEUED'`;
  await expect.poll(async () => (await running()).length, { timeout: 10_000 }).toBe(0);
  firmable.takesMs(0);
};

it('looks up again what was not answered before a pause, and pays it once', async () => {
  const { store, caller } = app;
  const id = await storeUnanswered(1);
  await pauseJob(store, caller, id);
  await untilPresumed(id);
  // The rows have no result, and the ledger has their credits.
  expect(await readRows(sql(), id)).toEqual([]);
  expect(await pauseJob(store, caller, id)).toMatchObject({ state: 'PAUSED', credits: 4n });
  const job = await getJob(store, caller, id);
  expect(job).toMatchObject({ state: 'PAUSED', credits: 4n });
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  const ofRows = [...(await readRowCredits(store.database, job!, [], numbers)).values()];
  expect(ofRows.map(({ credits }) => credits)).toEqual([1n, 1n, 1n, 1n]);

  await resumeJob(store, caller, id, null);
  await untilJob(app, id, { state: 'COMPLETED', found: 12, unknown: 0, credits: 12 });
  expect(await getJob(store, caller, id)).toMatchObject({ state: 'COMPLETED', credits: 12n });
  expect(await disagreements(sql())).toEqual([]);
}, 60_000);

it('counts what was not answered before a job was canceled', async () => {
  const id = await storeUnanswered(101);
  await cancelJob(app.store, app.caller, id);
  await untilPresumed(id);
  expect(await readJob(sql(), id)).toMatchObject({ state: 'CANCELED', unknown: 4, credits: 4 });
  const rows = await readRows(sql(), id);
  expect(rows.map(({ outcome, charge }) => [outcome, charge])).toEqual(
    Array.from({ length: 4 }, () => ['UNKNOWN', 'PRESUMED']),
  );
  expect(await disagreements(sql())).toEqual([]);
}, 60_000);

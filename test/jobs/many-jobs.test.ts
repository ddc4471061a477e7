import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { isConfined } from '../../src/access/scopes.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { getJob, listJobs } from '../../src/jobs/read-jobs.js';
import { createWorkspace } from '../../src/access/workspaces.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { migrate } from '../../src/platform/migrate.js';
import { openDatabase } from '../../src/platform/database.js';
import { createToken } from '../../src/tokens/create-token.js';
import type { UploadAnswer } from '../../src/uploads/describe-upload.js';
import { receiveUpload } from '../../src/uploads/receive-upload.js';
import { type CountingFirmable, startCountingFirmable } from '../guarantees/counting-firmable.js';
import { openOwnPostgres, type OwnPostgres } from '../guarantees/own-postgres.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import type { TestDatabase } from '../support/database.js';
import { domainRows, jobEnv, openJobs, untilJob } from './open-jobs.js';
import { disagreements, readJob, storeJob } from './setup.js';

let postgres: OwnPostgres;
let stores: TestDatabase[];
let firmable: CountingFirmable;
let app: Awaited<ReturnType<typeof openJobs>>;
let other: TestApp;

beforeAll(async () => {
  postgres = await openOwnPostgres();
  await migrate(postgres.address);
  stores = [0, 1].map(() => {
    const database = openDatabase(postgres.address);
    return { database, address: postgres.address, url: postgres.address.url, close: () => database.close() };
  });
  firmable = await startCountingFirmable();
  const env = { JOB_CONCURRENCY: '24' };
  app = await openJobs(firmable.url, { env, ...withStore(0) });
  other = await createTestApp({ env: { ...jobEnv(firmable.url), ...env }, ...withStore(1) });
}, 120_000);
afterAll(async () => {
  await Promise.all([app.close(), other.close()]);
  await Promise.all(stores.map((store) => store.close()));
  await firmable.close();
  await postgres.remove();
}, 60_000);

const withStore = (index: number): { database?: TestDatabase } => {
  const database = stores[index];
  return database === undefined ? {} : { database };
};
const sql = () => app.store.database.sql;

/** The callers of five tokens of three workspaces, each workspace with a connection of its own. */
const openCallers = async (): Promise<Caller[]> => {
  const { gateway, caller: first } = app;
  const others = await Promise.all(
    ['Second', 'Third'].map(async (name) => {
      const { secret } = await createWorkspace(gateway.database, { name, plan: 'PRO' });
      const admin = await gateway.findCaller(secret);
      const key = `fbl_${name.padEnd(30, 'k')}`;
      await createConnection(gateway, admin, { provider: 'FIRMABLE', name: 'theirs', key, verify: false });
      return admin;
    }),
  );
  const scopes = { operations: ['COMPANY' as const] };
  const confined = await Promise.all(
    [first, others[0] ?? first].map(async (admin) => {
      const { secret } = await createToken(gateway, admin, { name: 'confined', role: 'MEMBER', scopes });
      return await gateway.findCaller(secret);
    }),
  );
  return [first, ...others, ...confined];
};

/** A file that stops in its middle until it may go on. */
const openUpload = (caller: Caller): { goOn: () => void; sent: Promise<UploadAnswer> } => {
  const opening = new AbortController();
  const bytes = async function* bytes() {
    yield Buffer.from(`domain,note\n${`a.example,${'x'.repeat(200)}\n`.repeat(1_200)}`);
    await once(opening.signal, 'abort');
    yield Buffer.from('b.example,\n'.repeat(1_200));
  };
  const { database, providers, log } = app.gateway;
  const limits = { bytesMax: 1_000_000, rowsMax: 10_000, storedBytesMax: 100_000_000 };
  const file = { name: null, charset: null, hasHeader: null, sheet: null, bytes: bytes() };
  const sent = receiveUpload({ database, providers, log, limits }, caller, file);
  return { goOn: () => opening.abort(), sent };
};

it('runs 100 jobs of several workspaces and tokens beside a long one, and survives a restart of the database', async () => {
  firmable.takesMs(4);
  const callers = await openCallers();
  const { token } = await createToken(app.gateway, app.caller, { name: 'long', role: 'MEMBER' });
  const owner = { ...app.caller, tokenId: token.id };
  const long = await storeJob(sql(), { caller: owner, rows: domainRows(100_000, 40_000) });
  await expect.poll(async () => (await readJob(sql(), long)).found, { timeout: 20_000 }).toBeGreaterThan(0);
  const short = callers.map((): string[] => []);
  for (let index = 0; index < 100; index += 1) {
    const at = index % callers.length;
    const rows = domainRows(1 + index * 8, 8);
    short[at]?.push(await storeJob(sql(), { caller: callers[at] ?? app.caller, rows }));
  }
  const upload = openUpload(app.caller);
  const stored = () =>
    sql()`select from upload_chunks c join uploads u on u.id = c.upload_id where u.completed_at is null`;
  await expect.poll(async () => (await stored()).length, { timeout: 20_000 }).toBeGreaterThan(0);
  await untilJob(app, short[0]?.[0] ?? '', { state: 'COMPLETED' });
  const rows = domainRows(200_000, 20_000);
  const toQuote = await storeJob(sql(), { caller: app.caller, rows, start: false });
  const quoting = () => sql()`select from job_queue.job where name = 'quotes' and state = 'active'`;
  await expect.poll(async () => (await quoting()).length, { timeout: 20_000, interval: 5 }).toBe(1);
  await postgres.stopImmediately();
  upload.goOn();
  await postgres.start();

  for (const id of short.flat())
    await untilJob(app, id, { state: 'COMPLETED', found: 8, credits: 8 }, 60_000);
  // They did not wait for the long list that had begun before them, nor one token for another.
  expect((await readJob(sql(), long)).state).toBe('RUNNING');
  const early = await sql()<{ jobs: number }[]>`
    select count(*)::int as jobs from (select token_id from jobs where id in ${sql()(short.flat())} order by ended_at limit 50) j
    group by token_id`;
  expect(early).toHaveLength(callers.length);
  for (const { jobs } of early) expect(jobs).toBeGreaterThan(2);
  expect(await upload.sent).toMatchObject({ rows: 2_400 });
  expect(
    await sql()`select sum(row_count)::int as rows from upload_chunks where upload_id = ${(await upload.sent).id.slice(4)}`,
  ).toEqual([{ rows: 2_400 }]);
  const quote = () => sql()`select quote ->> 'rows' as rows from jobs where id = ${toQuote}`;
  await expect.poll(quote, { timeout: 40_000 }).toEqual([{ rows: '20000' }]);

  await sql()`update jobs set state = 'CANCELED', ended_at = clock_timestamp() where id = ${long}`;
  const open = () => sql()`
    select from reservations where state = 'HELD' union all select from job_chunks where state = 'QUEUED'`;
  await expect.poll(async () => (await open()).length, { timeout: 30_000 }).toBe(0);
  const ledger = async () => {
    const [sum] = await sql()<{ credits: number }[]>`select sum(credits)::int as credits from entries`;
    return (sum?.credits ?? 0) - firmable.charges.length;
  };
  await expect.poll(ledger, { timeout: 30_000 }).toBe(0);
  expect(new Set(firmable.charges).size).toBe(firmable.charges.length);
  expect(await disagreements(sql())).toEqual([]);
  expect(await verifyLedger(app.store.database)).toMatchObject({ disagreements: [] });
  await seesItsOwn(callers, short);
}, 180_000);

/** An ADMIN sees the jobs of its workspace, a confined token its own, and each of them no other. */
const seesItsOwn = async (callers: readonly Caller[], jobs: readonly string[][]): Promise<void> => {
  for (const [at, caller] of callers.entries()) {
    const { items } = await listJobs(app.gateway, caller, { state: 'COMPLETED', first: 100, after: null });
    const isSeen = (other: Caller): boolean =>
      other === caller || (!isConfined(caller.scopes) && other.workspaceId === caller.workspaceId);
    const own = callers.flatMap((other, index) => (isSeen(other) ? (jobs[index] ?? []) : []));
    expect(items.map(({ id }) => id).toSorted()).toEqual(own.toSorted());
    const [stranger = ''] = jobs[(at + 1) % callers.length] ?? [];
    expect(await getJob(app.gateway, caller, stranger)).toBeNull();
  }
  const [mixed] =
    await sql()`select from job_rows r join jobs j on j.id = r.job_id where j.workspace_id <> r.workspace_id`;
  expect(mixed).toBeUndefined();
};

import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { migrate } from '../../src/platform/migrate.js';
import { openDatabase } from '../../src/platform/database.js';
import { createToken } from '../../src/tokens/create-token.js';
import { type CountingFirmable, startCountingFirmable } from '../guarantees/counting-firmable.js';
import { openOwnPostgres, type OwnPostgres } from '../guarantees/own-postgres.js';
import { bootstrapToken, createTestApp, type TestApp } from '../support/create-test-app.js';
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

it('runs 100 jobs of several tokens side by side with a long one, and survives a restart of the database', async () => {
  firmable.takesMs(4);
  const tokens = await Promise.all(
    Array.from({ length: 4 }, async (_, index) => {
      const { token } = await createToken(app.gateway, app.caller, {
        name: `token ${index}`,
        role: 'MEMBER',
      });
      return { ...app.caller, tokenId: token.id };
    }),
  );
  const long = await storeJob(sql(), { caller: app.caller, rows: domainRows(100_000, 6_000) });
  await expect.poll(async () => (await readJob(sql(), long)).found, { timeout: 20_000 }).toBeGreaterThan(0);
  const short: string[] = [];
  for (let index = 0; index < 100; index += 1) {
    const caller = tokens[index % tokens.length] ?? app.caller;
    short.push(await storeJob(sql(), { caller, rows: domainRows(1 + index * 8, 8) }));
  }
  await untilJob(app, short[0] ?? '', { state: 'COMPLETED' });
  await postgres.stopImmediately();
  await postgres.start();

  for (const id of short) await untilJob(app, id, { state: 'COMPLETED', found: 8, credits: 8 }, 60_000);
  // They did not wait for the long list that had begun before them.
  expect((await readJob(sql(), long)).state).toBe('RUNNING');
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
  expect(await app.gateway.findCaller(bootstrapToken)).toMatchObject({ tokenId: app.caller.tokenId });
}, 180_000);

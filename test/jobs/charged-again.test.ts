import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { type Gateways, startGateways } from '../guarantees/gateways.js';
import { type SlowApollo, startSlowApollo } from '../guarantees/slow-apollo.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { disagreements, readJob, readRows, storeJob } from './setup.js';

let store: TestDatabase;
let apollo: SlowApollo;
let gateways: Gateways;
beforeAll(async () => {
  store = await createTestDatabase();
  apollo = await startSlowApollo();
  gateways = await startGateways({
    count: 3,
    store: { DATABASE_URL: store.url },
    apolloUrl: apollo.url,
    env: { RESERVATION_SECONDS: '4', SHUTDOWN_SECONDS: '1', JOB_TAKEOVER_SECONDS: '2', JOB_CONCURRENCY: '4' },
  });
}, 60_000);
afterAll(async () => {
  await gateways.close();
  await apollo.close();
  await store.close();
}, 60_000);

const sql = () => store.database.sql;

it('does not repeat a call that a provider may charge again, when one of three instances is killed in it', async () => {
  const [caller] = await sql()<{ workspaceId: string; tokenId: string }[]>`
    select workspace_id as "workspaceId", id as "tokenId" from tokens`;
  if (caller === undefined) throw new Error('there is no token');
  apollo.takesMs(1_500);
  const rows = sampleCompanies.map(({ domain }) => [domain]);
  const options = { waterfall: [{ provider: 'APOLLO', connectionId: null, require: [] }] };
  const id = await storeJob(sql(), { caller, rows, options });
  const runners = async (): Promise<string[]> => {
    const held = await sql()<{ pid: number }[]>`
      select i.pid from job_chunks c join instances i on i.id = c.instance_id where c.state = 'QUEUED'`;
    return held.map(({ pid }) => String(pid));
  };
  await expect.poll(() => apollo.requestCount(), { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
  const [pid] = await runners();
  const killed = gateways.processes.find((one) => String(one.pid) === pid);
  killed?.signal('SIGKILL');
  await killed?.exited;

  await expect
    .poll(() => readJob(sql(), id), { timeout: 60_000, interval: 200 })
    .toMatchObject({
      state: 'COMPLETED',
      failed: 0,
    });
  const results = await readRows(sql(), id);
  expect(results.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
  expect(unknown.length).toBeGreaterThan(0);
  for (const row of unknown) expect(row).toMatchObject({ charge: 'PRESUMED', problem: 'PROVIDER_TIMEOUT' });
  // What was reserved and not sent yet is presumed, too; nothing was sent twice.
  expect(apollo.requestCount()).toBeLessThanOrEqual(rows.length);
  const [sum] = await sql()<{ credits: number }[]>`select credits::int from jobs where id = ${id}`;
  expect(sum?.credits).toBeGreaterThanOrEqual(apollo.creditsUsed());
  expect(await disagreements(sql())).toEqual([]);
  await gateways.verify();
}, 120_000);

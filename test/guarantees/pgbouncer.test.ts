import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/platform/database.js';
import { explainDatabaseFault } from '../../src/platform/explain-fault.js';
import { inspectServer } from '../../src/platform/inspect-server.js';
import { disagreements, readJob, storeJob } from '../jobs/setup.js';
import { silentLog } from '../support/silent-log.js';
import {
  type CountingFirmable,
  domainsFrom,
  identifiersOf,
  startCountingFirmable,
} from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';
import { noPgBouncer, type PgBouncer, startPgBouncer } from './start-pgbouncer.js';

if (noPgBouncer !== null) console.warn(noPgBouncer);

// In order: the last test stops PgBouncer.
describe.skipIf(noPgBouncer !== null)('behind PgBouncer in transaction mode', { shuffle: false }, () => {
  let postgres: OwnPostgres;
  let bouncer: PgBouncer;
  let firmable: CountingFirmable;
  let gateways: Gateways;

  beforeAll(async () => {
    postgres = await openOwnPostgres();
    bouncer = await startPgBouncer(postgres.socketDir);
    firmable = await startCountingFirmable();
    gateways = await startGateways({
      count: 2,
      store: { DATABASE_URL: bouncer.url },
      firmableUrl: firmable.url,
      env: { LOG_LEVEL: 'warn', RESERVATION_SECONDS: '5', FIRMABLE_REQUESTS_PER_SECOND: '0' },
    });
  }, 120_000);
  afterAll(async () => {
    await gateways.close();
    await firmable.close();
    await bouncer.kill();
    await postgres.remove();
  });

  const statuses = async (): Promise<number[]> =>
    await Promise.all(
      gateways.processes.map(async ({ url }) => {
        const response = await fetch(`${url}/readyz`);
        await response.body?.cancel();
        return response.status;
      }),
    );

  const report = `{ field: usage(groupBy: [WORKFLOW, DAY], timeZone: "Australia/Sydney",
    from: "2020-01-01", to: "2030-01-01") { totals { creditsCharged } } }`;

  it('recognizes a pooler', async () => {
    expect(await inspectServer({ url: bouncer.url }, silentLog)).toEqual({ pooled: true });
    expect(await inspectServer(postgres.address, silentLog)).toEqual({ pooled: false });
  });

  it('explains that the server has no TLS when sslmode demands it', async () => {
    const url = `${bouncer.url}?sslmode=require`;
    const fault: unknown = await inspectServer({ url }, silentLog).catch((error: unknown) => error);
    expect(explainDatabaseFault(fault, url).message).toContain('check that it has TLS');
    expect(await inspectServer({ url: `${bouncer.url}?sslmode=prefer` }, silentLog)).toEqual({
      pooled: true,
    });
  });

  it('looks up, lists, keeps a budget and pays once from two instances', async () => {
    const found = await Promise.all(domainsFrom(1_000, 200).map((by, at) => gateways.lookUp(at, by)));
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['FOUND']));
    const again = await gateways.lookUpAll(1, domainsFrom(1_000, 100));
    expect(new Set(again.map(({ receipt }) => receipt.charge))).toEqual(new Set(['ALREADY_UNLOCKED']));
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => gateways.lookUp(at, { domain: identifiersOf(1_500).domain })),
    );
    expect(firmable.charges.filter((charge) => charge === 1_500)).toHaveLength(1);

    const budget = { name: 'limited', scope: 'WORKFLOW', subject: 'limited', period: 'DAY', mode: 'HARD' };
    await gateways.setBudget({ ...budget, limit: 17 });
    const limited = await Promise.all(
      domainsFrom(1_600, 60).map((by, at) => gateways.lookUp(at, by, { workflow: 'limited' })),
    );
    expect(limited.filter(({ outcome }) => outcome === 'FOUND')).toHaveLength(17);
    expect(await gateways.read(0, report)).toEqual({
      totals: { creditsCharged: 218 },
    });
    await gateways.verify();
  }, 120_000);

  it('runs a job in two instances', async () => {
    const sql = connect(postgres.address, { max: 1, onnotice: () => {} });
    const [caller] = await sql<{ workspaceId: string; tokenId: string }[]>`
      select workspace_id as "workspaceId", id as "tokenId" from tokens`;
    if (caller === undefined) throw new Error('there is no token');
    // Two chunks of new records, and one of records that are known by then.
    const rows = domainsFrom(5_000, 1_000).map(({ domain }) => [domain]);
    const id = await storeJob(sql, { caller, rows: [...rows, ...rows.slice(0, 500)] });
    const facts = { state: 'COMPLETED', found: 1_500, credits: 1_000 };
    await expect.poll(() => readJob(sql, id), { timeout: 60_000, interval: 250 }).toMatchObject(facts);
    expect(await disagreements(sql)).toEqual([]);
    await sql.end();
    await gateways.verify();
  }, 90_000);

  it('writes what its scheduled work finds, without a warning', async () => {
    const release = firmable.hold();
    const cut = gateways.lookUp(0, { domain: identifiersOf(2_000).domain });
    const sql = connect(postgres.address, { max: 1, onnotice: () => {} });
    const presumed = async () => (await sql`select 1 from entries where charge = 'PRESUMED'`).length;
    await expect.poll(async () => (await sql`select 1 from reservations`).length).toBe(1);
    await expect.poll(presumed, { timeout: 30_000, interval: 250 }).toBe(1);
    release();
    await cut;
    await sql.end();
    expect(gateways.processes.map(({ output }) => output()).join('')).not.toMatch(/task failed|level":50/);
  }, 60_000);

  it('is not ready while PgBouncer is gone, and goes on when it is back', async () => {
    await bouncer.kill();
    await expect.poll(statuses, { timeout: 10_000 }).toEqual([503, 503]);
    await bouncer.start();
    await expect.poll(statuses, { timeout: 10_000 }).toEqual([200, 200]);
    const found = await Promise.all(domainsFrom(3_000, 100).map((by, at) => gateways.lookUp(at, by)));
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['FOUND']));
    await gateways.verify();
  }, 60_000);
});

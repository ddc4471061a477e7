import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createToken } from '../../src/tokens/create-token.js';
import { revokeToken } from '../../src/tokens/change-token.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { type CountingFirmable, startCountingFirmable } from '../guarantees/counting-firmable.js';
import { createJobConcurrencies } from '../../src/jobs/job-concurrency.js';
import { createChunkRun } from '../../src/jobs/run-chunk.js';
import { noEarlierRuns } from '../../src/jobs/recover-rows.js';
import { createLog } from '../../src/platform/log.js';
import { cancelJob, resumeJob } from '../../src/jobs/change-job.js';
import { domainRows, openJobs, untilJob } from './open-jobs.js';
import { disagreements, readJob, readRows, setState, storeJob } from './setup.js';

const concurrency = 32;
let firmable: CountingFirmable;
let app: Awaited<ReturnType<typeof openJobs>>;

beforeAll(async () => {
  firmable = await startCountingFirmable();
  app = await openJobs(firmable.url, { env: { JOB_CONCURRENCY: String(concurrency) } });
}, 60_000);
afterAll(async () => {
  await app.close();
  await firmable.close();
}, 60_000);
beforeEach(() => firmable.takesMs(0));

/** Rows, counters, ledger and provider agree, as soon as nothing is in flight. */
const agrees = async (): Promise<void> => {
  const ledger = async () => {
    const [sum] = await sql()<
      { credits: number }[]
    >`select coalesce(sum(credits), 0)::int as credits from entries`;
    return (sum?.credits ?? 0) - firmable.charges.length;
  };
  await expect.poll(ledger, { timeout: 10_000 }).toBe(0);
  expect(new Set(firmable.charges).size).toBe(firmable.charges.length);
  expect(await disagreements(sql())).toEqual([]);
  expect(await verifyLedger(app.store.database)).toMatchObject({ disagreements: [], hints: [] });
};

const sql = () => app.store.database.sql;

it('looks up each row once, counts duplicates and refuses invalid identifiers', async () => {
  const rows = [...domainRows(1, 600), ['https://www.c510.example/about'], [''], ['not a domain']];
  const id = await storeJob(sql(), { caller: app.caller, rows });
  await untilJob(app, id, { state: 'COMPLETED', found: 601, refused: 2, duplicates: 1, credits: 600 });
  const results = await readRows(sql(), id);
  expect(results.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  expect(results[600]).toMatchObject({ duplicate_of: 510, credits: 0, snapshots: results[509]?.snapshots });
  expect(results[601]).toMatchObject({ outcome: 'REFUSED', problem: 'INVALID_IDENTIFIER' });
  await agrees();
});

it('finishes a list that is known without a call, when other columns are invalid', async () => {
  const before = firmable.requests.length;
  const rows = domainRows(1, 300).map(([domain]) => ['', 'https://example.com/x', domain ?? '']);
  const mapping = [
    { column: 0, identifier: 'ABN' },
    { column: 1, identifier: 'LINKEDIN' },
    { column: 2, identifier: 'WEBSITE' },
  ];
  const id = await storeJob(sql(), { caller: app.caller, rows: [...rows, ...rows.slice(0, 2)], mapping });
  await untilJob(app, id, { state: 'COMPLETED', found: 302, duplicates: 2, credits: 0, saved: 300 });
  expect(firmable.requests.length).toBe(before);
  await agrees();
});

it('buys a record that is in two chunks once, also where no older snapshot is wanted', async () => {
  const before = firmable.requests.length;
  const [known = [], fresh = []] = [...domainRows(1, 1), ...domainRows(900, 1)];
  const rows = [known, fresh, ...Array.from({ length: 996 }, () => ['']), known, fresh];
  const id = await storeJob(sql(), { caller: app.caller, rows, options: { maxAgeSeconds: 0 } });
  await untilJob(app, id, { state: 'COMPLETED', found: 4, refused: 996, duplicates: 0 });
  expect(firmable.requests.length).toBe(before + 2);
  await agrees();
});

const fault = () => Promise.reject(new TypeError('a fault'));
it('waits before it runs a chunk again in which a row met a fault of the gateway', async () => {
  const { workspaceId, tokenId } = app.caller;
  const lease = { workspaceId, jobId: 'job', chunk: 0, messageId: '', instanceId: '', runs: 1, tokenId };
  const job = {
    ...lease,
    id: 'job',
    operation: 'COMPANY' as const,
    mapping: [{ column: 0, identifier: 'DOMAIN' }],
  };
  const enrichment = {
    lookUpKnown: async () => 0,
    lookUpCompany: fault,
    lookUpPerson: fault,
    lookUpCompanies: fault,
    lookUpPeople: fault,
    searchPeople: fault,
  };
  const deps = {
    ...app.gateway,
    log: createLog('silent'),
    enrichment,
    record: fault,
    pause: fault,
    fail: fault,
  };
  const claimed = {
    lease,
    job: { ...job, options: {}, search: null, workflow: null, budgetId: null, ageSeconds: 0 },
    rows: [{ number: 1, line: 1, cells: ['a.example'] }],
  };
  const lookups = { caller: app.caller, concurrency: createJobConcurrencies(1).of(job.id) };
  const run = await createChunkRun(deps, claimed, noEarlierRuns, lookups);
  await run.next()?.();
  expect(await run.ended).toMatchObject({ state: 'QUEUED' });
});

it('ends exactly once when it is paused, resumed and canceled again and again', async () => {
  firmable.takesMs(2);
  const ids = await Promise.all(
    Array.from({ length: 4 }, (_, index) =>
      storeJob(sql(), { caller: app.caller, rows: domainRows(4_000 + index * 400, 400) }),
    ),
  );
  for (let round = 0; round < 12; round += 1) {
    for (const [index, id] of ids.entries())
      await setState(sql(), id, (round + index) % 2 === 0 ? 'PAUSED' : 'QUEUED');
    await sleep(60);
  }
  const [canceled, ...others] = ids;
  await setState(sql(), canceled ?? '', 'CANCELED');
  for (const id of others) await setState(sql(), id, 'QUEUED');
  for (const id of others) await untilJob(app, id, { state: 'COMPLETED', found: 400, credits: 400 });
  expect(['CANCELED', 'COMPLETED']).toContain((await readJob(sql(), canceled ?? '')).state);
  await agrees();
});

it('spends exactly its maxCredits, and pauses with the reason', async () => {
  const id = await storeJob(sql(), { caller: app.caller, rows: domainRows(6_000, 200), maxCredits: 37 });
  await untilJob(app, id, { state: 'PAUSED', pause_code: 'MAX_CREDITS_EXCEEDED', found: 37, credits: 37 });
  const refused = await sql()`
    select distinct problem from entries where job_id = ${id} and outcome = 'REFUSED'`;
  expect(refused).toEqual([{ problem: 'MAX_CREDITS_EXCEEDED' }]);
  await sql()`update budgets set "limit" = 1000 where subject = ${id}`;
  await setState(sql(), id, 'QUEUED');
  await untilJob(app, id, { state: 'COMPLETED', found: 200, credits: 200 }, 8_000);
  const open = () => sql()`select 1 from budgets where subject = ${id} and deleted_at is null`;
  await expect.poll(async () => (await open()).length, { timeout: 10_000 }).toBe(0);
  await agrees();
});

it('spends exactly a limit that it gets while it runs without one, before and after it had none again', async () => {
  const [{ caller }, deps] = [app, app.store];
  firmable.takesMs(100);
  const id = await storeJob(sql(), { caller, rows: domainRows(20_000, 900) });
  // More than the rows that are found: results are stored after their entries.
  const spent = async () => {
    const [sum] = await sql()<{ credits: number }[]>`
      select coalesce(sum(credits), 0)::int as credits from entries where job_id = ${id}`;
    return sum?.credits ?? 0;
  };
  await expect.poll(spent, { timeout: 10_000 }).toBeGreaterThan(0);
  const first = (await spent()) + 4 * concurrency;
  expect(await resumeJob(deps, caller, id, BigInt(first))).toMatchObject({ maxCredits: BigInt(first) });
  await untilJob(app, id, { state: 'PAUSED', pause_code: 'MAX_CREDITS_EXCEEDED' });
  await untilJob(app, id, { found: first, credits: first });
  await resumeJob(deps, caller, id, 'UNLIMITED');
  await expect.poll(spent, { timeout: 10_000 }).toBeGreaterThan(first);
  const second = (await spent()) + 4 * concurrency;
  await resumeJob(deps, caller, id, BigInt(second));
  await untilJob(app, id, { state: 'PAUSED', pause_code: 'MAX_CREDITS_EXCEEDED' });
  await untilJob(app, id, { found: second, credits: second });
  await agrees();
  await cancelJob(deps, caller, id);
});

it('pauses at a full budget of its token, and when its lookups of the day are used up', async () => {
  const tokenWith = async (limits: { creditsPerDay?: number; lookupsPerDay?: number }) => {
    const input = { name: 'limited', role: 'MEMBER' as const, limits };
    const { token } = await createToken(app.gateway, app.caller, input);
    return { ...app.caller, tokenId: token.id };
  };
  const poor = await tokenWith({ creditsPerDay: 11 });
  const id = await storeJob(sql(), { caller: poor, rows: domainRows(7_000, 60) });
  await untilJob(app, id, { state: 'PAUSED', pause_code: 'BUDGET_EXCEEDED', found: 11, credits: 11 });
  const rare = await tokenWith({ lookupsPerDay: 20 });
  const counted = await storeJob(sql(), { caller: rare, rows: domainRows(1, 60) });
  const facts = await untilJob(app, counted, {
    state: 'PAUSED',
    pause_code: 'LOOKUP_LIMIT_REACHED',
    found: 20,
  });
  expect(facts).toMatchObject({ refused: 0, credits: 0 });
  await agrees();
});

it.each([
  { status: 401, body: { message: 'Unauthorized' }, code: 'KEY_REFUSED' },
  { status: 402, body: { message: 'no credits' }, code: 'OUT_OF_CREDITS' },
])(
  'pauses with $code when its account is refused, and goes on afterwards',
  async ({ status, body, code }) => {
    firmable.takesMs(20);
    const id = await storeJob(sql(), { caller: app.caller, rows: domainRows(status * 1_000, 600) });
    await expect.poll(async () => (await readJob(sql(), id)).found, { timeout: 10_000 }).toBeGreaterThan(0);
    firmable.refuses({ status, body });
    const { found } = await untilJob(app, id, { state: 'PAUSED', pause_code: code, refused: 0 });
    expect(found).toBeLessThan(600);
    firmable.refuses(null);
    firmable.takesMs(0);
    await setState(sql(), id, 'QUEUED');
    await untilJob(app, id, { state: 'COMPLETED', found: 600, credits: 600 });
    await agrees();
  },
);

it('pauses the jobs of a token that is revoked', async () => {
  const { token } = await createToken(app.gateway, app.caller, { name: 'leaver', role: 'MEMBER' });
  firmable.takesMs(20);
  const id = await storeJob(sql(), {
    caller: { ...app.caller, tokenId: token.id },
    rows: domainRows(8_000, 2_000),
  });
  await expect.poll(async () => (await readJob(sql(), id)).found, { timeout: 10_000 }).toBeGreaterThan(0);
  await revokeToken(app.gateway, app.caller, token.id);
  await untilJob(app, id, { state: 'PAUSED', pause_code: 'FORBIDDEN' }, 5_000);
  await agrees();
});

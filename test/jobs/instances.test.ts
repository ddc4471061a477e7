import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { toPublicId } from '../../src/access/public-ids.js';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { type CountingFirmable, startCountingFirmable } from '../guarantees/counting-firmable.js';
import { type Gateways, startGateways } from '../guarantees/gateways.js';
import { type SlowApollo, startSlowApollo } from '../guarantees/slow-apollo.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { linesOf } from '../usage/exports/setup.js';
import { domainRows, untilJob } from './open-jobs.js';
import { disagreements, readJob, readRows, storeJob, type StoreJob } from './setup.js';

type ExportedRow = Record<string, unknown>;

const instances = 3;
const concurrency = 4;

let store: TestDatabase;
let apollo: SlowApollo;
let firmable: CountingFirmable;
let gateways: Gateways;
let caller: Pick<Caller, 'workspaceId' | 'tokenId'>;
beforeAll(async () => {
  store = await createTestDatabase();
  apollo = await startSlowApollo();
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: instances,
    store: { DATABASE_URL: store.url },
    apolloUrl: apollo.url,
    firmableUrl: firmable.url,
    env: {
      RESERVATION_SECONDS: '4',
      SHUTDOWN_SECONDS: '1',
      // Longer than a busy machine keeps an instance from announcing itself.
      JOB_TAKEOVER_SECONDS: '5',
      JOB_CONCURRENCY: String(concurrency),
      FIRMABLE_REQUESTS_PER_SECOND: '0',
    },
  });
  await gateways.connect('FIRMABLE', `fbl_${'k'.repeat(30)}`);
  const [token] = await sql()<Pick<Caller, 'workspaceId' | 'tokenId'>[]>`
    select workspace_id as "workspaceId", id as "tokenId" from tokens`;
  if (token === undefined) throw new Error('there is no token');
  caller = token;
}, 60_000);
afterAll(async () => {
  await gateways.close();
  await Promise.all([apollo.close(), firmable.close()]);
  await store.close();
}, 60_000);
beforeEach(() => firmable.takesMs(5));

const sql = () => store.database.sql;
/** Small chunks, so that all instances run some. */
const storeSplit = (rows: string[][], rest: Partial<StoreJob> = {}): Promise<string> =>
  storeJob(sql(), { caller, rows, chunkRows: Math.ceil(rows.length / 12), ...rest });
const until = (...[id, facts]: [string, Parameters<typeof untilJob>[2]]) =>
  untilJob({ store }, id, facts, 40_000);

const change = async (process: number, verb: string, id: string): Promise<void> => {
  const { body } = await gateways.send(
    process,
    `mutation { done: ${verb}(id: "${toPublicId('job', id)}") { userErrors { message } } }`,
  );
  expect(body).toMatchObject({ data: { done: { userErrors: [] } } });
};

const inProgress = () => sql()`
  select from reservations where state = 'HELD' union all select from job_chunks where state = 'QUEUED'`;
const isIdle = async (): Promise<void> => {
  await expect.poll(async () => (await inProgress()).length, { timeout: 30_000 }).toBe(0);
};
/** Rows, counters, ledger and provider agree. */
const agrees = async (): Promise<void> => {
  await isIdle();
  const [sum] = await sql()<{ credits: number }[]>`
    select coalesce(sum(credits), 0)::int as credits from entries where provider = 'FIRMABLE'`;
  expect(sum?.credits).toBe(firmable.charges.length);
  expect(new Set(firmable.charges).size).toBe(firmable.charges.length);
  expect(await disagreements(sql())).toEqual([]);
};

it.each([
  ['WORKSPACE', 1],
  ['CONNECTION', 2],
  ['TOKEN', 3],
  ['WORKFLOW', 4],
] as const)(
  'spends exactly a full budget of scope %s over all instances, and goes on when it is raised',
  async (scope, number) => {
    const [connection] = await sql()<
      { id: string }[]
    >`select id from connections where provider = 'FIRMABLE'`;
    const subject = {
      WORKSPACE: undefined,
      CONNECTION: toPublicId('connection', connection?.id ?? ''),
      TOKEN: toPublicId('token', caller.tokenId),
      WORKFLOW: 'lists',
    }[scope];
    const budget = {
      name: `all of ${scope}`,
      scope,
      subject,
      period: 'TOTAL',
      startFrom: 'NOW',
      thresholds: [],
    };
    const { id: budgetId } = await gateways.setBudget({ ...budget, limit: 29 });
    const [rows, before] = [domainRows(number * 1_000, 96), firmable.charges.length];
    const id = await storeSplit(rows, { workflow: 'lists' });

    const paused = await until(id, { state: 'PAUSED', pause_code: 'BUDGET_EXCEEDED' });
    expect(paused.pause_message).toContain(`The budget "all of ${scope}" allows 29 credits`);
    await isIdle();
    expect(firmable.charges.length - before).toBe(29);
    expect(await readJob(sql(), id)).toMatchObject({ state: 'PAUSED', found: 29, credits: 29, refused: 0 });

    await gateways.setBudget({ ...budget, id: budgetId, limit: 1_000_000, startFrom: undefined });
    await change(number, 'resumeJob', id);
    await until(id, { state: 'COMPLETED', found: 96, credits: 96 });
    expect((await readRows(sql(), id)).map((row) => row.number)).toEqual(rows.map((_, index) => index + 1));
    expect(firmable.charges.length - before).toBe(96);
    await agrees();
  },
  60_000,
);

it('starts nothing more in any instance when jobs are paused and canceled, and records what was in flight', async () => {
  const release = firmable.hold();
  const before = firmable.requests.length;
  const sent = () => firmable.requests.length - before;
  const paused = await storeSplit(domainRows(10_000, 240));
  const canceled = await storeSplit(domainRows(20_000, 240));
  // More than one instance can have in flight.
  await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(concurrency);
  await Promise.all([change(0, 'pauseJob', paused), change(1, 'cancelJob', canceled)]);
  await sleep(1_000);
  const inFlight = sent();
  expect(inFlight).toBeLessThanOrEqual(instances * concurrency);
  release();
  await isIdle();
  expect(sent()).toBe(inFlight);
  const facts = await Promise.all([paused, canceled].map((id) => readJob(sql(), id)));
  expect(facts).toMatchObject([{ state: 'PAUSED' }, { state: 'CANCELED' }]);
  // A call that the provider held for longer than its reservation allows is a presumed charge.
  const settled = await sql()`
    select from entries where job_id in (${paused}, ${canceled}) and outcome in ('FOUND', 'UNKNOWN')`;
  expect(settled.length).toBe(inFlight);
  await agrees();

  await change(2, 'resumeJob', paused);
  await until(paused, { state: 'COMPLETED', found: 240, credits: 240 });
  expect(await readJob(sql(), canceled)).toMatchObject({ state: 'CANCELED', found: facts[1]?.found });
  await agrees();
}, 60_000);

it('exports each row once and in order while instances finish rows, also behind a mark or a broken download', async () => {
  firmable.takesMs(20);
  const rows = domainRows(30_000, 400);
  const id = await storeSplit(rows);
  const numbers = rows.map((_, index) => index + 1);
  const read = async (format: 'csv' | 'ndjson', query = ''): Promise<{ mark: number; text: string }> => {
    const path = `/export/jobs/job_${id}.${format}?fields=recordId${query}`;
    const response = await gateways.get(format === 'csv' ? 0 : 1, path);
    return { mark: Number(response.headers.get('x-last-complete-row')), text: await response.text() };
  };
  let kept: ExportedRow[] = [];
  let downloads = 0;
  for (let isOver = false; !isOver; downloads += 1) {
    isOver = (await readJob(sql(), id)).state === 'COMPLETED';
    const csv: ExportedRow[] = parse((await read('csv')).text, { columns: true });
    expect(csv.map((row) => Number(row['row']))).toEqual(numbers);
    expect(csv.map((row) => [row['column 1']])).toEqual(rows);
    // What was finished is kept, and the rest is read later.
    const { mark, text } = await read('ndjson', `&after=${kept.length}`);
    const lines = linesOf(text);
    kept = [...kept, ...lines.slice(0, mark - kept.length)];
    expect(kept.every(({ outcome }) => outcome === 'FOUND')).toBe(true);
  }
  expect(downloads).toBeGreaterThan(1);
  expect(kept.map(({ row }) => Number(row))).toEqual(numbers);
  expect(kept.map((row) => [row['column 1']])).toEqual(rows);
  // Broken off inside of a line: on behind the last whole one.
  const { text } = await read('ndjson');
  const whole = linesOf(text.slice(0, text.lastIndexOf('\n', text.length / 3) + 1));
  const rest = linesOf((await read('ndjson', `&after=${String(whole.at(-1)?.['row'])}`)).text);
  expect([...whole, ...rest]).toEqual(linesOf(text));
  await agrees();
}, 60_000);

it('does not repeat a call that a provider may charge again, when one of three instances is killed in it', async () => {
  apollo.takesMs(5_000);
  const rows = sampleCompanies.map(({ domain }) => [domain]);
  const options = { waterfall: [{ provider: 'APOLLO', connectionId: null, require: [] }] };
  const id = await storeJob(sql(), { caller, rows, options });
  const runners = async (): Promise<string[]> => {
    const running = await sql()<{ pid: number }[]>`
      select i.pid from job_chunks c join instances i on i.id = c.instance_id where c.state = 'QUEUED'`;
    return running.map(({ pid }) => String(pid));
  };
  // Other requests, such as one for the balance, hold no reservation.
  const held = () => sql()`select from reservations where job_id = ${id} and state = 'HELD'`;
  await expect
    .poll(async () => (await held()).length * apollo.requestCount(), { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(0);
  const [pid] = await runners();
  const at = gateways.processes.findIndex((one) => String(one.pid) === pid);
  const [killed] = gateways.processes.splice(at, 1);
  killed?.signal('SIGKILL');
  await killed?.exited;
  apollo.takesMs(0);

  await until(id, { state: 'COMPLETED', failed: 0 });
  await gateways.add();
  const results = await readRows(sql(), id);
  expect(results.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
  expect(unknown.length).toBeGreaterThan(0);
  for (const row of unknown) expect(row).toMatchObject({ charge: 'PRESUMED', problem: 'PROVIDER_TIMEOUT' });
  // What was reserved and not sent yet is presumed, too; nothing was sent twice.
  expect(apollo.requestCount()).toBeLessThanOrEqual(rows.length);
  const [sum] = await sql()<{ credits: number }[]>`select credits::int from jobs where id = ${id}`;
  expect(sum?.credits).toBeGreaterThanOrEqual(apollo.creditsUsed());
  await agrees();
  await gateways.verify();
}, 120_000);

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import {
  type CountingFirmable,
  domainsFrom,
  identifiersOf,
  peopleOf,
  startCountingFirmable,
} from '../guarantees/counting-firmable.js';
import { type Gateways, startGateways } from '../guarantees/gateways.js';
import { type Proxy, startProxy } from '../ledger/proxy.js';
import { createRandom } from '../simulator/random.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { disagreements, readJob, readRows, setState, storeJob } from './setup.js';

// CHAOS_ACTIONS=200 CHAOS_SEED=1 npx vitest run test/jobs/chaos.test.ts makes a longer run.
const actions = Number(process.env['CHAOS_ACTIONS'] ?? 4);
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const instances = 3;
const takeoverMs = 2_000;

let store: TestDatabase;
let proxy: Proxy;
let firmable: CountingFirmable;
let gateways: Gateways;
beforeAll(async () => {
  store = await createTestDatabase();
  proxy = await startProxy(store.address);
  if (!('url' in proxy.address)) throw new Error('the proxy has no URL');
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: instances,
    store: { DATABASE_URL: proxy.address.url },
    firmableUrl: firmable.url,
    env: {
      RESERVATION_SECONDS: '3',
      SHUTDOWN_SECONDS: '2',
      JOB_TAKEOVER_SECONDS: String(takeoverMs / 1_000),
      JOB_CONCURRENCY: '16',
      FIRMABLE_REQUESTS_PER_SECOND: '0',
    },
  });
}, 60_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await proxy.close();
  await store.close();
}, 60_000);

const sql = () => store.database.sql;

const end = async (number: number, how: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  const { processes } = gateways;
  processes[number]?.signal(how);
  await processes[number]?.exited;
  await gateways.add();
  const next = processes.pop();
  if (next !== undefined) processes[number] = next;
};

const pause = async (number: number, forMs: number): Promise<void> => {
  gateways.processes[number]?.signal('SIGSTOP');
  await sleep(forMs);
  gateways.processes[number]?.signal('SIGCONT');
};

/** Every other company is given without its id, so it is bought. */
const searched = Array.from({ length: 160 }, (_, index) => identifiersOf(50_000 + index));
const storeSearch = (caller: Pick<Caller, 'workspaceId' | 'tokenId'>): Promise<string> => {
  const rows = searched.map(({ id, domain }, index) => (index % 2 === 0 ? [id, ''] : ['', domain]));
  const mapping = [
    { column: 0, identifier: 'ID' },
    { column: 1, identifier: 'DOMAIN' },
  ];
  return storeJob(sql(), {
    caller,
    rows,
    mapping,
    operation: 'PEOPLE_SEARCH',
    chunkRows: 40,
    maxCredits: 80,
  });
};

/** The people of each company were found once, and the list of the next job has each of them once. */
const hasFoundAll = async (id: string): Promise<void> => {
  const done = { state: 'COMPLETED', found: searched.length, failed: 0, credits: searched.length / 2 };
  await expect.poll(() => readJob(sql(), id), { timeout: 150_000, interval: 200 }).toMatchObject(done);
  const rows = await sql()<{ people: { id: string }[] }[]>`
    select people from job_rows where job_id = ${id} order by number`;
  const people = searched.map((company) => peopleOf(company.id).map((one) => one.person_id));
  expect(rows.map((row) => row.people.map((one) => one.id))).toEqual(people);
  const next = `createJob(input: { operation: PERSON, source: { job: "job_${id}" }, maxCredits: 1, start: false })`;
  const { job } = await gateways.read<{ job: { rows: number } }>(
    2,
    `mutation { field: ${next} { job { rows } } }`,
  );
  expect(job.rows).toBe(people.flat().length);
};

it('moves between its states and counts its rows right when instances change it at the same moment', async () => {
  firmable.takesMs(3);
  await watchStates();
  const caller = await callerOf();
  const random = createRandom(seed);
  const gentle = ['pauseJob', 'resumeJob', 'retryJob'];
  const all = [...gentle, 'cancelJob', 'deleteJob'];
  const jobs = await Promise.all(
    Array.from({ length: 8 }, (_, index) => {
      const rows = domainsFrom(60_000 + index * 100, 60).map(({ domain }) => [domain]);
      // Rows that are refused are what a retry begins again.
      return storeJob(sql(), { caller, rows: [...rows, [''], ['no domain']], chunkRows: 31 });
    }),
  );
  for (let round = 0; round < 4; round += 1) {
    const sent = jobs.flatMap((id) =>
      [0, 1, 2].map((process) => change(process, random.pick(round < 3 ? gentle : all), id)),
    );
    const codes = (await Promise.all(sent)).flat();
    expect(codes.filter((code) => code !== 'INVALID_INPUT' && code !== 'NOT_FOUND')).toEqual([]);
  }
  for (const id of jobs) await change(0, 'resumeJob', id);
  const open = () => sql()`
    select from jobs where id in ${sql()(jobs)} and ended_at is null
    union all select from job_chunks where state = 'QUEUED'`;
  await expect.poll(async () => (await open()).length, { timeout: 150_000 }).toBe(0);

  const moves = await sql()<{ move: string }[]>`select distinct move from job_moves order by move`;
  for (const { move } of moves) expect(legalMoves).toContain(move);
  expect(
    await sql()`select from jobs where (ended_at is null) <> (state in ('QUEUED', 'RUNNING', 'PAUSED'))`,
  ).toEqual([]);
  expect(await disagreements(sql())).toEqual([]);
  // Nothing is left of jobs that were deleted.
  const orphans = await sql()`
    select job_id from job_rows where job_id not in (select id from jobs)
    union all select job_id from job_chunks where job_id not in (select id from jobs)
    union all select id from uploads where id not in (select upload_id from jobs)`;
  expect(orphans).toEqual([]);
}, 300_000);

const legalMoves = [
  ...['RUNNING', 'PAUSED', 'CANCELED', 'COMPLETED'].map((to) => `QUEUED ${to}`),
  ...['PAUSED', 'CANCELED', 'COMPLETED'].map((to) => `RUNNING ${to}`),
  ...['QUEUED', 'CANCELED', 'COMPLETED'].map((to) => `PAUSED ${to}`),
  'COMPLETED QUEUED',
];

/** Keeps every change of a state, of whichever instance. */
const watchStates = async (): Promise<void> => {
  await sql().unsafe(`
    create table job_moves (move text);
    create function note_move() returns trigger language plpgsql as $$
      begin insert into job_moves values (old.state || ' ' || new.state); return null; end $$;
    create trigger note_move after update on jobs for each row when (old.state <> new.state)
      execute function note_move()`);
};

/** Sends a mutation, again while a busy machine cannot use its database in time; returns the codes of its errors. */
const change = async (process: number, verb: string, id: string): Promise<string[]> => {
  const { status, body } = await gateways.send(
    process,
    `mutation { field: ${verb}(id: "job_${id}") { userErrors { code } } }`,
  );
  if (status === 503) {
    await sleep(500);
    return await change(process, verb, id);
  }
  const { data }: { data?: { field: { userErrors: { code: string }[] } } } = JSON.parse(JSON.stringify(body));
  return data?.field.userErrors.map(({ code }) => code) ?? [JSON.stringify(body)];
};

const callerOf = async (): Promise<Pick<Caller, 'workspaceId' | 'tokenId'>> => {
  const [token] = await sql()<{ workspaceId: string; tokenId: string }[]>`
    select workspace_id as "workspaceId", id as "tokenId" from tokens`;
  if (token === undefined) throw new Error('there is no token');
  return token;
};

it(
  `finishes each row once, and agrees with the provider, after ${actions} kills, pauses and cuts (seed ${seed})`,
  async () => {
    const random = createRandom(seed);
    const caller = await callerOf();
    firmable.takesMs(20);
    const size = 60 + actions * 60;
    // The lists overlap, and have duplicates of their own.
    const lists = [0, 1, 2].map((list) => {
      const domains = domainsFrom(1 + list * Math.floor(size / 2), size).map(({ domain }) => [domain]);
      const again = domains.slice(0, 5).map(([domain]) => [`https://www.${domain}/`]);
      return [...domains.slice(0, 20), ...again, ...domains.slice(20)];
    });
    const ids = await Promise.all(lists.map((rows) => storeJob(sql(), { caller, rows, maxCredits: 10_000 })));
    const search = await storeSearch(caller);
    await expect.poll(() => firmable.charges.length, { timeout: 60_000 }).toBeGreaterThan(5);
    await expect
      .poll(async () => (await readJob(sql(), search)).found, { timeout: 60_000 })
      .toBeGreaterThan(0);

    const done = { kills: 0, stops: 0, pauses: 0, cuts: 0, changes: 0 };
    for (let action = 0; action < actions; action += 1) {
      firmable.takesMs(10 + random.int(80));
      const number = random.int(instances);
      const kinds = ['kills', 'kills', 'stops', 'pauses', 'cuts', 'changes'] as const;
      const kind = action === 0 ? 'kills' : random.pick(kinds);
      done[kind] += 1;
      if (kind === 'kills') await end(number, 'SIGKILL');
      else if (kind === 'stops') await end(number, 'SIGTERM');
      else if (kind === 'pauses')
        await pause(number, random.chance(0.4) ? takeoverMs + 2_500 : random.int(400));
      else if (kind === 'cuts') proxy.cut();
      else {
        const id = random.pick(ids);
        await setState(sql(), id, 'PAUSED');
        await sleep(random.int(400));
        await setState(sql(), id, 'QUEUED');
      }
      await sleep(random.int(200));
    }
    firmable.takesMs(0);
    for (const [index, id] of ids.entries()) {
      const facts = { state: 'COMPLETED', rows: lists[index]?.length, failed: 0, refused: 0, duplicates: 5 };
      await expect.poll(() => readJob(sql(), id), { timeout: 150_000, interval: 200 }).toMatchObject(facts);
      const numbers = (await readRows(sql(), id)).map(({ number }) => number);
      expect(numbers).toEqual(lists[index]?.map((_, row) => row + 1));
    }
    await hasFoundAll(search);
    const held = () => sql()`select from reservations where state = 'HELD'`;
    await expect.poll(async () => (await held()).length, { timeout: 60_000 }).toBe(0);
    await gateways.resolvePresumedCharges();

    const [ledger] = await sql()<{ credits: number }[]>`
      select coalesce(sum(credits), 0)::int as credits from entries`;
    const runs = await sql()<{ most: number }[]>`select max(runs)::int as most from job_chunks`;
    console.log({
      seed,
      ...done,
      ledger: ledger?.credits,
      provider: firmable.charges.length,
      runs: runs[0]?.most,
    });
    expect(ledger?.credits).toBe(firmable.charges.length);
    expect(new Set(firmable.charges).size).toBe(firmable.charges.length);
    expect(await disagreements(sql())).toEqual([]);
    await gateways.verify();
  },
  300_000 + actions * 8_000,
);

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { createListQuote } from '../../src/enrichment/quotes/quote.js';
import { createHashSet } from '../../src/jobs/hash-set.js';
import { quoteOf } from '../../src/jobs/job-quote.js';
import { createJobQuoter } from '../../src/jobs/quote-job.js';
import { findKnownRecords } from '../../src/ledger/known-records.js';
import {
  type CountingFirmable,
  domainsFrom,
  startCountingFirmable,
} from '../guarantees/counting-firmable.js';
import { bootstrapToken, createTestApp, type TestApp } from '../support/create-test-app.js';
import { readJob, setState, storeJob } from './setup.js';

let firmable: CountingFirmable;
let app: TestApp;
let caller: Caller;

beforeAll(async () => {
  firmable = await startCountingFirmable();
  app = await createTestApp({
    env: { FIRMABLE_BASE_URL: firmable.url, SANDBOX: 'off', FIRMABLE_REQUESTS_PER_SECOND: '0' },
  });
  caller = await app.gateway.findCaller(bootstrapToken);
  await createConnection(app.gateway, caller, {
    provider: 'FIRMABLE',
    name: 'ours',
    key: `fbl_${'k'.repeat(30)}`,
    verify: false,
  });
  const known = await storeJob(sql(), { caller, rows: domains(1, 600) });
  await vi.waitUntil(async () => (await readJob(sql(), known)).state === 'COMPLETED', { timeout: 20_000 });
});
afterAll(async () => {
  await app.close();
  await firmable.close();
});

const sql = () => app.store.database.sql;
const domains = (from: number, count: number): string[][] =>
  domainsFrom(from, count).map(({ domain }) => [domain]);

const quoteNow = async (id: string) => {
  const [row] = await sql()<{ quote: unknown }[]>`select quote from jobs where id = ${id}`;
  return quoteOf({ quote: row?.quote ?? null });
};
const quoted = async (id: string) => {
  await expect.poll(() => quoteNow(id), { timeout: 20_000 }).not.toBeNull();
  return await quoteNow(id);
};

it('counts known, new, repeated and invalid rows over all chunks, and checks the limits', async () => {
  const list = [...domains(1, 700), ['https://www.c3.example/'], ['not a domain'], [''], ...domains(690, 20)];
  const id = await storeJob(sql(), { caller, rows: list, maxCredits: 50, start: false });
  const quote = await quoted(id);
  // c3 is in the first chunk, and c690 to c700 are in both.
  expect(quote).toMatchObject({
    rows: 723,
    unlocked: 600,
    duplicates: 12,
    invalid: 2,
    new: 109,
    presumed: 0,
  });
  expect(quote).toMatchObject({ minCredits: 109n, maxCredits: 109n });
  expect(quote?.perProvider).toMatchObject([{ provider: 'FIRMABLE', minCredits: 109n, maxCredits: 109n }]);
  expect(quote?.checks).toMatchObject({
    maxCredits: false,
    allowed: false,
    reasons: ['The job may spend 50 credits, and this may cost 109.'],
  });
  expect(await readJob(sql(), id)).toMatchObject({ state: 'PAUSED', credits: 0 });
});

it('counts the company of a search that is given without its id, and searches for nothing', async () => {
  const rows = [
    ['', 'c2.example'],
    ['', 'c900.example'],
    ['9e3cbf2c-2d0c-4d4a-a2f5-0c3f9f0b7a11', ''],
    ['', ''],
  ];
  const mapping = [
    { column: 0, identifier: 'ID' },
    { column: 1, identifier: 'DOMAIN' },
  ];
  const id = await storeJob(sql(), { caller, operation: 'PEOPLE_SEARCH', rows, mapping, start: false });
  const quote = await quoted(id);
  expect(quote).toMatchObject({ rows: 4, unlocked: 1, invalid: 1, new: 2, maxCredits: 1n });
});

it('says why when nothing of a list can be looked up', async () => {
  const options = { waterfallName: 'there is none' };
  const id = await storeJob(sql(), { caller, rows: domains(1, 3), options, start: false });
  const quote = await quoted(id);
  expect(quote).toMatchObject({ rows: 3, invalid: 3, maxCredits: 0n });
  expect(quote?.checks.allowed).toBe(false);
  expect(quote?.checks.reasons.join()).toMatch(/no waterfall with that name/);
});

it('stores nothing when the job was started or deleted meanwhile', async () => {
  const { enrichmentDeps, database, clock, providers } = app.gateway;
  const quoteList = createListQuote({
    ...enrichmentDeps,
    findKnownRecords: (wanted) => findKnownRecords(sql(), wanted),
    remainingBudgets: () => Promise.resolve([]),
    balanceOf: () => Promise.resolve(null),
  });
  const quoteJob = createJobQuoter({ database, clock, providers, quoteList });
  const started = await storeJob(sql(), { caller, rows: domains(1, 3), start: false });
  await setState(sql(), started, 'QUEUED');
  const key = { workspaceId: caller.workspaceId, id: started };
  await quoteJob(key, new AbortController().signal);
  await expect.poll(() => readJob(sql(), started), { timeout: 20_000 }).toMatchObject({ state: 'COMPLETED' });
  expect(await quoteNow(started)).toBeNull();
  await sql()`delete from jobs where id = ${started}`;
  await quoteJob(key, new AbortController().signal);
});

it('remembers texts by 64 bits in little memory', () => {
  const set = createHashSet();
  const texts = Array.from({ length: 50_000 }, (_, index) => `domain c${index}.example`);
  expect(texts.every((text) => set.add(text))).toBe(true);
  expect(texts.some((text) => set.add(text))).toBe(false);
});

const ofList = (id: string) =>
  sql()`upload_id = (select upload_id from jobs where id = ${id}) and number = 1`;

it('says that rows of the list are gone or damaged, and the job fails when it is started', async () => {
  const whole = /^$/;
  const damages = [
    {
      said: /^The list is gone/,
      damage: (id: string) => sql()`delete from upload_chunks where ${ofList(id)}`,
    },
    {
      said: /^The list is gone/,
      damage: (id: string) => sql()`update upload_chunks set rows = '[[2,"cut' where ${ofList(id)}`,
    },
    {
      said: /^The list is gone/,
      damage: (id: string) => sql()`update upload_chunks set rows = '[[2,"a"]]' where ${ofList(id)}`,
    },
    {
      said: whole,
      damage: (id: string) => sql()`delete from job_chunks where job_id = ${id} and number = 1`,
    },
  ];
  const fails = async ({ said, damage }: (typeof damages)[number]): Promise<void> => {
    const id = await storeJob(sql(), { caller, rows: domains(1, 510), start: false });
    await damage(id);
    expect((await quoted(id))?.checks.reasons[0] ?? '').toMatch(said);
    await setState(sql(), id, 'QUEUED');
    await vi.waitUntil(async () => (await readJob(sql(), id)).state === 'FAILED', { timeout: 20_000 });
    const { pause_code: code, pause_message: message } = await readJob(sql(), id);
    expect([code, message]).toEqual(['NOT_FOUND', expect.stringMatching(/^The list is gone .* another job/)]);
    // Nothing of it is tried again.
    const queued = () => sql()`select 1 from job_chunks where job_id = ${id} and state = 'QUEUED'`;
    await expect.poll(async () => (await queued()).length).toBe(0);
  };
  await Promise.all(damages.map(fails));
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import {
  type CountingFirmable,
  domainsFrom,
  startCountingFirmable,
} from '../guarantees/counting-firmable.js';
import { bootstrapToken, createTestApp, type TestApp } from '../support/create-test-app.js';
import { disagreements, readJob, readRows, storeJob } from './setup.js';

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
});
afterAll(async () => {
  await app.close();
  await firmable.close();
});

const sql = () => app.store.database.sql;
const ended = async (id: string): Promise<void> => {
  await expect.poll(() => readJob(sql(), id), { timeout: 20_000 }).toMatchObject({ state: 'COMPLETED' });
};
const domains = (from: number, count: number): string[][] =>
  domainsFrom(from, count).map(({ domain }) => [domain]);

it('looks up each row once, counts duplicates and refuses invalid identifiers', async () => {
  const list = [...domains(1, 600), ['https://www.c1.example/about'], [''], ['not a domain']];
  const id = await storeJob(sql(), { caller, rows: list });
  await ended(id);
  expect(await readJob(sql(), id)).toMatchObject({ found: 601, refused: 2, duplicates: 0, credits: 600 });
  const again = await storeJob(sql(), { caller, rows: [...domains(1, 499), ['www.c1.example']] });
  await ended(again);
  expect(await readJob(sql(), again)).toMatchObject({ found: 500, duplicates: 1, credits: 0, saved: 499 });
  const rows = await readRows(sql(), again);
  expect(rows[499]).toMatchObject({ duplicate_of: 1, snapshots: rows[0]?.snapshots });
  expect(await disagreements(sql())).toEqual([]);
  expect(await verifyLedger(app.store.database)).toMatchObject({ disagreements: [] });
});

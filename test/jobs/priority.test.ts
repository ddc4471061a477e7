import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { unlimited } from '../../src/enrichment/allowance.js';
import { type LookupRequest, newCounts } from '../../src/enrichment/lookup-request.js';
import {
  type CountingFirmable,
  domainsFrom,
  startCountingFirmable,
} from '../guarantees/counting-firmable.js';
import { bootstrapToken, createTestApp, type TestApp } from '../support/create-test-app.js';
import { readJob, setState, storeJob } from './setup.js';

const requestsPerSecond = 20;
let firmable: CountingFirmable;
let app: TestApp;
let caller: Caller;

beforeAll(async () => {
  firmable = await startCountingFirmable();
  app = await createTestApp({
    env: {
      FIRMABLE_BASE_URL: firmable.url,
      SANDBOX: 'off',
      FIRMABLE_REQUESTS_PER_SECOND: String(requestsPerSecond),
    },
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

const requestOf = (by: Caller): LookupRequest => ({
  caller: by,
  requestId: null,
  callerKeys: {},
  workflow: null,
  maySpend: true,
  allowance: unlimited,
  ...newCounts(),
});
const sql = () => app.store.database.sql;

it('sends single lookups before the rows of a job that were there first, and reserves few rows ahead', async () => {
  const rows = domainsFrom(1_000, 2_000).map(({ domain }) => [domain]);
  const id = await storeJob(sql(), { caller, rows });
  await expect.poll(async () => (await readJob(sql(), id)).found, { timeout: 20_000 }).toBeGreaterThan(5);
  // As many rows as an instance looks up at a time would be sent before it, were they served as they came.
  for (let number = 1; number <= 3; number += 1) {
    const before = await readJob(sql(), id);
    const lookup = app.gateway.lookUpCompany(requestOf(caller), { domain: `c${number}.example` }, {});
    expect(await lookup).toMatchObject({ outcome: 'FOUND' });
    const after = await readJob(sql(), id);
    expect(after.found - before.found).toBeLessThan(64);
    const [held] = await sql()<{ count: number }[]>`
      select count(*)::int as count from reservations where job_id = ${id} and state = 'HELD'`;
    expect(held?.count).toBeLessThan(64);
  }
  await setState(sql(), id, 'CANCELED');
  expect(await sql()`select from entries where job_id = ${id} and charge = 'PRESUMED'`).toHaveLength(0);
  expect(await readJob(sql(), id)).toMatchObject({ failed: 0, unknown: 0 });
}, 40_000);

import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import { newId } from '../../src/platform/ids.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let answered: Promise<void>;
let apps: EnrichmentApp[];
let impatient: EnrichmentApp;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream(async (response, { url }) => {
    await answered;
    // Found where the name says so; Firmable answers a miss with 500.
    const [, name] = /(found-\d+)\.example/.exec(url) ?? [];
    if (name === undefined) json(response, 500, { error: 'No profile found' });
    else
      json(response, 200, {
        id: `f1${name.replace('found-', '').padStart(11, '0')}`,
        fqdn: `${name}.example`,
      });
  });
  apps = await Promise.all([1, 2].map(() => openApp(store, { baseUrl: upstream.url })));
  impatient = await openApp(store, { baseUrl: upstream.url, lookupTimeoutMs: 1_500 });
});
afterAll(() => upstream.close());
beforeEach(() => {
  answered = Promise.resolve();
  upstream.seen.length = 0;
});

const open = async (limit: number): Promise<Client> => {
  const client = await apps[0]!.open(`fbl_live_${randomBytes(12).toString('hex')}`);
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
    values (${client.workspaceId}, ${newId()}, 'all', 'WORKSPACE', 'MONTH', 'UTC', ${limit}, 'HARD', '{}')`;
  return client;
};

const lookUp = (client: Client, names: string[]): Promise<LookupResult<unknown>[]> =>
  Promise.all(
    names.map((name, index) =>
      apps[index % apps.length]!.enrichment.lookUpCompany(
        client.request(),
        { domain: `${name}.example` },
        {},
      ),
    ),
  );
const named = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${index}`);
const outcomesOf = (results: LookupResult<unknown>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

it('looks up all of 100 companies that are missed when a hard budget has 50 left, over two instances', async () => {
  const client = await open(50);
  expect(outcomesOf(await lookUp(client, named('missed', 100)))).toEqual({ NOT_FOUND: 100 });
  expect(upstream.seen).toHaveLength(100);
});

it('spends exactly the limit when hits and misses wait for the same budget', async () => {
  const client = await open(20);
  const results = await lookUp(client, [...named('missed', 60), ...named('found', 40)].toSorted());
  expect(outcomesOf(results)).toMatchObject({ FOUND: 20 });
  const refused = results.filter(({ outcome }) => outcome === 'REFUSED');
  for (const { problem } of refused) {
    expect(problem).toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false, retryAfterSeconds: null });
  }
  const [sum] = await store.database.sql<{ credits: string }[]>`
    select sum(credits) as credits from entries where workspace_id = ${client.workspaceId}`;
  expect(Number(sum?.credits)).toBe(20);
});

it('refuses with a delay to retry after when reservations hold the credits until the deadline', async () => {
  const client = await open(1);
  const released = new EventEmitter();
  answered = once(released, 'release').then(() => {});
  const first = apps[0]!.enrichment.lookUpCompany(client.request(), { domain: 'found-1.example' }, {});
  await expect.poll(() => upstream.seen.length).toBe(1);
  const second = await impatient.enrichment.lookUpCompany(
    client.request(),
    { domain: 'found-2.example' },
    {},
  );
  expect(second).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'BUDGET_EXCEEDED', retryable: true, retryAfterSeconds: 5 },
    receipt: { charge: 'NONE' },
  });
  const [entry] = await store.database.sql`
    select outcome, problem from entries where workspace_id = ${client.workspaceId} and id = ${second.receipt.id}`;
  expect(entry).toMatchObject({ outcome: 'REFUSED', problem: 'BUDGET_EXCEEDED' });
  released.emit('release');
  expect(await first).toMatchObject({ outcome: 'FOUND' });
});

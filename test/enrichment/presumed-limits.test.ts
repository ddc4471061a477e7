import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServerResponse } from 'node:http';
import { setBudget } from '../../src/budgets/set-budget.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { budgetsOf } from '../budgets/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { anyTime } from '../support/any-time.js';
import { openApp, openStore } from './setup.js';

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let answer: (response: ServerResponse, url: string) => unknown;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream((response, { url }) => answer(response, url));
});
afterAll(() => upstream.close());

const badGateway = (response: ServerResponse): unknown =>
  response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');

const openApollo = async (more: Partial<Parameters<typeof openApp>[1]> = {}) => {
  const app = await openApp(store, { baseUrls: { APOLLO: upstream.url }, ...more });
  const client = await app.open(null);
  const connectionId = await client.connectAs('APOLLO', 'apolloLiveDown01234567', true);
  const waterfall = [{ provider: 'APOLLO' as const, connectionId, require: [] }];
  const lookUp = (workEmail: string) =>
    app.enrichment.lookUpPerson(client.request(), { workEmail }, { waterfall });
  return { app, client, lookUp };
};

it('stops calling Apollo before presumed charges fill a budget when each lookup gets a 502', async () => {
  answer = badGateway;
  let nowMs = Date.now();
  let permits = Promise.resolve();
  // One call at a time: 100 lookups wait for their permits while the breaker opens.
  const acquirePermit = async () => {
    const before = permits;
    permits = before.then(() => new Promise((resolve) => setTimeout(resolve, 5)));
    await before;
    return anyTime;
  };
  const { client, lookUp } = await openApollo({ acquirePermit, clock: { now: () => new Date(nowMs) } });
  const limits = { name: 'b', scope: 'WORKSPACE', period: 'TOTAL', limit: 1_000n } as const;
  const spent = async () => {
    const [row] = await store.database.sql`
      select spent::int from budget_periods where workspace_id = ${client.workspaceId}`;
    return row?.['spent'];
  };
  await setBudget(budgetsOf(store.database), client.as('ADMIN'), limits);
  upstream.seen.length = 0;

  await Promise.all(Array.from({ length: 100 }, (_, index) => lookUp(`p${index}@down.example`)));
  expect(upstream.seen.length).toBeLessThan(10);
  expect(await spent()).toBe(upstream.seen.length * 9);

  // Ten minutes of one lookup in ten seconds: only probes are sent.
  const before = upstream.seen.length;
  for (let turn = 0; turn < 60; turn += 1) {
    nowMs += 10_000;
    await lookUp(`later${turn}@down.example`);
  }
  expect(upstream.seen.length - before).toBeLessThanOrEqual(4);
  expect((await verifyLedger(store.database, { workspaceId: client.workspaceId })).disagreements).toEqual([]);
});

it('stops fetching one record of Apollo when each of its answers is lost', async () => {
  answer = badGateway;
  const { lookUp } = await openApollo();
  upstream.seen.length = 0;
  for (let turn = 0; turn < 8; turn += 1) await lookUp('ada@down.example');
  expect(upstream.seen).toHaveLength(5);
  const skipped = await lookUp('ada@down.example');
  expect(skipped).toMatchObject({ outcome: 'FAILED', receipt: { creditsCharged: 0n } });
  expect(skipped.problem?.message).toMatch(/for this record failed .* the record is not fetched for now/);
});

it('goes on with other records of Firmable when one cannot be read', async () => {
  const app = await openApp(store, { baseUrls: { FIRMABLE: upstream.url } });
  const client = await app.open('fbl_live_unreadable_0123456789');
  answer = (response, url) =>
    url.includes('bad.example') ? json(response, 200, { name: 'no id' }) : json(response, 200, fullCompany);
  const lookUp = (domain: string) => app.enrichment.lookUpCompany(client.request(), { domain }, {});
  for (let turn = 0; turn < 6; turn += 1) await lookUp('bad.example');
  expect([...app.breakers.states().values()]).toMatchObject([{ state: 'CLOSED', failures: 1 }]);
  expect(await lookUp('yarra.example')).toMatchObject({ outcome: 'FOUND' });
});

import { beforeAll, expect, it } from 'vitest';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { entriesOf, limitWorkspace, reservationsOf } from '../ledger/setup.js';
import { type EnrichmentApp, openApp, openStore } from './setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const domains = sampleCompanies.map(({ domain }) => ({ domain }));
const misses = Array.from({ length: 5 }, (_, index) => ({ domain: `nobody-${index}.example` }));
const codesOf = (results: { problem: { code: string } | null; receipt: { charge: string } }[]): string[] =>
  results.map(({ problem, receipt }) => problem?.code ?? receipt.charge);

it('buys exactly maxCredits of a list, in its order, and refuses the rest', async () => {
  const client = await app.open();
  const results = await app.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 2 });
  expect(codesOf(results).toSorted()).toEqual([
    'CHARGED',
    'CHARGED',
    'MAX_CREDITS_EXCEEDED',
    'MAX_CREDITS_EXCEEDED',
    'MAX_CREDITS_EXCEEDED',
  ]);
  expect(client.provider().creditsUsed).toBe(2);
  expect(await reservationsOf(app.database, client)).toEqual([]);
});

it('returns a miss’s credit to the list, so that the limit is used in full', async () => {
  const client = await app.open();
  const results = await app.enrichment.lookUpCompanies(client.request(), [...misses, ...domains], {
    maxCredits: 3,
  });
  const codes = codesOf(results);
  expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(5);
  expect(codes.filter((code) => code === 'CHARGED')).toHaveLength(3);
  expect(client.provider().creditsUsed).toBe(3);
});

it('needs no credit of the limit when a record is unlocked', async () => {
  const client = await app.open();
  await app.enrichment.lookUpCompanies(client.request(), domains.slice(0, 2), {});
  const results = await app.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 1 });
  expect(codesOf(results).slice(0, 2)).toEqual(['ALREADY_UNLOCKED', 'ALREADY_UNLOCKED']);
  expect(codesOf(results).filter((code) => code === 'CHARGED')).toHaveLength(1);
});

it('returns only unlocked records, refetches included, when maxCredits is 0', async () => {
  const client = await app.open();
  await app.enrichment.lookUpCompany(client.request(), domains[0]!, {});
  const { requests } = client.provider();
  const options = { maxCredits: 0, maxAgeSeconds: 0 };
  const results = await app.enrichment.lookUpCompanies(client.request(), domains, options);
  expect(codesOf(results)).toEqual([
    'ALREADY_UNLOCKED',
    ...Array.from({ length: 4 }, () => 'MAX_CREDITS_EXCEEDED'),
  ]);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: requests + 1 });
});

it('limits all lookups of a request together', async () => {
  const client = await app.open();
  const request = client.request({ maxCredits: 2 });
  const results = await Promise.all([
    ...domains.map((by) => app.enrichment.lookUpCompany(request, by, {})),
    ...misses.map((by) => app.enrichment.lookUpCompany(request, by, { maxCredits: 1 })),
  ]);
  const codes = codesOf(results);
  expect(codes.filter((code) => code === 'CHARGED')).toHaveLength(2);
  expect(client.provider().creditsUsed).toBe(2);
  expect(request.tally.charged).toBe(2n);
});

it('applies the smaller limit when the request and the field both have one', async () => {
  const client = await app.open();
  const request = client.request({ maxCredits: 3 });
  const [first, second] = await Promise.all([
    app.enrichment.lookUpCompanies(request, domains.slice(0, 3), { maxCredits: 1 }),
    app.enrichment.lookUpCompanies(request, domains.slice(3), { maxCredits: 5 }),
  ]);
  expect(codesOf(first).filter((code) => code === 'CHARGED')).toHaveLength(1);
  expect(codesOf(second)).toEqual(['CHARGED', 'CHARGED']);
});

it('keeps the credit of a call when its result is unknown', async () => {
  const short = await openApp(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 1_500 });
  const client = await short.open('fbl_sandbox_slow_limit');
  const request = client.request({ maxCredits: 1 });
  const unknown = await short.enrichment.lookUpCompany(request, domains[0]!, {});
  expect(unknown).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
  const next = await short.enrichment.lookUpCompany(request, domains[1]!, {});
  expect(next.problem).toMatchObject({ code: 'MAX_CREDITS_EXCEEDED' });
});

it('buys exactly 3 records when 80 lookups are concurrent under a budget of 3', async () => {
  const client = await app.open();
  const counters = await limitWorkspace(app.database, client.workspaceId, 3);
  const results = await Promise.all(
    Array.from({ length: 80 }, (_, index) =>
      app.enrichment.lookUpCompany(client.request(), domains[index % domains.length]!, {}),
    ),
  );
  const refused = results.filter(({ problem }) => problem !== null);
  expect(new Set(refused.map(({ problem }) => problem?.code))).toEqual(new Set(['BUDGET_EXCEEDED']));
  expect(results.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(3);
  expect(client.provider().creditsUsed).toBe(3);
  expect(await counters()).toEqual({ reserved: 0, spent: 3 });
});

it('refuses hundreds of lookups of one record by the budget when it is full', async () => {
  const client = await app.open();
  await limitWorkspace(app.database, client.workspaceId, 0);
  const results = await Promise.all(
    Array.from({ length: 300 }, () => app.enrichment.lookUpCompany(client.request(), domains[0]!, {})),
  );
  expect(new Set(codesOf(results))).toEqual(new Set(['BUDGET_EXCEEDED']));
  expect(results[0]?.problem?.message).toContain('"all" allows 0 credits');
  expect(client.provider().requests).toBe(0);
});

it('refuses hundreds of lookups of one record by their limit when they may not spend', async () => {
  const client = await app.open();
  const results = await Promise.all(
    Array.from({ length: 200 }, () =>
      app.enrichment.lookUpCompany(client.request({ maxCredits: 0 }), domains[0]!, {}),
    ),
  );
  expect(new Set(codesOf(results))).toEqual(new Set(['MAX_CREDITS_EXCEEDED']));
});

it('adds up to the credit in ledger, provider and tallies when lookups of every kind are mixed', async () => {
  const client = await app.open();
  const requests = Array.from({ length: 40 }, (_, index) => client.request({ maxCredits: index % 3 }));
  await Promise.all(
    requests.map((request, index) =>
      app.enrichment.lookUpCompanies(
        request,
        [domains[index % 5]!, misses[index % 5]!, domains[(index + 2) % 5]!],
        {},
      ),
    ),
  );
  const entries = await entriesOf(app.database, client);
  const entered = entries.reduce((sum, { credits }) => sum + credits, 0);
  expect(entered).toBe(client.provider().creditsUsed);
  expect(requests.reduce((sum, { tally }) => sum + tally.charged, 0n)).toBe(BigInt(entered));
  expect(requests.reduce((sum, { tally }) => sum + tally.reserved, 0n)).toBe(0n);
});

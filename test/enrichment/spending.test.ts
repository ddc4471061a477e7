import { beforeAll, expect, test } from 'vitest';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { entriesOf, limitWorkspace, reservationsOf } from '../ledger/setup.js';
import { type Desk, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});

const domains = sampleCompanies.map(({ domain }) => ({ domain }));
const misses = Array.from({ length: 5 }, (_, index) => ({ domain: `nobody-${index}.example` }));
const codesOf = (answers: { problem: { code: string } | null; receipt: { charge: string } }[]): string[] =>
  answers.map(({ problem, receipt }) => problem?.code ?? receipt.charge);

test('maxCredits of a list is exact: so many are bought, in the list’s order, and the rest is refused', async () => {
  const client = await desk.open();
  const answers = await desk.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 2 });
  expect(codesOf(answers).toSorted()).toEqual([
    'CHARGED',
    'CHARGED',
    'MAX_CREDITS_EXCEEDED',
    'MAX_CREDITS_EXCEEDED',
    'MAX_CREDITS_EXCEEDED',
  ]);
  expect(client.provider().creditsUsed).toBe(2);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
});

test('a miss gives its credit back to the list: none under the limit either', async () => {
  const client = await desk.open();
  const answers = await desk.enrichment.lookUpCompanies(client.request(), [...misses, ...domains], {
    maxCredits: 3,
  });
  const codes = codesOf(answers);
  expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(5);
  expect(codes.filter((code) => code === 'CHARGED')).toHaveLength(3);
  expect(client.provider().creditsUsed).toBe(3);
});

test('what is already ours needs no credit of the limit', async () => {
  const client = await desk.open();
  await desk.enrichment.lookUpCompanies(client.request(), domains.slice(0, 2), {});
  const answers = await desk.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 1 });
  expect(codesOf(answers).slice(0, 2)).toEqual(['ALREADY_UNLOCKED', 'ALREADY_UNLOCKED']);
  expect(codesOf(answers).filter((code) => code === 'CHARGED')).toHaveLength(1);
});

test('0 means only what is already ours, a stale copy’s refetch included; nothing else is asked', async () => {
  const client = await desk.open();
  await desk.enrichment.lookUpCompany(client.request(), domains[0]!, {});
  const { requests } = client.provider();
  const options = { maxCredits: 0, maxAgeSeconds: 0 };
  const answers = await desk.enrichment.lookUpCompanies(client.request(), domains, options);
  expect(codesOf(answers)).toEqual([
    'ALREADY_UNLOCKED',
    ...Array.from({ length: 4 }, () => 'MAX_CREDITS_EXCEEDED'),
  ]);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: requests + 1 });
});

test('the request’s allowance holds over all its asks together', async () => {
  const client = await desk.open();
  const request = client.request({ maxCredits: 2 });
  const answers = await Promise.all([
    ...domains.map((by) => desk.enrichment.lookUpCompany(request, by, {})),
    ...misses.map((by) => desk.enrichment.lookUpCompany(request, by, { maxCredits: 1 })),
  ]);
  const codes = codesOf(answers);
  expect(codes.filter((code) => code === 'CHARGED')).toHaveLength(2);
  expect(client.provider().creditsUsed).toBe(2);
  expect(request.tally.charged).toBe(2n);
});

test('of the request’s allowance and the field’s limit the smaller holds', async () => {
  const client = await desk.open();
  const request = client.request({ maxCredits: 3 });
  const [first, second] = await Promise.all([
    desk.enrichment.lookUpCompanies(request, domains.slice(0, 3), { maxCredits: 1 }),
    desk.enrichment.lookUpCompanies(request, domains.slice(3), { maxCredits: 5 }),
  ]);
  expect(codesOf(first).filter((code) => code === 'CHARGED')).toHaveLength(1);
  expect(codesOf(second)).toEqual(['CHARGED', 'CHARGED']);
});

test('a call whose end is unknown keeps its credit: it may have been charged', async () => {
  const short = await openDesk(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 1_500 });
  const client = await short.open('fbl_sandbox_slow_limit');
  const request = client.request({ maxCredits: 1 });
  const unknown = await short.enrichment.lookUpCompany(request, domains[0]!, {});
  expect(unknown).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
  const next = await short.enrichment.lookUpCompany(request, domains[1]!, {});
  expect(next.problem).toMatchObject({ code: 'MAX_CREDITS_EXCEEDED' });
});

test('never over budget: 80 concurrent asks for new records under a budget of 3 buy exactly 3', async () => {
  const client = await desk.open();
  const counters = await limitWorkspace(desk.database, client.workspaceId, 3);
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, index) =>
      desk.enrichment.lookUpCompany(client.request(), domains[index % domains.length]!, {}),
    ),
  );
  const refused = answers.filter(({ problem }) => problem !== null);
  expect(new Set(refused.map(({ problem }) => problem?.code))).toEqual(new Set(['BUDGET_EXCEEDED']));
  expect(answers.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(3);
  expect(client.provider().creditsUsed).toBe(3);
  expect(await counters()).toEqual({ reserved: 0, spent: 3 });
});

test('hundreds who ask for one record under a full budget all hear of the budget', async () => {
  const client = await desk.open();
  await limitWorkspace(desk.database, client.workspaceId, 0);
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => desk.enrichment.lookUpCompany(client.request(), domains[0]!, {})),
  );
  expect(new Set(codesOf(answers))).toEqual(new Set(['BUDGET_EXCEEDED']));
  expect(answers[0]?.problem?.message).toContain('"all" allows 0 credits');
  expect(client.provider().requests).toBe(0);
});

test('hundreds who ask for one record and may not spend all hear of their limit', async () => {
  const client = await desk.open();
  const answers = await Promise.all(
    Array.from({ length: 200 }, () =>
      desk.enrichment.lookUpCompany(client.request({ maxCredits: 0 }), domains[0]!, {}),
    ),
  );
  expect(new Set(codesOf(answers))).toEqual(new Set(['MAX_CREDITS_EXCEEDED']));
});

test('the parts add up: ledger, provider and tallies agree to the credit after a mixed crowd', async () => {
  const client = await desk.open();
  const requests = Array.from({ length: 40 }, (_, index) => client.request({ maxCredits: index % 3 }));
  await Promise.all(
    requests.map((request, index) =>
      desk.enrichment.lookUpCompanies(
        request,
        [domains[index % 5]!, misses[index % 5]!, domains[(index + 2) % 5]!],
        {},
      ),
    ),
  );
  const entries = await entriesOf(desk.database, client);
  const entered = entries.reduce((sum, { credits }) => sum + credits, 0);
  expect(entered).toBe(client.provider().creditsUsed);
  expect(requests.reduce((sum, { tally }) => sum + tally.charged, 0n)).toBe(BigInt(entered));
  expect(requests.reduce((sum, { tally }) => sum + tally.reserved, 0n)).toBe(0n);
});

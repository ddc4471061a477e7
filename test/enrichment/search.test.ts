import { beforeAll, expect, it, vi } from 'vitest';
import type { PeopleQuery } from '../../src/enrichment/search-people.js';
import { newId } from '../../src/platform/ids.js';
import type { Permit } from '../../src/providers/provider.js';
import { flagship } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { anyTime } from '../support/any-time.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const search = (client: Client, more: Partial<PeopleQuery> = {}, request = client.request()) =>
  app.enrichment.searchPeople(request, {
    companyId: flagship.id,
    filter: { country: null, position: null, seniority: null, department: null },
    connectionId: null,
    first: 100,
    offset: 0,
    ...more,
  });

it('returns each person once, in one order, with the total, when a search is paged', async () => {
  const client = await app.open();
  const all = await search(client);
  expect(all.total).toBeGreaterThan(3);
  expect(all.people).toHaveLength(all.total);
  const paged: string[] = [];
  for (let offset = 0; offset < all.total; offset += 2) {
    const page = await search(client, { first: 2, offset });
    expect(page.total).toBe(all.total);
    expect(page.people.length).toBeLessThanOrEqual(2);
    paged.push(...page.people.map(({ id }) => id));
  }
  expect(paged).toEqual(all.people.map(({ id }) => id));
  expect((await search(client, { offset: all.total })).people).toEqual([]);
});

it('is free, has an entry, and leaves no reservation', async () => {
  const client = await app.open();
  const { receipt } = await search(client, {}, client.request({ maxCredits: 0, workflow: 'prospecting' }));
  expect(receipt).toMatchObject({ charge: 'FREE', creditsCharged: 0n, attempts: [{ outcome: 'FOUND' }] });
  expect(await entriesOf(app.database, client)).toMatchObject([
    { id: receipt.id, outcome: 'FOUND', charge: 'FREE', credits: 0 },
  ]);
  expect(await reservationsOf(app.database, client)).toEqual([]);
  expect(client.provider().creditsUsed).toBe(0);
});

it('narrows a search when it has seniority or department', async () => {
  const client = await app.open();
  const all = await search(client);
  const totals = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7].map(async (seniority) => {
      const filter = { country: null, position: null, department: null, seniority };
      return (await search(client, { filter })).total;
    }),
  );
  expect(totals.reduce((sum, total) => sum + total, 0)).toBe(all.total);
  expect(Math.max(...totals)).toBeLessThan(all.total);
});

it('returns nobody when the company is unknown, and refuses without a call when the id is malformed', async () => {
  const client = await app.open();
  expect(await search(client, { companyId: 'f999999999999' })).toMatchObject({
    people: [],
    total: 0,
    problem: null,
  });
  const { requests } = client.provider();
  expect(await search(client, { companyId: flagship.domain })).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'INVALID_IDENTIFIER' },
  });
  expect(client.provider().requests).toBe(requests);
});

it('reports a refused key, and writes an entry', async () => {
  const client = await app.open('fbl_sandbox_revoked_search');
  expect(await search(client)).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'KEY_REFUSED' },
    people: [],
  });
  expect(await entriesOf(app.database, client)).toMatchObject([{ outcome: 'REFUSED', charge: 'NONE' }]);
  expect(await reservationsOf(app.database, client)).toEqual([]);
});

it('is not sent when its job is stopped while it waits for its permit, and counts as waiting until then', async () => {
  let permit: ((permit: Permit) => void) | undefined;
  const acquirePermit = () => new Promise<Permit>((resolve) => (permit = resolve));
  const limited = await openApp(await openStore(), { acquirePermit });
  const client = await limited.open();
  let stopped = false;
  const waits = { started: vi.fn<() => void>(), ended: vi.fn<() => void>(), isStopped: () => stopped };
  const searching = limited.enrichment.searchPeople(client.request({ job: { id: newId(), row: 1, waits } }), {
    companyId: flagship.id,
    filter: { country: null, position: null, seniority: null, department: null },
    connectionId: null,
    first: 1,
    offset: 0,
  });
  await vi.waitFor(() => expect(permit).toBeDefined());
  expect([waits.started.mock.calls.length, waits.ended.mock.calls.length]).toEqual([1, 0]);
  stopped = true;
  permit?.(anyTime);
  expect(await searching).toMatchObject({ outcome: 'FAILED', people: [], receipt: { charge: 'NONE' } });
  expect(waits.ended).toHaveBeenCalledTimes(1);
  expect(client.provider().requests).toBe(0);
  expect(await entriesOf(limited.database, client)).toMatchObject([{ outcome: 'FAILED', credits: 0 }]);
});

import { beforeAll, expect, test } from 'vitest';
import type { PeopleQuery } from '../../src/enrichment/search-people.js';
import { flagship } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { type Client, type Desk, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});

const search = (client: Client, more: Partial<PeopleQuery> = {}, request = client.request()) =>
  desk.enrichment.searchPeople(request, {
    companyId: flagship.id,
    filter: { country: null, position: null, seniority: null, department: null },
    connectionId: null,
    first: 100,
    offset: 0,
    ...more,
  });

test('the pages of a search are its people once each, in one order, and every page knows the total', async () => {
  const client = await desk.open();
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

test('a search is free, is entered all the same, and leaves no reservation', async () => {
  const client = await desk.open();
  const { receipt } = await search(client, {}, client.request({ maxCredits: 0, workflow: 'prospecting' }));
  expect(receipt).toMatchObject({ charge: 'FREE', creditsCharged: 0n, attempts: [{ outcome: 'FOUND' }] });
  expect(await entriesOf(desk.database, client)).toMatchObject([
    { id: receipt.id, outcome: 'FOUND', charge: 'FREE', credits: 0 },
  ]);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
  expect(client.provider().creditsUsed).toBe(0);
});

test('seniority and department narrow a search', async () => {
  const client = await desk.open();
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

test('a company that nobody knows has no people, and what is no company is refused unasked', async () => {
  const client = await desk.open();
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

test('a refused key is told of, and the search is entered', async () => {
  const client = await desk.open('fbl_sandbox_revoked_search');
  expect(await search(client)).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'KEY_REFUSED' },
    people: [],
  });
  expect(await entriesOf(desk.database, client)).toMatchObject([{ outcome: 'REFUSED', charge: 'NONE' }]);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
});

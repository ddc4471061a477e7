import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstIdAt, newId } from '../../src/platform/ids.js';
import { entryCursors, listEntries } from '../../src/usage/entry.js';
import type { EntryFilter } from '../../src/usage/entry-filter.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

/** An id as it is made at an instant. */
const idAt = (at: Date, place: number): string =>
  firstIdAt(at).replace(/0000-0000-0+$/, `7000-8000-${String(place).padStart(12, '0')}`);

const day = (date: number) => new Date(Date.UTC(2026, 10, date));

it('lists each entry once, newest first, when instants differ by microseconds or not at all', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const ids = await writeEntries(store.database, workspaceId, [
    { occurredAt: day(1) },
    ...Array.from({ length: 5 }, () => ({ occurredAt: day(2) })),
  ]);
  for (const micros of [1, 2, 3]) {
    await store.database.db.execute(sql`
      insert into entries (workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, operation, token_id)
      select workspace_id, uuid_v7(), lookup_id, occurred_at + ${micros} * interval '1 microsecond', outcome, charge,
        credits, saved, operation, token_id
      from entries where workspace_id = ${workspaceId} and id = ${ids[1]}`);
  }
  const seen: { id: string; occurredAt: Date }[] = [];
  let after: string | null = null;
  do {
    const page = await listEntries(store, as.VIEWER, { first: 2, after, filter: {} });
    expect(await page.totalCount()).toBe(9);
    seen.push(...page.items);
    after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
  } while (after !== null);
  expect(seen).toHaveLength(9);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(9);
  expect(seen.at(-1)?.id).toBe(ids[0]);
  expect(seen.map(({ occurredAt }) => occurredAt.getTime())).toEqual(
    seen.map(({ occurredAt }) => occurredAt.getTime()).toSorted((a, b) => b - a),
  );
});

it('lists entries of years in pages, whether weeks have many or none', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const now = Date.now();
  // Six a day for four days, then one in ten days, and two years without any after the first.
  const ages = [
    ...Array.from({ length: 24 }, (_, at) => at / 6),
    ...Array.from({ length: 14 }, (_, at) => 10 + at * 10.45),
    900,
  ];
  const rows = ages.map((days, at) => {
    const occurredAt = new Date(now - days * 86_400_000);
    // The clock of an instance may be late by up to a day.
    const madeAt = new Date(occurredAt.getTime() - (at % 4) * 7.9 * 3_600_000);
    return { id: idAt(madeAt, at), occurredAt, workflow: at % 3 === 0 ? 'third' : null };
  });
  await writeEntries(store.database, workspaceId, rows);
  const listed = async (first: number, filter: EntryFilter) => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page = await listEntries(store, as.VIEWER, { first, after, filter });
      ids.push(...page.items.map(({ id }) => id));
      after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
    } while (after !== null);
    return ids;
  };
  const to = new Date(now - 60 * 86_400_000);
  const [earliest, latest] = [new Date('0001-01-15T00:00:00Z'), new Date('9999-12-31T00:00:00Z')];
  expect(await listed(10, { to: earliest })).toEqual([]);
  expect(await listed(10, { to: latest })).toEqual(rows.map(({ id }) => id));
  for (const first of [1, 3, 10, 100]) {
    expect(await listed(first, {})).toEqual(rows.map(({ id }) => id));
    expect(await listed(first, { workflow: 'third' })).toEqual(
      rows.flatMap(({ id, workflow }) => (workflow === 'third' ? [id] : [])),
    );
    expect(await listed(first, { to })).toEqual(
      rows.flatMap(({ id, occurredAt }) => (occurredAt < to ? [id] : [])),
    );
  }
});

it('lists only matching entries when one or all filters are given', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const [connectionId, tokenId] = [newId(), newId()];
  const [plain, special] = await writeEntries(store.database, workspaceId, [
    { occurredAt: day(5) },
    {
      occurredAt: day(10),
      connectionId,
      tokenId,
      workflow: 'crm-sync',
      operation: 'PERSON',
      provider: 'APOLLO',
      outcome: 'NOT_FOUND',
      charge: 'NOT_FOUND',
      payer: 'CALLER_KEY',
      sandbox: true,
    },
  ]);
  const filtered = async (filter: EntryFilter) => {
    const { items, totalCount } = await listEntries(store, as.VIEWER, { first: 10, after: null, filter });
    expect(await totalCount()).toBe(items.length);
    return items.map(({ id }) => id);
  };
  const filters: EntryFilter[] = [
    { from: day(10) },
    { connectionId },
    { tokenId },
    { workflow: 'crm-sync' },
    { operation: 'PERSON' },
    { provider: 'APOLLO' },
    { outcome: 'NOT_FOUND' },
    { charge: 'NOT_FOUND' },
    { payer: 'CALLER_KEY' },
    { sandbox: true },
  ];
  for (const filter of [...filters, Object.assign({ to: day(11) }, ...filters)]) {
    expect([filter, await filtered(filter)]).toEqual([filter, [special]]);
  }
  expect(await filtered({ to: day(10) })).toEqual([plain]);
  expect(await filtered({ workflow: null, from: null, sandbox: false })).toEqual([plain]);
  expect(await filtered({ connectionId: 'con_1' })).toEqual([]);
  expect(await filtered({ workflow: "x' or true --" })).toEqual([]);
});

it('returns exact credits, names and labels when it lists an entry', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const credits = 9_007_199_254_740_993n;
  const [id] = await writeEntries(store.database, workspaceId, [
    { credits, saved: 2n, workflow: 'w', latencyMs: 12 },
  ]);
  const { items } = await listEntries(store, as.VIEWER, { first: 1, after: null, filter: {} });
  expect(items).toMatchObject([
    { id, creditsCharged: credits, creditsSaved: 2n, workflow: 'w', latencyMs: 12 },
  ]);
  expect(items[0]).not.toHaveProperty('workspaceId');
});

it.each([
  ['first', { first: 0 }],
  ['first', { first: 101 }],
  ['first', { first: 1.5 }],
  ['after', { after: 'malformed' }],
  ['after', { after: Buffer.from('["1","2"]').toString('base64url') }],
  ['after', { after: Buffer.from('{"length":2}').toString('base64url') }],
  ['after', { after: entryCursors.make(['2026-13-45T99:99:99.000000Z', newId()]) }],
  ['after', { after: entryCursors.make(['2026-02-30T00:00:00.000000Z', newId()]) }],
  ['after', { after: entryCursors.make(['0000-01-01T00:00:00.000000Z', newId()]) }],
  ['from', { filter: { from: new Date(Number.NaN) } }],
  ['to', { filter: { to: new Date('+012026-01-01T00:00:00Z') } }],
  ['to', { filter: { from: day(3), to: day(2) } }],
])('returns BAD_REQUEST when "%s" is malformed', async (field, input) => {
  const { as } = await createWorkspace(store.database);
  const listed = listEntries(store, as.VIEWER, { first: 10, after: null, filter: {}, ...input });
  await expect(listed).rejects.toMatchObject({ code: 'BAD_REQUEST', field: [field] });
});

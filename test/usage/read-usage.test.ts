import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { readUsage, type UsageInput, usageDimensions } from '../../src/usage/read-usage.js';
import { noUsage } from '../../src/usage/usage-sums.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const year: UsageInput = {
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date('2027-01-01T00:00:00Z'),
  timeZone: 'UTC',
  groupBy: [],
  filter: {},
};

it('counts lookups by outcome, and sums credits when there are corrections, too', async () => {
  const { id, as } = await createWorkspace(store.database);
  const at = new Date('2026-03-01T00:00:00Z');
  const [presumed] = await writeEntries(store.database, id, [
    { occurredAt: at, outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1n },
    { occurredAt: at, credits: 1n },
    { occurredAt: at, charge: 'ALREADY_UNLOCKED', credits: 0n, saved: 1n },
    { occurredAt: at, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0n },
    { occurredAt: at, outcome: 'REFUSED', charge: 'NONE', credits: 0n },
    { occurredAt: at, outcome: 'FAILED', charge: 'NONE', credits: 0n },
  ]);
  await writeEntries(store.database, id, [
    {
      occurredAt: at,
      kind: 'CORRECTION',
      correctsEntryId: presumed!,
      outcome: 'NOT_FOUND',
      charge: 'NOT_FOUND',
      credits: -1n,
    },
  ]);
  const { totals } = await readUsage(store, as.VIEWER, year);
  expect(totals).toEqual({
    lookups: 6n,
    attempts: 6n,
    found: 2n,
    notFound: 1n,
    refused: 1n,
    failed: 1n,
    unknown: 1n,
    fromSnapshot: 0n,
    creditsCharged: 1n,
    creditsSaved: 1n,
    latencies: noUsage.latencies,
  });
});

it('counts one lookup and three attempts when a lookup has three steps', async () => {
  const { id, as } = await createWorkspace(store.database);
  const lookup = { occurredAt: new Date('2026-03-01T00:00:00Z'), lookupId: newId() };
  await writeEntries(store.database, id, [
    { ...lookup, step: 1, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0n },
    { ...lookup, step: 2, outcome: 'FAILED', charge: 'NONE', credits: 0n, provider: 'PEOPLE_DATA_LABS' },
    { ...lookup, step: 3, provider: 'APOLLO' },
  ]);
  const { totals, rows } = await readUsage(store, as.VIEWER, { ...year, groupBy: ['PROVIDER'] });
  expect(totals).toMatchObject({ lookups: 1n, attempts: 3n, found: 1n, notFound: 1n, failed: 1n });
  expect(rows.map(({ provider, lookups, attempts }) => [provider, lookups, attempts])).toEqual([
    ['APOLLO', 0n, 1n],
    ['FIRMABLE', 1n, 1n],
    ['PEOPLE_DATA_LABS', 0n, 1n],
  ]);
});

it('reads stored sums when a period has whole quarters of an hour', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    { occurredAt: new Date('2026-03-01T00:14:59.999Z'), credits: 1n },
    { occurredAt: new Date('2026-03-01T00:15:00Z'), credits: 10n },
  ]);
  await store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from entries where workspace_id = ${id}`;
  });
  const charged = async (from: string) =>
    (await readUsage(store, as.VIEWER, { ...year, from: new Date(from) })).totals.creditsCharged;
  expect(await charged('2026-03-01T00:00:00Z')).toBe(11n);
  expect(await charged('2026-03-01T00:00:00.001Z')).toBe(10n);
});

it('includes the first instant of a period and excludes its end', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    { occurredAt: year.from, credits: 1n },
    { occurredAt: new Date(year.to.getTime() - 1), credits: 10n },
    { occurredAt: year.to, credits: 100n },
    { occurredAt: new Date(year.from.getTime() - 1), credits: 1_000n },
  ]);
  expect((await readUsage(store, as.VIEWER, year)).totals.creditsCharged).toBe(11n);
});

it('returns exact sums when they exceed a floating-point number', async () => {
  const { id, as } = await createWorkspace(store.database);
  const credits = 9_007_199_254_740_993n;
  const at = new Date('2026-03-01T00:00:00Z');
  await writeEntries(store.database, id, [
    { occurredAt: at, credits },
    { occurredAt: at, credits },
  ]);
  expect((await readUsage(store, as.VIEWER, year)).totals.creditsCharged).toBe(18_014_398_509_481_986n);
});

it('returns one row for each label when the report is grouped by it', async () => {
  const { id, as } = await createWorkspace(store.database);
  const [connectionId, tokenId] = [newId(), newId()];
  const at = new Date('2026-03-01T00:00:00Z');
  const labels = {
    connectionId,
    tokenId,
    workflow: 'w',
    provider: 'APOLLO',
    operation: 'PERSON',
    payer: 'CALLER_KEY',
  };
  await writeEntries(store.database, id, [{ occurredAt: at, ...labels, outcome: 'NOT_FOUND' }]);
  const { rows } = await readUsage(store, as.VIEWER, { ...year, groupBy: usageDimensions });
  expect(rows).toMatchObject([{ ...labels, outcome: 'NOT_FOUND', startsAt: at, lookups: 1n }]);
  const [row] = (await readUsage(store, as.VIEWER, { ...year, groupBy: ['WORKFLOW'] })).rows;
  expect(row).toMatchObject({
    workflow: 'w',
    connectionId: null,
    tokenId: null,
    provider: null,
    startsAt: null,
  });
});

it('returns only matching lookups when a filter is given', async () => {
  const { id, as } = await createWorkspace(store.database);
  const at = new Date('2026-03-01T00:00:00Z');
  await writeEntries(store.database, id, [
    { occurredAt: at, workflow: 'a', credits: 1n },
    { occurredAt: at, workflow: 'b', credits: 10n },
    { occurredAt: at, sandbox: true, credits: 100n },
  ]);
  const charged = async (filter: UsageInput['filter']) =>
    (await readUsage(store, as.VIEWER, { ...year, filter })).totals.creditsCharged;
  expect(await charged({ workflow: 'b' })).toBe(10n);
  expect(await charged({ sandbox: false })).toBe(11n);
  expect(await charged({ workflow: 'c' })).toBe(0n);
  expect(await charged({ workflow: ['a', 'b'] })).toBe(11n);
  expect(await charged({ workflow: ['a', 'c'], provider: 'FIRMABLE', charge: ['CHARGED', 'FREE'] })).toBe(1n);
  expect(await charged({ connectionId: ['con_1'] })).toBe(0n);
  expect(await charged({ workflow: ' b ' })).toBe(10n);
  expect(await charged({ workflow: ['a\0', 'b'] })).toBe(10n);
  expect(await charged({ workflow: 'a\0' })).toBe(0n);
});

it.each([
  ['an empty list', { workflow: [] }],
  ['a list of more than 100 values', { tokenId: Array.from({ length: 101 }, () => newId()) }],
])('refuses a filter when it is by %s', async (_, filter) => {
  const { as } = await createWorkspace(store.database);
  await expect(readUsage(store, as.VIEWER, { ...year, filter })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'A list in a filter takes 1 to 100 values: omit it to match all.',
  });
});

it.each([
  ['timeZone', { timeZone: 'Mars/Olympus' }],
  ['timeZone', { timeZone: '+02:00' }],
  ['timeZone', { timeZone: 'CET' }],
  ['timeZone', { timeZone: 'IST' }],
  ['timeZone', { timeZone: "UTC' or true" }],
  ['to', { to: year.from }],
  ['from', { from: new Date(Number.NaN) }],
])('returns BAD_REQUEST when "%s" is malformed', async (field, input) => {
  const { as } = await createWorkspace(store.database);
  await expect(readUsage(store, as.VIEWER, { ...year, ...input })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    field: [field],
  });
});

it('refuses a report when it has more than 10,000 rows', async () => {
  const { id, as } = await createWorkspace(store.database);
  await store.database.sql`
    insert into entries (
      workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, operation, token_id)
    select ${id}, i, i, ${year.from.toISOString()}::timestamptz, 'FOUND', 'CHARGED', 1, 0, 'COMPANY', i
    from (select gen_random_uuid() as i from generate_series(1, 10001) offset 0) as ids`;
  const byToken = { ...year, groupBy: ['TOKEN'] as const };
  await expect(readUsage(store, as.VIEWER, byToken)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  expect((await readUsage(store, as.VIEWER, year)).totals.lookups).toBe(10_001n);
});

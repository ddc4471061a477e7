import { assert as assertProperty, asyncProperty, constantFrom, subarray } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { readUsage, type UsageInput, usageDimensions } from '../../src/reports/read-usage.js';
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

test('asks are counted by outcome; credits add up over corrections too', async () => {
  const { id, as } = await createWorkspace(store.database);
  const at = new Date('2026-03-01T00:00:00Z');
  const [presumed] = await writeEntries(store.database, id, [
    { at, outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1n },
    { at, credits: 1n },
    { at, charge: 'ALREADY_UNLOCKED', credits: 0n, saved: 1n },
    { at, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0n },
    { at, outcome: 'REFUSED', charge: 'NONE', credits: 0n },
    { at, outcome: 'FAILED', charge: 'NONE', credits: 0n },
  ]);
  await writeEntries(store.database, id, [
    { at, kind: 'CORRECTION', refersTo: presumed!, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: -1n },
  ]);
  const { totals } = await readUsage(store, as.VIEWER, year);
  expect(totals).toEqual({
    asks: 6n,
    found: 2n,
    notFound: 1n,
    refused: 1n,
    failed: 1n,
    unknown: 1n,
    creditsCharged: 1n,
    creditsSaved: 1n,
  });
});

test('a period takes its first instant in and leaves its last one out', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    { at: year.from, credits: 1n },
    { at: new Date(year.to.getTime() - 1), credits: 10n },
    { at: year.to, credits: 100n },
    { at: new Date(year.from.getTime() - 1), credits: 1_000n },
  ]);
  expect((await readUsage(store, as.VIEWER, year)).totals.creditsCharged).toBe(11n);
});

test('sums are exact beyond what a floating-point number holds', async () => {
  const { id, as } = await createWorkspace(store.database);
  const credits = 9_007_199_254_740_993n;
  const at = new Date('2026-03-01T00:00:00Z');
  await writeEntries(store.database, id, [
    { at, credits },
    { at, credits },
  ]);
  expect((await readUsage(store, as.VIEWER, year)).totals.creditsCharged).toBe(18_014_398_509_481_986n);
});

test('rows are told apart by every label that is grouped by, and by no other', async () => {
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
  await writeEntries(store.database, id, [{ at, ...labels, outcome: 'NOT_FOUND' }]);
  const { rows } = await readUsage(store, as.VIEWER, { ...year, groupBy: usageDimensions });
  expect(rows).toMatchObject([{ ...labels, outcome: 'NOT_FOUND', startsAt: at, asks: 1n }]);
  const [row] = (await readUsage(store, as.VIEWER, { ...year, groupBy: ['WORKFLOW'] })).rows;
  expect(row).toMatchObject({
    workflow: 'w',
    connectionId: null,
    tokenId: null,
    provider: null,
    startsAt: null,
  });
});

test('a filter narrows the report to its own', async () => {
  const { id, as } = await createWorkspace(store.database);
  const at = new Date('2026-03-01T00:00:00Z');
  await writeEntries(store.database, id, [
    { at, workflow: 'a', credits: 1n },
    { at, workflow: 'b', credits: 10n },
    { at, sandbox: true, credits: 100n },
  ]);
  const charged = async (filter: UsageInput['filter']) =>
    (await readUsage(store, as.VIEWER, { ...year, filter })).totals.creditsCharged;
  expect(await charged({ workflow: 'b' })).toBe(10n);
  expect(await charged({ sandbox: false })).toBe(11n);
  expect(await charged({ workflow: 'c' })).toBe(0n);
});

const starts = async (timeZone: string, groupBy: UsageInput['groupBy'], instants: string[]) => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(
    store.database,
    id,
    instants.map((at) => ({ at: new Date(at) })),
  );
  const { rows } = await readUsage(store, as.VIEWER, { ...year, timeZone, groupBy });
  return rows.map(({ startsAt, asks }) => [startsAt?.toISOString().slice(0, 16), Number(asks)]);
};

describe('buckets start by the clocks of the time zone', () => {
  test('a day in Sydney, on the night its clocks go forward, has 23 hours', async () => {
    const instants = [
      '2026-10-03T13:59:59Z',
      '2026-10-03T14:00:00Z',
      '2026-10-04T12:59:59Z',
      '2026-10-04T13:00:00Z',
    ];
    expect(await starts('Australia/Sydney', ['DAY'], instants)).toEqual([
      ['2026-10-02T14:00', 1],
      ['2026-10-03T14:00', 2],
      ['2026-10-04T13:00', 1],
    ]);
  });

  test('the hour that comes twice when clocks go back is two hours', async () => {
    const instants = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'];
    expect(await starts('America/New_York', ['HOUR'], instants)).toEqual([
      ['2026-11-01T05:00', 1],
      ['2026-11-01T06:00', 1],
    ]);
  });

  test('a day on which midnight comes twice starts with the first, and keeps its hours apart', async () => {
    const instants = [
      '2026-11-01T03:59:59Z',
      '2026-11-01T04:30:00Z',
      '2026-11-01T05:30:00Z',
      '2026-11-01T17:00:00Z',
    ];
    expect(await starts('America/Havana', ['DAY'], instants)).toEqual([
      ['2026-10-31T04:00', 1],
      ['2026-11-01T04:00', 3],
    ]);
    expect(await starts('America/Havana', ['HOUR', 'DAY'], instants)).toEqual([
      ['2026-11-01T03:00', 1],
      ['2026-11-01T04:00', 1],
      ['2026-11-01T05:00', 1],
      ['2026-11-01T17:00', 1],
    ]);
  });

  test('hours start by the half hour where the zone does', async () => {
    expect(await starts('Asia/Kolkata', ['HOUR'], ['2026-05-01T00:29:00Z', '2026-05-01T00:31:00Z'])).toEqual([
      ['2026-04-30T23:30', 1],
      ['2026-05-01T00:30', 1],
    ]);
  });

  test('weeks start on Monday, and by week and month a straddling week is parted', async () => {
    const instants = [
      '2026-06-29T00:00:00Z',
      '2026-06-30T23:59:00Z',
      '2026-07-01T00:00:00Z',
      '2026-07-05T23:59:00Z',
    ];
    expect(await starts('UTC', ['WEEK'], instants)).toEqual([['2026-06-29T00:00', 4]]);
    expect(await starts('UTC', ['WEEK', 'MONTH'], instants)).toEqual([
      ['2026-06-29T00:00', 2],
      ['2026-07-01T00:00', 2],
    ]);
  });
});

const sums = [
  'asks',
  'found',
  'notFound',
  'refused',
  'failed',
  'unknown',
  'creditsCharged',
  'creditsSaved',
] as const;

test('the parts add up: in every zone and grouping the rows sum to the same totals', async () => {
  const { id, as } = await createWorkspace(store.database);
  const outcomes = ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'] as const;
  await writeEntries(
    store.database,
    id,
    Array.from({ length: 400 }, (_, index) => ({
      at: new Date(year.from.getTime() + index * 21 * 3_600_000),
      outcome: outcomes[index % 5] ?? 'FOUND',
      kind: index % 7 === 0 ? ('CORRECTION' as const) : ('ASK' as const),
      credits: BigInt((index % 11) - 2),
      saved: BigInt(index % 3),
      workflow: index % 4 === 0 ? null : `w${index % 4}`,
      payer: index % 6 === 0 ? null : 'CONNECTION',
    })),
  );
  const { totals } = await readUsage(store, as.VIEWER, year);
  const zones = ['UTC', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kathmandu', 'Pacific/Chatham'];
  await assertProperty(
    asyncProperty(constantFrom(...zones), subarray([...usageDimensions]), async (timeZone, groupBy) => {
      const report = await readUsage(store, as.VIEWER, { ...year, timeZone, groupBy });
      expect(report.totals).toEqual(totals);
      for (const sum of sums) {
        expect(report.rows.reduce((total, row) => total + row[sum], 0n)).toBe(totals[sum]);
      }
      const groups = report.rows.map(
        ({ startsAt, connectionId, provider, operation, workflow, tokenId, outcome, payer }) =>
          JSON.stringify([startsAt, connectionId, provider, operation, workflow, tokenId, outcome, payer]),
      );
      expect(new Set(groups).size).toBe(groups.length);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['timeZone', { timeZone: 'Mars/Olympus' }],
  ['timeZone', { timeZone: '+02:00' }],
  ['timeZone', { timeZone: "UTC' or true" }],
  ['to', { to: year.from }],
  ['from', { from: new Date(Number.NaN) }],
])('a bad "%s" is a bad request', async (field, input) => {
  const { as } = await createWorkspace(store.database);
  await expect(readUsage(store, as.VIEWER, { ...year, ...input })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    field: [field],
  });
});

test('a report of more than 10,000 rows is refused, not cut', async () => {
  const { id, as } = await createWorkspace(store.database);
  for (let part = 0; part < 11; part++) {
    const rows = Array.from({ length: 1_000 }, () => ({ at: year.from, tokenId: newId() }));
    await writeEntries(store.database, id, part === 10 ? rows.slice(0, 1) : rows);
  }
  const byToken = { ...year, groupBy: ['TOKEN'] as const };
  await expect(readUsage(store, as.VIEWER, byToken)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  expect((await readUsage(store, as.VIEWER, year)).totals.asks).toBe(10_001n);
});

import { sql } from 'drizzle-orm';
import {
  assert as assertProperty,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  pre,
  record,
  subarray,
} from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entries } from '../../schema/tables/index.js';
import type { Caller } from '../../src/access/caller.js';
import { newId } from '../../src/platform/ids.js';
import { type EntryFilter, matchingEntries, optionalLabels } from '../../src/usage/entry-filter.js';
import {
  readUsage,
  type UsageDimension,
  usageDimensions,
  type UsagePeriod,
  type UsageRow,
} from '../../src/usage/read-usage.js';
import { rollUpUsage } from '../../src/usage/roll-up-usage.js';
import { addUsage, noUsage, usageSums } from '../../src/usage/usage-sums.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { plainUsage } from './plain-usage.js';
import { writeEntries } from './setup.js';

/** Instants around which clocks change or dates begin. */
const nights = [
  '2026-10-03T16:00:00Z', // Sydney goes forward
  '2026-10-03T15:30:00Z', // Lord Howe goes forward by half an hour
  '2026-04-04T15:00:00Z', // and back
  '2026-11-01T05:00:00Z', // Havana goes back over midnight
  '2026-03-08T05:00:00Z', // and forward over it: that day has none
  '2026-09-26T14:00:00Z', // Chatham, a quarter off, goes forward
  '2026-06-30T18:15:00Z', // a month begins in Kathmandu
  '2011-03-13T03:31:00Z', // St. John's went forward at a minute past midnight
  '2010-11-07T02:31:00Z', // and back
  '2011-12-30T10:00:00Z', // Apia left a day out
  '1972-01-07T00:44:30Z', // Monrovia gave up its local mean time
  '1968-06-01T00:44:30Z', // which it still had
].map((night) => new Date(night).getTime());

const zones = [
  'UTC',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'America/Havana',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Monrovia',
];

let store: TestDatabase;
let workspaceId = '';
let caller: Caller;
beforeAll(async () => {
  store = await createTestDatabase();
  const workspace = await createWorkspace(store.database);
  workspaceId = workspace.id;
  caller = workspace.as.VIEWER;
  const connections = [newId(), newId()];
  const tokens = [newId(), newId()];
  const outcomes = ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'] as const;
  const steps = [-7_200_000, -1_800_000, -900_000, -60_000, -1, 0, 1, 29_000, 900_000, 3_599_999, 7_300_000];
  const rows = nights.flatMap((night, place) =>
    steps.flatMap((distance, index) =>
      [0, 1, 2].map((copy) => ({
        occurredAt: new Date(night + distance + copy * 3),
        outcome: outcomes[(place + index + copy) % 5] ?? 'FOUND',
        kind: (index + copy) % 9 === 8 ? ('CORRECTION' as const) : ('LOOKUP' as const),
        step: 1 + ((index * copy) % 3),
        credits: BigInt(((place + index) % 7) - 1),
        saved: BigInt(copy),
        provider: copy === 0 ? null : index % 2 === 0 ? 'APOLLO' : 'FIRMABLE',
        operation: index % 3 === 0 ? 'PERSON' : 'COMPANY',
        workflow: copy === 2 ? null : `w${index % 2}`,
        connectionId: connections[(index + copy) % 3] ?? null,
        tokenId: tokens[index % 2] ?? newId(),
        payer: copy === 0 ? null : 'CONNECTION',
        sandbox: (place + copy) % 5 === 0,
        fromSnapshot: index % 4 === 0,
        latencyMs: [0, 1, 2, 3, 1024, 1025, 65_536, 70_000][(index + place) % 8] ?? 0,
      })),
    ),
  );
  // Some are in the rollups, some come late for them, and some are later than they reach.
  const until = new Date('2026-10-03T16:00:00Z');
  await writeEntries(
    store.database,
    workspaceId,
    rows.filter((_, at) => at % 3 !== 0),
  );
  await rollUpUsage(store.database.sql, { until, stopping: new AbortController().signal });
  await writeEntries(
    store.database,
    workspaceId,
    rows.filter((_, at) => at % 3 === 0),
  );
});
afterAll(() => store.close());

/** A period around a night: with whole quarters or not, from a millisecond to sixteen years. */
const period = record({
  night: constantFrom(...nights),
  before: constantFrom(1, 60_000, 900_000, 4_000_000, 86_400_000, 2_700_000_000),
  lengthMs: constantFrom(
    1,
    800_000,
    900_000,
    5_400_000,
    8_000_001,
    180_000_000,
    2_592_000_000,
    500_000_000_000,
  ),
  aligned: boolean(),
  shift: integer({ min: -900_000, max: 900_000 }),
}).map(({ night, before, lengthMs, aligned, shift }) => {
  const unit = aligned ? 900_000 : 1;
  const from = Math.floor((night - before + shift) / unit) * unit;
  return {
    from: new Date(from),
    to: new Date(Math.max(Math.floor((from + lengthMs) / unit) * unit, from + unit)),
  };
});

const filters = [
  { filter: {}, where: sql`true` },
  { filter: { workflow: ['w0', 'w1'] }, where: sql`workflow in ('w0', 'w1')` },
  { filter: { outcome: 'FOUND' as const, sandbox: false }, where: sql`outcome = 'FOUND' and not sandbox` },
  {
    filter: { provider: 'APOLLO', payer: ['CONNECTION'] },
    where: sql`provider = 'APOLLO' and payer = 'CONNECTION'`,
  },
  { filter: { charge: ['CHARGED' as const] }, where: sql`charge = 'CHARGED'` },
  { filter: { without: ['WORKFLOW', 'PAYER'] as const }, where: sql`workflow is null and payer is null` },
  {
    filter: { workflow: ['w0'], without: ['WORKFLOW', 'PROVIDER'] as const },
    where: sql`(workflow = 'w0' or workflow is null) and provider is null`,
  },
];

const labelOf: Record<string, (row: UsageRow) => string | boolean | null> = {
  CONNECTION: (row) => row.connectionId,
  PROVIDER: (row) => row.provider,
  OPERATION: (row) => row.operation,
  WORKFLOW: (row) => row.workflow,
  TOKEN: (row) => row.tokenId,
  OUTCOME: (row) => row.outcome,
  PAYER: (row) => row.payer,
  SANDBOX: (row) => row.sandbox,
};

it('returns what a plain GROUP BY returns when periods, time zones, groupings and filters are random', async () => {
  await assertProperty(
    asyncProperty(
      period,
      constantFrom(...zones),
      subarray([...usageDimensions]),
      constantFrom(...filters),
      async ({ from, to }, timeZone, groupBy, { filter, where }) => {
        // When St. John's went back at a minute past midnight, one of its hours was in two days and then in the first
        // again. A group has one start, so the two are one group there.
        const units = groupBy.filter((dimension) => !(dimension in labelOf));
        pre(timeZone !== 'America/St_Johns' || units.length < 2 || !units.includes('HOUR'));
        const report = await readUsage(store, caller, { from, to, timeZone, groupBy, filter });
        const lines = report.rows.map((row) =>
          JSON.stringify({
            labels: groupBy.flatMap(
              (dimension) => labelOf[dimension]?.(row) ?? (dimension in labelOf ? [null] : []),
            ),
            ...Object.fromEntries(usageSums.map((sum) => [sum, Number(row[sum])])),
            latencies: row.latencies,
          }),
        );
        const plain = await plainUsage(store.database, { workspaceId, from, to, timeZone, groupBy, where });
        expect(lines.map(sorted).toSorted()).toEqual(plain.map(sorted).toSorted());
        expect(report.totals).toEqual(report.rows.reduce(addUsage, noUsage));
        const starts = report.rows.map(({ startsAt }) => startsAt?.getTime() ?? Number.NEGATIVE_INFINITY);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(starts.every((start) => start < to.getTime())).toBe(true);
      },
    ),
    { numRuns: 120 },
  );
}, 120_000);

/** The filter of the entries behind a row. */
const behind = (row: UsageRow, report: UsagePeriod, groupBy: readonly UsageDimension[]): EntryFilter => {
  const without = optionalLabels.filter((label) => groupBy.includes(label) && labelOf[label]?.(row) === null);
  return {
    from: new Date(Math.max(row.startsAt?.getTime() ?? Number.NEGATIVE_INFINITY, report.from.getTime())),
    to: new Date(Math.min(row.endsAt?.getTime() ?? Number.POSITIVE_INFINITY, report.to.getTime())),
    connectionId: row.connectionId,
    provider: row.provider,
    operation: row.operation,
    workflow: row.workflow,
    tokenId: row.tokenId,
    outcome: row.outcome,
    payer: row.payer,
    sandbox: row.sandbox,
    without,
  };
};

it('lists entries that add up to a row when periods, time zones and groupings are random', async () => {
  // In these, long ago, a unit was in two pieces, or began inside another.
  const whole = zones.filter((zone) => zone !== 'America/St_Johns' && zone !== 'Africa/Monrovia');
  await assertProperty(
    asyncProperty(
      period,
      constantFrom(...whole),
      subarray([...usageDimensions], { minLength: 1, maxLength: 3 }),
      async ({ from, to }, timeZone, groupBy) => {
        const report = await readUsage(store, caller, { from, to, timeZone, groupBy, filter: {} });
        const every = Math.ceil(report.rows.length / 5);
        for (const row of report.rows.filter((_, at) => at % every === 0)) {
          const filter = behind(row, report, groupBy);
          const [sums] = await store.database.db
            .select({
              attempts: sql<string>`count(*) filter (where kind = 'LOOKUP')`,
              creditsCharged: sql<string>`sum(credits)`,
              creditsSaved: sql<string>`sum(saved)`,
            })
            .from(entries)
            .where(matchingEntries(caller, filter));
          const { attempts, creditsCharged, creditsSaved } = row;
          const expected = [attempts, creditsCharged, creditsSaved].map(String);
          expect(Object.values(sums ?? {})).toEqual(expected);
        }
        const withTime = report.rows.filter(({ startsAt }) => startsAt !== null);
        expect(withTime.every(({ startsAt, endsAt }) => startsAt! < endsAt! && endsAt! > from)).toBe(true);
      },
    ),
    { numRuns: 120 },
  );
}, 120_000);

/** A line of JSON with its keys sorted. */
const sorted = (line: string): string => {
  const fields: object = JSON.parse(line);
  return JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

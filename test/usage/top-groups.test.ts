import { assert as assertProperty, asyncProperty, constantFrom, integer, subarray } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { newId } from '../../src/platform/ids.js';
import { readUsage, type UsageDimension, type UsageRow } from '../../src/usage/read-usage.js';
import { rollUpUsage } from '../../src/usage/roll-up-usage.js';
import { topMeasures } from '../../src/usage/top-groups.js';
import { addUsage, noUsage, type UsageTotals } from '../../src/usage/usage-sums.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
let caller: Caller;
const from = new Date('2026-03-01T00:00:00Z');
const to = new Date('2026-03-08T00:00:00Z');
beforeAll(async () => {
  store = await createTestDatabase();
  const workspace = await createWorkspace(store.database);
  caller = workspace.as.VIEWER;
  const tokens = [newId(), newId(), newId()];
  await writeEntries(
    store.database,
    workspace.id,
    Array.from({ length: 400 }, (_, at) => ({
      occurredAt: new Date(from.getTime() + ((at * 7_919) % 604_800) * 1_000),
      workflow: at % 11 === 0 ? null : `w${(at * at) % 9}`,
      tokenId: tokens[at % 3] ?? newId(),
      payer: at % 4 === 0 ? null : 'CONNECTION',
      outcome: (['FOUND', 'NOT_FOUND', 'UNKNOWN'] as const)[at % 3] ?? 'FOUND',
      credits: BigInt((at % 5) - 1),
      saved: BigInt(at % 4),
      latencyMs: 1 << (at % 18),
      step: 1 + (at % 2),
    })),
  );
  const until = new Date('2026-03-05T00:00:00Z');
  await rollUpUsage(store.database.sql, { until, stopping: new AbortController().signal });
});
afterAll(() => store.close());

const labels = ['WORKFLOW', 'TOKEN', 'PAYER', 'OUTCOME'] as const satisfies readonly UsageDimension[];

/** What identifies a group: its labels, without its time. */
const groupOf = ({ workflow, tokenId, payer, outcome }: UsageRow): string =>
  JSON.stringify([workflow, tokenId, payer, outcome]);

const sumsOf = (row: UsageTotals): UsageTotals => addUsage(noUsage, row);

const sumBy = (rows: readonly UsageRow[], keyOf: (row: UsageRow) => string): Map<string, UsageTotals> => {
  const sums = new Map<string, UsageTotals>();
  for (const row of rows) sums.set(keyOf(row), addUsage(sums.get(keyOf(row)) ?? noUsage, row));
  return sums;
};

const timeOf = ({ startsAt }: UsageRow): string => startsAt?.toISOString() ?? '';

it('returns the largest groups as they are, and the sums of the others for each time', async () => {
  await assertProperty(
    asyncProperty(
      subarray(['DAY', 'WEEK'] as const),
      subarray([...labels], { minLength: 1 }),
      integer({ min: 1, max: 12 }),
      constantFrom(...topMeasures),
      constantFrom('UTC', 'Australia/Sydney', 'Asia/Kathmandu'),
      constantFrom({}, { outcome: 'FOUND' as const }, { charge: ['CHARGED' as const] }),
      async (units, by, groups, measure, timeZone, filter) => {
        const input = { from, to, timeZone, filter, groupBy: [...units, ...by] };
        const all = await readUsage(store, caller, input);
        const report = await readUsage(store, caller, { ...input, top: { groups, by: measure } });
        expect(report.totals).toEqual(all.totals);

        const own = report.rows.filter(({ others }) => others === null);
        const others = report.rows.filter((row) => row.others !== null);
        const shown = new Set(own.map(groupOf));
        const sums = sumBy(all.rows, groupOf);
        expect(shown.size).toBe(Math.min(groups, sums.size));
        const sumsOfThe = (isShown: boolean): number[] =>
          [...sums].filter(([group]) => shown.has(group) === isShown).map(([, sum]) => Number(sum[measure]));
        expect(Math.min(...sumsOfThe(true))).toBeGreaterThanOrEqual(Math.max(...sumsOfThe(false)));

        expect(own).toEqual(all.rows.filter((row) => shown.has(groupOf(row))));
        const rest = all.rows.filter((row) => !shown.has(groupOf(row)));
        expect(new Map(others.map((row) => [timeOf(row), sumsOf(row)]))).toEqual(sumBy(rest, timeOf));
        for (const row of others) {
          expect(row).toMatchObject({
            others: sums.size - groups,
            workflow: null,
            tokenId: null,
            payer: null,
          });
        }
        expect(report.rows.map(timeOf)).toEqual(report.rows.map(timeOf).toSorted());
      },
    ),
    { numRuns: 80 },
  );
}, 60_000);

describe('a report with top', () => {
  const top = { groups: 2, by: 'lookups' } as const;
  const report = { from, to, timeZone: 'UTC', filter: {} };

  it('has one row for each time without labels', async () => {
    const plain = await readUsage(store, caller, { ...report, groupBy: ['DAY'] });
    expect(await readUsage(store, caller, { ...report, groupBy: ['DAY'], top })).toEqual(plain);
  });

  it('has few rows where the groups would be too many', async () => {
    const workspace = await createWorkspace(store.database, 'many');
    const many = Array.from({ length: 10_050 }, (_, at) => ({ occurredAt: from, workflow: `many ${at}` }));
    for (let at = 0; at < many.length; at += 2_010) {
      await writeEntries(store.database, workspace.id, many.slice(at, at + 2_010));
    }
    const wanted = { ...report, groupBy: ['DAY', 'WORKFLOW'] as const };
    await expect(readUsage(store, workspace.as.VIEWER, wanted)).rejects.toThrow('largest groups with "top"');
    const { rows, totals } = await readUsage(store, workspace.as.VIEWER, { ...wanted, top });
    expect(rows.map(({ lookups, others }) => [lookups, others])).toEqual([
      [1n, null],
      [1n, null],
      [10_048n, 10_048],
    ]);
    expect(totals.lookups).toBe(10_050n);
  });

  it.each([0, 1_001, 1.5])('of %s groups is refused', async (groups) => {
    await expect(
      readUsage(store, caller, { ...report, groupBy: ['WORKFLOW'], top: { ...top, groups } }),
    ).rejects.toThrow('"top" takes 1 to 1000 groups.');
  });

  it('and chargeback is refused', async () => {
    await expect(
      readUsage(store, caller, { ...report, groupBy: ['WORKFLOW'], chargeback: true, top }),
    ).rejects.toThrow('omit "top"');
  });
});

import { describe, expect, it } from 'vitest';
import { mergeChanges, readLimit, readThresholds } from '../../src/dashboard/pages/budgets/budget-input.js';
import { currentPeriod } from '../../src/dashboard/pages/budgets/budget-period.js';

it.each([
  ['500', 500],
  ['0', 0],
  ['1,500', 1_500],
  ['10 000', 10_000],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['0x10', null],
  ['ten', null],
  ['2147483647', 2_147_483_647],
  ['2147483648', null],
  ['9999999999999999', null],
])('reads the limit %j as %j', (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});

it.each([
  ['80, 100', [80, 100]],
  ['100 %;80%  80', [80, 100]],
  ['', []],
  ['80, high', null],
  ['-5', null],
  ['99.5', null],
])('reads the thresholds %j as %j', (text, thresholds) => {
  expect(readThresholds(text)).toEqual(thresholds);
});

describe('what two users change at once', () => {
  const opened = { name: 'A', limit: 100, mode: 'HARD', thresholds: [80, 100] } as const;
  const of = (changes: object) => ({ ...opened, thresholds: [...opened.thresholds], ...changes });

  it('is joined when they change different fields', () => {
    const { merged, conflicts } = mergeChanges(of({}), of({ limit: 200 }), of({ name: 'B' }));
    expect(merged).toEqual(of({ name: 'B', limit: 200 }));
    expect(conflicts).toEqual([]);
  });

  it('is no conflict when they change a field to the same value', () => {
    const { merged, conflicts } = mergeChanges(
      of({}),
      of({ thresholds: [50] }),
      of({ thresholds: [50], mode: 'SOFT' }),
    );
    expect(merged).toEqual(of({ thresholds: [50], mode: 'SOFT' }));
    expect(conflicts).toEqual([]);
  });

  it.each([
    ['limit', 700, 300, '700'],
    ['name', 'Theirs', 'Mine', '"Theirs"'],
    ['thresholds', [], [90], 'none'],
  ])(
    'reports the %s that both changed, and keeps the other fields when it is saved again',
    (field, theirs, mine, shown) => {
      const present = of({ [field]: theirs, ...(field === 'name' ? { limit: 5 } : { name: 'Theirs' }) });
      const typed = of({ [field]: mine });
      const first = mergeChanges(of({}), present, typed);
      expect(first.conflicts.map(({ field: at }) => at)).toEqual([[field]]);
      expect(first.conflicts[0]?.message).toContain(`to ${shown} meanwhile`);
      const again = mergeChanges(first.seen, present, typed);
      expect(again.conflicts).toEqual([]);
      expect(again.merged).toEqual({ ...present, [field]: mine });
    },
  );
});

it.each([
  ['DAY', '2026-10-04T00:30:00+10:00', '2026-10-03T14:00:00.000Z', '2026-10-04T13:00:00.000Z'],
  ['WEEK', '2026-11-29T23:59:59+11:00', '2026-11-22T13:00:00.000Z', '2026-11-29T13:00:00.000Z'],
  ['MONTH', '2026-12-01T00:00:00+11:00', '2026-11-30T13:00:00.000Z', '2026-12-31T13:00:00.000Z'],
] as const)('computes the period of a budget per %s in Sydney', (period, now, startsAt, renewsAt) => {
  const found = currentPeriod(period, 'Australia/Sydney', new Date(now));
  expect(found?.startsAt.toISOString()).toBe(startsAt);
  expect(found?.renewsAt.toISOString()).toBe(renewsAt);
});

it('has no period when a budget is TOTAL', () => {
  expect(currentPeriod('TOTAL', 'UTC', new Date())).toBeNull();
});

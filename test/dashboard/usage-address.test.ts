import { describe, expect, it } from 'vitest';
import { readSlot } from '../../src/dashboard/pages/usage/entries-address.js';
import { measureIn } from '../../src/dashboard/pages/usage/dimensions.js';
import { stackOf } from '../../src/dashboard/pages/usage/stack.js';
import {
  apiFilter,
  readUsageAddress,
  writeUsageAddress,
} from '../../src/dashboard/pages/usage/usage-address.js';
import { formatDifference } from '../../src/dashboard/pages/usage/sums.js';
import { periodOf } from '../../src/dashboard/time/period.js';

const token = 'tok_018f0000-0000-7000-8000-000000000001';
const read = (query: string) => readUsageAddress(new URLSearchParams(query));

describe('the address of the usage page', () => {
  it('is read again as it was written', () => {
    const query = `groupBy=TOKEN,PROVIDER&unit=HOUR&measure=saved&compare=false&workflow=a,b&workflow=R%26D&token=${token}&provider=APOLLO&charge=PRESUMED&without=WORKFLOW,PAYER`;
    const { address, problems } = read(query);
    expect(problems).toEqual([]);
    expect(address).toEqual({
      groupBy: ['TOKEN', 'PROVIDER'],
      unit: 'HOUR',
      measure: 'saved',
      compare: false,
      filters: {
        workflow: ['a,b', 'R&D', null],
        token: [token],
        provider: ['APOLLO'],
        charge: ['PRESUMED'],
        payer: [null],
      },
    });
    const written = new URLSearchParams();
    for (const [name, value] of Object.entries(writeUsageAddress(address)))
      for (const one of value === null ? [] : [value].flat()) written.append(name, one);
    expect(read(written.toString()).address).toEqual(address);
    expect(apiFilter(address.filters, false)).toEqual({
      workflows: ['a,b', 'R&D'],
      tokens: [token],
      providers: ['APOLLO'],
      charges: ['PRESUMED'],
      sandbox: false,
      without: ['WORKFLOW', 'PAYER'],
    });
  });

  it('has nothing in it when all is the default', () => {
    const { address, problems } = read('');
    expect([problems, Object.values(writeUsageAddress(address)).filter((value) => value !== null)]).toEqual([
      [],
      [],
    ]);
    expect(read('groupBy=NONE').address.groupBy).toEqual([]);
  });

  it.each([
    ['groupBy=COLOUR', 1],
    ['groupBy=WORKFLOW,TOKEN,PAYER', 1],
    ['groupBy=workflow', 1],
    ['groupBy=WORKFLOW&groupBy=CONNECTION', 1],
    ['unit=YEAR', 1],
    ['unit=toString', 1],
    ['measure=constructor', 1],
    ['compare=true', 1],
    ['provider=firmable', 1],
    ['provider=', 1],
    ['token=1', 1],
    ['connection=tok_018f0000-0000-7000-8000-000000000001', 1],
    ['without=TOKEN,__proto__', 2],
    ['outcome=FOUND&outcome=LOST', 1],
  ])('reports what is invalid in %s, and leaves it out', (query, count) => {
    expect(read(query).problems).toHaveLength(count);
  });

  it('is the period for a time that is none', () => {
    expect(readSlot(null, null)).toEqual({ slot: null, problem: null });
    const [start, end] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    expect(readSlot(start, end)).toEqual({ slot: { start, end }, problem: null });
    for (const [from, to] of [
      [end, start],
      [start, start],
      [start, null],
      ['yesterday', end],
    ] as const) {
      expect(readSlot(from, to)).toMatchObject({
        slot: null,
        problem: expect.stringContaining('whole period'),
      });
    }
  });
});

it('writes a change with its sign, and no percentage where there was nothing before', () => {
  expect([
    formatDifference(15, 12),
    formatDifference(9, 12),
    formatDifference(5, 5),
    formatDifference(1_200, 0),
    formatDifference(0, 4),
  ]).toEqual(['+3 (+25 %)', '−3 (−25 %)', '±0', '+1,200 (new)', '−4 (−100 %)']);
});

/** A row of the chart, as it is when it shows the credits charged. */
const row = (
  startsAt: string,
  endsAt: string,
  workflow: string | null,
  creditsCharged: number,
  others: number | null = null,
) => ({ startsAt, endsAt, workflow, creditsCharged, others });

describe('the bars of a period', () => {
  const timeZone = 'America/Havana';
  const day = { year: 2026, month: 11, day: 1 };
  const period = periodOf('custom', { first: day, last: { ...day, day: 2 } }, timeZone, new Date());
  // The day has 25 hours.
  const [first, next, last] = [
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
    '2026-11-03T05:00:00.000Z',
  ];

  it('are whole, and have the instants of the report', () => {
    const rows = [row(first, next, 'crm', 4), row(first, next, null, 2), row(next, last, 'crm', 1)];
    const { series, bars } = stackOf(rows, {
      groupBy: ['WORKFLOW'],
      measure: 'charged',
      period: { ...period, unit: 'DAY' },
      timeZone,
    });
    expect(series.map(({ title }) => title)).toEqual(['crm', 'No workflow']);
    expect(bars.map(({ startsAt, endsAt, values }) => [startsAt, endsAt, values])).toEqual([
      [first, next, [4, 2]],
      [next, last, [1, 0]],
    ]);
  });

  it('show the largest groups first, and the others of the report last', () => {
    const rows = [
      row(first, next, null, 10, 4),
      row(first, next, 'crm', 1),
      row(first, next, 'sync', 3),
      row(next, last, null, 5),
    ];
    const wanted = { groupBy: ['WORKFLOW'], measure: 'charged', timeZone } as const;
    const { series, bars } = stackOf(rows, { ...wanted, period: { ...period, unit: 'DAY' } });
    expect(series.map(({ title, colour }) => [title, colour])).toEqual([
      ['No workflow', '--series-1'],
      ['sync', '--series-2'],
      ['crm', '--series-3'],
      ['4 others', '--series-other'],
    ]);
    expect(bars.map(({ values }) => values)).toEqual([
      [0, 3, 1, 10],
      [5, 0, 0, 0],
    ]);
  });

  it('show the last measure while another one is read', () => {
    const rows = [row(first, next, 'crm', 4)];
    expect(measureIn(rows, 'charged')).toBe('charged');
    expect(measureIn(rows, 'lookups')).toBe('charged');
    expect(measureIn([], 'lookups')).toBe('lookups');
  });
});

import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localMidnight, lastRenewal, nextRenewal, renewalsBetween } from '../../src/balances/renewals.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const shown = (dates: readonly Date[]): string[] => dates.map((date) => date.toISOString().slice(0, 16));

describe('a plan renews at the local midnight of its day', () => {
  it.each<[string, number, string, string, string, string[]]>([
    [
      'every month',
      10,
      'UTC',
      '2026-01-10T00:00Z',
      '2026-03-10T00:00Z',
      ['2026-02-10T00:00', '2026-03-10T00:00'],
    ],
    [
      '31st: the last day of shorter months',
      31,
      'UTC',
      '2026-01-31T00:00Z',
      '2026-05-01T00:00Z',
      ['2026-02-28T00:00', '2026-03-31T00:00', '2026-04-30T00:00'],
    ],
    ['29th in a leap year', 29, 'UTC', '2028-01-30T00:00Z', '2028-03-01T00:00Z', ['2028-02-29T00:00']],
    [
      '30th in February of a common year',
      30,
      'UTC',
      '2027-02-01T00:00Z',
      '2027-03-01T00:00Z',
      ['2027-02-28T00:00'],
    ],
    [
      'over the turn of the year',
      1,
      'UTC',
      '2026-11-15T00:00Z',
      '2027-02-01T00:00Z',
      ['2026-12-01T00:00', '2027-01-01T00:00', '2027-02-01T00:00'],
    ],
    [
      'Sydney, on both sides of its summer time',
      1,
      'Australia/Sydney',
      '2026-09-15T00:00Z',
      '2026-11-02T00:00Z',
      ['2026-09-30T14:00', '2026-10-31T13:00'],
    ],
    [
      'half an hour off (Adelaide)',
      1,
      'Australia/Adelaide',
      '2026-06-15T00:00Z',
      '2026-07-15T00:00Z',
      ['2026-06-30T14:30'],
    ],
    [
      'Chatham, three quarters off',
      5,
      'Pacific/Chatham',
      '2026-06-15T00:00Z',
      '2026-07-15T00:00Z',
      ['2026-07-04T11:15'],
    ],
    [
      'a midnight that does not exist (Cairo, clocks forward at 00:00)',
      24,
      'Africa/Cairo',
      '2026-04-01T00:00Z',
      '2026-05-01T00:00Z',
      ['2026-04-23T22:00'],
    ],
    [
      'a midnight that comes twice (Havana, clocks back at 01:00): the first',
      1,
      'America/Havana',
      '2026-10-15T00:00Z',
      '2026-11-15T00:00Z',
      ['2026-11-01T04:00'],
    ],
  ])('%s', (_, renewalDay, timeZone, after, until, renewals) => {
    expect(shown(renewalsBetween({ renewalDay, timeZone }, new Date(after), new Date(until)))).toEqual(
      renewals,
    );
  });

  it('counts the instant itself to the last renewal, not to the next', () => {
    const plan = { renewalDay: 31, timeZone: 'UTC' };
    const at = new Date('2026-02-28T00:00:00Z');
    expect(lastRenewal(plan, at)).toEqual(at);
    expect(nextRenewal(plan, at)).toEqual(new Date('2026-03-31T00:00:00Z'));
    const before = new Date(at.getTime() - 1);
    expect(lastRenewal(plan, before)).toEqual(new Date('2026-01-31T00:00:00Z'));
    expect(nextRenewal(plan, before)).toEqual(at);
  });
});

const zones = [
  'UTC',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Havana',
  'America/St_Johns',
  'Europe/London',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const instants = fc.date({
  min: new Date('2015-01-01T00:00:00Z'),
  max: new Date('2035-01-01T00:00:00Z'),
  noInvalidDate: true,
});

it('returns one renewal per month, and every instant between its last and its next', () => {
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1, max: 31 }),
      fc.constantFrom(...zones),
      (at, renewalDay, timeZone) => {
        const plan = { renewalDay, timeZone };
        const [last, next] = [lastRenewal(plan, at), nextRenewal(plan, at)];
        expect(last <= at && at < next).toBe(true);
        expect(renewalsBetween(plan, last, next)).toEqual([next]);
        const yearLater = new Date(Date.UTC(at.getUTCFullYear() + 1, at.getUTCMonth(), 15));
        const thisYear = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 15));
        expect(renewalsBetween(plan, thisYear, yearLater)).toHaveLength(12);
      },
    ),
    { numRuns: 60 },
  );
});

it('returns the same midnights as PostgreSQL', async () => {
  const days = fc.sample(fc.tuple(instants, fc.constantFrom(...zones)), 300).map(([at, timeZone]) => ({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    timeZone,
  }));
  // The days on which clocks change, where the two could differ.
  days.push(
    { year: 2025, month: 10, day: 5, timeZone: 'Australia/Lord_Howe' },
    { year: 2025, month: 11, day: 2, timeZone: 'America/Havana' },
    { year: 2025, month: 3, day: 9, timeZone: 'America/Havana' },
    { year: 2024, month: 4, day: 26, timeZone: 'Africa/Cairo' },
    { year: 2023, month: 3, day: 26, timeZone: 'Europe/London' },
  );
  const rows = await store.database.db.execute<{ at: string }>(sql`
    select to_json(local_midnight(make_timestamp(d.year, d.month, d.day, 0, 0, 0), d."timeZone")) #>> '{}' as at
    from json_to_recordset(${JSON.stringify(days.map((day, ord) => ({ ...day, ord })))}::text::json)
      as d (ord int, year int, month int, day int, "timeZone" text)
    order by d.ord`);
  const ours = days.map(({ timeZone, ...day }) =>
    localMidnight(Temporal.PlainDate.from(day), timeZone).toISOString(),
  );
  expect(ours).toEqual(rows.map(({ at }) => new Date(at).toISOString()));
});

import { assert, asyncProperty, constantFrom, integer, oneof, record, tuple } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

type Period = 'DAY' | 'WEEK' | 'MONTH' | 'TOTAL';
type Window = { startsAt: Date; endsAt: Date | null };

/** The window as the functions compute it that reserve credits. */
const windowOf = async (period: Period, timeZone: string, at: Date): Promise<Window> => {
  const [row] = await store.database.sql<Window[]>`
    select s.starts_at as "startsAt", period_ends_at(${period}, ${timeZone}, s.starts_at) as "endsAt"
    from period_starts_at(${period}, ${timeZone}, ${at}) as s (starts_at)`;
  return row!;
};
const hourMs = 3_600_000;

describe('a period is cut by the calendar of its time zone', () => {
  test.each<[string, Period, string, string, string, string, number]>([
    ['a plain day', 'DAY', 'UTC', '2026-03-04T10:00Z', '2026-03-04T00:00Z', '2026-03-05T00:00Z', 24],
    ['its first instant', 'DAY', 'UTC', '2026-03-04T00:00Z', '2026-03-04T00:00Z', '2026-03-05T00:00Z', 24],
    [
      'its last instant',
      'DAY',
      'UTC',
      '2026-03-04T23:59:59.999Z',
      '2026-03-04T00:00Z',
      '2026-03-05T00:00Z',
      24,
    ],
    [
      'Sydney, clocks forward',
      'DAY',
      'Australia/Sydney',
      '2026-10-04T01:00Z',
      '2026-10-03T14:00Z',
      '2026-10-04T13:00Z',
      23,
    ],
    [
      'Sydney, clocks back',
      'DAY',
      'Australia/Sydney',
      '2026-04-05T01:00Z',
      '2026-04-04T13:00Z',
      '2026-04-05T14:00Z',
      25,
    ],
    [
      'Lord Howe, half an hour forward',
      'DAY',
      'Australia/Lord_Howe',
      '2026-10-04T01:00Z',
      '2026-10-03T13:30Z',
      '2026-10-04T13:00Z',
      23.5,
    ],
    [
      'Lord Howe, half an hour back',
      'DAY',
      'Australia/Lord_Howe',
      '2026-04-05T01:00Z',
      '2026-04-04T13:00Z',
      '2026-04-05T13:30Z',
      24.5,
    ],
    [
      'New York, clocks forward',
      'DAY',
      'America/New_York',
      '2026-03-08T12:00Z',
      '2026-03-08T05:00Z',
      '2026-03-09T04:00Z',
      23,
    ],
    [
      'New York, clocks back',
      'DAY',
      'America/New_York',
      '2026-11-01T12:00Z',
      '2026-11-01T04:00Z',
      '2026-11-02T05:00Z',
      25,
    ],
    [
      'New York, the hour that comes twice',
      'DAY',
      'America/New_York',
      '2026-11-01T06:30Z',
      '2026-11-01T04:00Z',
      '2026-11-02T05:00Z',
      25,
    ],
    [
      'São Paulo, a day without midnight',
      'DAY',
      'America/Sao_Paulo',
      '2018-11-04T12:00Z',
      '2018-11-04T03:00Z',
      '2018-11-05T02:00Z',
      23,
    ],
    [
      'Apia, before the day that never was',
      'DAY',
      'Pacific/Apia',
      '2011-12-30T09:00Z',
      '2011-12-29T10:00Z',
      '2011-12-30T10:00Z',
      24,
    ],
    ['a week from Monday', 'WEEK', 'UTC', '2026-03-08T23:00Z', '2026-03-02T00:00Z', '2026-03-09T00:00Z', 168],
    ['a Monday', 'WEEK', 'UTC', '2026-03-09T00:00Z', '2026-03-09T00:00Z', '2026-03-16T00:00Z', 168],
    [
      'a week over new year',
      'WEEK',
      'Europe/Berlin',
      '2027-01-01T12:00Z',
      '2026-12-27T23:00Z',
      '2027-01-03T23:00Z',
      168,
    ],
    [
      'a week, clocks forward',
      'WEEK',
      'Australia/Sydney',
      '2026-09-30T00:00Z',
      '2026-09-27T14:00Z',
      '2026-10-04T13:00Z',
      167,
    ],
    [
      'a week, clocks back',
      'WEEK',
      'America/New_York',
      '2026-10-30T00:00Z',
      '2026-10-26T04:00Z',
      '2026-11-02T05:00Z',
      169,
    ],
    [
      'a month, clocks forward',
      'MONTH',
      'Australia/Sydney',
      '2026-10-20T00:00Z',
      '2026-09-30T14:00Z',
      '2026-10-31T13:00Z',
      743,
    ],
    [
      'a month, clocks back',
      'MONTH',
      'America/New_York',
      '2026-11-20T00:00Z',
      '2026-11-01T04:00Z',
      '2026-12-01T05:00Z',
      721,
    ],
    ['a leap February', 'MONTH', 'UTC', '2028-02-29T23:00Z', '2028-02-01T00:00Z', '2028-03-01T00:00Z', 696],
    [
      'a December',
      'MONTH',
      'Asia/Kathmandu',
      '2026-12-31T20:00Z',
      '2026-12-31T18:15Z',
      '2027-01-31T18:15Z',
      744,
    ],
  ])('%s', async (_, period, timeZone, at, startsAt, endsAt, hours) => {
    const window = await windowOf(period, timeZone, new Date(at));
    expect(window).toEqual({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
    expect((window.endsAt!.getTime() - window.startsAt.getTime()) / hourMs).toBe(hours);
  });

  test('TOTAL has one window for all times, without end', async () => {
    for (const at of ['1999-12-31T23:59Z', '2026-06-01T00:00Z', '2999-01-01T00:00Z']) {
      expect(await windowOf('TOTAL', 'Australia/Sydney', new Date(at))).toEqual({
        startsAt: new Date(0),
        endsAt: null,
      });
    }
  });
});

test('at any instant, above all around changes of the clocks, the window is what a calendar of our own says', async () => {
  const zones = [
    'UTC',
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'America/New_York',
    'America/Sao_Paulo',
    'Europe/London',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/Havana',
    'Atlantic/Azores',
  ];
  const [from, to] = [Date.UTC(2005, 0, 1), Date.UTC(2025, 0, 1)];
  const changes = zones.flatMap((timeZone) => changesOfClocks(timeZone, from, to));
  expect(changes.length).toBeGreaterThan(150);
  const anywhere = record({
    timeZone: constantFrom(...zones),
    atMs: integer({ min: from, max: to }),
  });
  const nearChange = tuple(constantFrom(...changes), integer({ min: -36 * hourMs, max: 36 * hourMs })).map(
    ([{ timeZone, atMs }, awayMs]) => ({ timeZone, atMs: atMs + awayMs }),
  );
  await assert(
    asyncProperty(
      oneof(anywhere, nearChange, nearChange),
      constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const),
      async ({ timeZone, atMs }, period) => {
        const keyAt = calendarOf(period, timeZone);
        const key = keyAt(atMs);
        const startMs = firstAfter(atMs - 40 * 24 * hourMs, atMs, (ms) => keyAt(ms) >= key);
        const endMs = firstAfter(atMs, atMs + 40 * 24 * hourMs, (ms) => keyAt(ms) > key);
        expect(await windowOf(period, timeZone, new Date(atMs))).toEqual({
          startsAt: new Date(startMs),
          endsAt: new Date(endMs),
        });
      },
    ),
    { numRuns: 300 },
  );
});

/** The name of the day, week (its Monday) or month that an instant lies in; later ones sort later. */
const calendarOf = (period: 'DAY' | 'WEEK' | 'MONTH', timeZone: string): ((ms: number) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (ms) => {
    const day = format.format(ms);
    if (period === 'DAY') return day;
    if (period === 'MONTH') return day.slice(0, 7);
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.toISOString().slice(0, 10);
  };
};

/** The first millisecond after `low` for which `holds`, by halving; it must hold at `high` and not at `low`. */
const firstAfter = (low: number, high: number, holds: (ms: number) => boolean): number => {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
};

/** The instants, to the hour, at which a zone's offset changed. */
const changesOfClocks = (
  timeZone: string,
  fromMs: number,
  toMs: number,
): { timeZone: string; atMs: number }[] => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
  const found: { timeZone: string; atMs: number }[] = [];
  let before = format.format(fromMs).split(' ').at(-1);
  for (let atMs = fromMs; atMs < toMs; atMs += 24 * hourMs) {
    const offset = format.format(atMs).split(' ').at(-1);
    if (offset !== before) found.push({ timeZone, atMs: atMs - 12 * hourMs });
    before = offset;
  }
  return found;
};

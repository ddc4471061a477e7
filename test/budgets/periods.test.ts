import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  it.each<[string, Period, string, string, string, string, number]>([
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

  it('returns one endless window when the period is TOTAL', async () => {
    for (const at of ['1999-12-31T23:59Z', '2026-06-01T00:00Z', '2999-01-01T00:00Z']) {
      expect(await windowOf('TOTAL', 'Australia/Sydney', new Date(at))).toEqual({
        startsAt: new Date(0),
        endsAt: null,
      });
    }
  });
});

import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilAt,
  mondayOf,
  readCivil,
  startOfDay,
  writeCivil,
} from '../../src/dashboard/time/zone-time.js';

const day = (text: string) => {
  const date = readCivil(text);
  if (date === null) throw new Error(`${text} is no date`);
  return date;
};

describe('a day begins', () => {
  it.each([
    ['at midnight UTC', '2026-03-01', 'UTC', '2026-03-01T00:00:00.000Z'],
    ['before UTC in the east', '2026-03-01', 'Australia/Sydney', '2026-02-28T13:00:00.000Z'],
    ['at a half hour', '2026-03-01', 'Asia/Kolkata', '2026-02-28T18:30:00.000Z'],
    ['at a quarter', '2026-03-01', 'Asia/Kathmandu', '2026-02-28T18:15:00.000Z'],
    ['fourteen hours ahead', '2026-03-01', 'Pacific/Kiritimati', '2026-02-28T10:00:00.000Z'],
    ['on the day clocks go forward', '2026-10-04', 'Australia/Sydney', '2026-10-03T14:00:00.000Z'],
    ['on the day after it', '2026-10-05', 'Australia/Sydney', '2026-10-04T13:00:00.000Z'],
    ['when midnight is skipped, at the skip', '2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['when midnight comes twice, at the first', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('%s', (_, text, timeZone, instant) => {
    expect(startOfDay(day(text), timeZone).toISOString()).toBe(instant);
  });

  it('in every zone, on every day, and the instant before it is the day before', () => {
    assert(
      property(
        constantFrom(...Intl.supportedValuesOf('timeZone')),
        integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }),
        (timeZone, at) => {
          const date = civilAt(new Date(at), timeZone);
          const begins = startOfDay(date, timeZone);
          expect(civilAt(begins, timeZone)).toEqual(date);
          expect(civilAt(new Date(begins.getTime() - 1), timeZone)).toEqual(addDays(date, -1));
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('starts a week on Monday', () => {
  expect(writeCivil(mondayOf(day('2026-11-23')))).toBe('2026-11-23');
  expect(writeCivil(mondayOf(day('2026-11-22')))).toBe('2026-11-16');
});

it.each(['2026-02-30', '2026-13-01', '26-01-01', '', 'today'])('%o is no date', (text) => {
  expect(readCivil(text)).toBeNull();
});

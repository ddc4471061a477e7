import { expect, it } from 'vitest';
import { periodOf } from '../../src/dashboard/time/period.js';
import { slotsOf } from '../../src/dashboard/time/time-slots.js';

const now = new Date('2026-11-23T12:00:00Z');
const custom = (first: [number, number, number], last: [number, number, number]) => ({
  first: { year: first[0], month: first[1], day: first[2] },
  last: { year: last[0], month: last[1], day: last[2] },
});
const nothing = custom([2026, 1, 1], [2026, 1, 1]);

it('every day of a period has its slot, in its order, whether something was asked on it or not', () => {
  const period = periodOf('30d', nothing, 'Australia/Sydney', now);
  const rows = [{ startsAt: '2026-11-20T13:00:00.000Z' }];
  const slots = slotsOf(rows, period, 'Australia/Sydney');
  expect(slots).toHaveLength(30);
  expect(slots.filter(({ row }) => row !== null).map(({ startsAt }) => startsAt.toISOString())).toEqual([
    '2026-11-20T13:00:00.000Z',
  ]);
  expect(slots[0]?.startsAt.toISOString()).toBe('2026-10-24T13:00:00.000Z');
});

it.each([
  ['Australia/Sydney', custom([2026, 10, 4], [2026, 10, 4]), 23],
  ['Australia/Sydney', custom([2026, 4, 5], [2026, 4, 5]), 25],
  ['UTC', custom([2026, 4, 5], [2026, 4, 5]), 24],
  ['Australia/Lord_Howe', custom([2026, 10, 4], [2026, 10, 4]), 24],
  ['Australia/Lord_Howe', custom([2026, 4, 5], [2026, 4, 5]), 25],
])('a day has as many hours as its clocks count: %s %o', (timeZone, dates, hours) => {
  const period = periodOf('custom', dates, timeZone, now);
  expect(period.unit).toBe('HOUR');
  expect(slotsOf([], period, timeZone)).toHaveLength(hours);
});

it.each([
  [custom([2026, 10, 4], [2026, 10, 4]), ['03T14:30', '03T15:30', '03T16:00', '03T17:00']],
  [custom([2026, 4, 5], [2026, 4, 5]), ['04T14:00', '04T15:00', '04T15:30', '04T16:30']],
])('where clocks change by half an hour, the next hour begins with the change: %o', (dates, hours) => {
  const slots = slotsOf([], periodOf('custom', dates, 'Australia/Lord_Howe', now), 'Australia/Lord_Howe');
  const starts = slots.map(({ startsAt }) => startsAt.toISOString().slice(8, 16));
  expect(starts.filter((start) => start >= hours[0]! && start <= hours[3]!)).toEqual(hours);
});

it('a row that falls on no hour of ours keeps a slot of its own, so that no credit is lost', () => {
  const period = periodOf('today', nothing, 'UTC', now);
  const rows = [{ startsAt: '2026-11-23T03:30:00.000Z' }];
  const slots = slotsOf(rows, period, 'UTC');
  expect(slots).toHaveLength(25);
  expect(slots.filter(({ row }) => row !== null)).toHaveLength(1);
});

it('returns twelve slots for twelve months', () => {
  const period = periodOf('12m', nothing, 'America/New_York', now);
  expect(period.unit).toBe('MONTH');
  expect(slotsOf([], period, 'America/New_York')).toHaveLength(12);
});

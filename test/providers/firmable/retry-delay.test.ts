import { expect, test } from 'vitest';
import { askedDelayMs, retryDelayMs } from '../../../src/providers/firmable/retry-delay.js';

const now = new Date('2026-08-01T00:00:00Z');

test.each([
  ['36', '', 36_000],
  [' 0 ', '', 0],
  ['1.5', '', 1_500],
  ['Sat, 01 Aug 2026 00:00:05 GMT', '', 5_000],
  ['Fri, 31 Jul 2026 00:00:00 GMT', '', 0],
  [null, 'Too many requests. Retry in 36s.', 36_000],
  [null, 'retry after 2 minutes', 120_000],
  [null, 'Please try again in 250 ms', 250],
  [null, 'Retry in 7', 7_000],
  ['2', 'Retry in 36s.', 2_000],
  ['soon', 'Retry in 36s.', 36_000],
  ['-5', '', null],
  [null, 'Retry later', null],
  [null, '', null],
])('header %j and text %j ask for %j ms', (header, text, expected) => {
  expect(askedDelayMs(header, text, now)).toBe(expected);
});

test('without a hint the wait doubles, and half of it is chance', () => {
  expect([retryDelayMs(1, null, 0), retryDelayMs(2, null, 0)]).toEqual([125, 250]);
  expect([retryDelayMs(1, null, 0.999), retryDelayMs(2, null, 0.999)]).toEqual([250, 500]);
});

test('a hint is never undercut', () => {
  expect(retryDelayMs(1, 1_000, 0)).toBe(1_000);
  expect(retryDelayMs(3, 1_000, 0.999)).toBe(1_100);
});

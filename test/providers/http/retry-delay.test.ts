import { expect, it } from 'vitest';
import { requestedDelayMs } from '../../../src/providers/firmable/classify-answer.js';
import { retryAfterMs } from '../../../src/platform/retry-after.js';
import { retryDelayMs } from '../../../src/providers/http/retry-delay.js';

const now = new Date('2026-08-01T00:00:00Z');

it.each([
  ['36', 36_000],
  [' 0 ', 0],
  ['1.5', 1_500],
  ['Sat, 01 Aug 2026 00:00:05 GMT', 5_000],
  ['Fri, 31 Jul 2026 00:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('reads the header %j as %j ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});

it.each([
  ['Too many requests. Retry in 36s.', 36_000],
  ['retry after 2 minutes', 120_000],
  ['Please try again in 250 ms', 250],
  ['Retry in 7', 7_000],
  ['Retry later', null],
  ['', null],
])("reads Firmable's text %j as %j ms", (text, expected) => {
  expect(requestedDelayMs(text)).toBe(expected);
});

it('doubles the wait, half of it random, when there is no hint', () => {
  expect([retryDelayMs(1, null, 0), retryDelayMs(2, null, 0)]).toEqual([125, 250]);
  expect([retryDelayMs(1, null, 0.999), retryDelayMs(2, null, 0.999)]).toEqual([250, 500]);
});

it('never waits shorter than a hint', () => {
  expect(retryDelayMs(1, 1_000, 0)).toBe(1_000);
  expect(retryDelayMs(3, 1_000, 0.999)).toBe(1_100);
});

import { expect, test } from 'vitest';
import { createDatabaseClock } from '../../src/rate-limit/database-clock.js';

// The database's clock is a million ahead of ours.
const aheadMs = 1_000_000;
const reading = (askedMs: number, thereMs: number, backMs: number) => ({
  askedMs,
  databaseMs: askedMs + thereMs + aheadMs,
  answeredMs: askedMs + thereMs + backMs,
});

test('is known once an answer came quickly, and no longer when that was long ago', () => {
  const clock = createDatabaseClock();
  expect(clock.isKnown(0)).toBe(false);
  clock.learn(reading(0, 30, 20));
  expect(clock.isKnown(50)).toBe(false);
  clock.learn(reading(50, 1, 2));
  expect(clock.isKnown(60)).toBe(true);
  expect(clock.isKnown(40_000)).toBe(false);
});

test('is known well enough after some answers where none comes quickly', () => {
  const clock = createDatabaseClock();
  for (let count = 0; count < 11; count += 1) clock.learn(reading(count * 50, 20, 20));
  expect(clock.isKnown(600)).toBe(false);
  clock.learn(reading(600, 20, 20));
  expect(clock.isKnown(640)).toBe(true);
});

test('what was slow on the way there or back says nothing of the clock', () => {
  const clock = createDatabaseClock();
  for (const [thereMs, backMs] of [
    [80, 50],
    [1, 2],
    [400, 2],
    [1, 900],
    [300, 300],
  ] as const)
    clock.learn(reading(1_000, thereMs, backMs));
  expect(clock.toOwnMs(aheadMs + 5_000)).toBe(5_002);
});

test.each([
  ['ahead', 60_000],
  ['back', -60_000],
])('a clock that is set %s is known anew', (_, byMs) => {
  const clock = createDatabaseClock();
  for (let count = 0; count < 10; count += 1) clock.learn(reading(count, 1, 1));
  const { askedMs, databaseMs, answeredMs } = reading(100, 1, 3);
  clock.learn({ askedMs, databaseMs: databaseMs + byMs, answeredMs });
  expect(clock.toOwnMs(databaseMs + byMs)).toBe(answeredMs);
});

test('clocks that part slowly are followed', () => {
  const clock = createDatabaseClock();
  for (let second = 0; second < 600; second += 1) {
    const { askedMs, databaseMs, answeredMs } = reading(second * 1_000, 1, 1);
    clock.learn({ askedMs, databaseMs: databaseMs - second * 0.1, answeredMs });
  }
  // The newest is 60 ms off the first; at most what they part in 30 s is lost.
  const errorMs = clock.toOwnMs(600_000 + aheadMs - 60) - 600_000;
  expect(Math.abs(errorMs)).toBeLessThan(6);
});

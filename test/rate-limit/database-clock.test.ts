import { expect, it } from 'vitest';
import { createDatabaseClock } from '../../src/rate-limit/database-clock.js';

// The database's clock is a million ahead of ours.
const aheadMs = 1_000_000;
const reading = (sentMs: number, thereMs: number, backMs: number) => ({
  sentMs,
  databaseMs: sentMs + thereMs + aheadMs,
  receivedMs: sentMs + thereMs + backMs,
});

it('is known after one fast reading, until that is too old', () => {
  const clock = createDatabaseClock();
  expect(clock.isKnown(0)).toBe(false);
  clock.addReading(reading(0, 30, 20));
  expect(clock.isKnown(50)).toBe(false);
  clock.addReading(reading(50, 1, 2));
  expect(clock.isKnown(60)).toBe(true);
  expect(clock.isKnown(40_000)).toBe(false);
});

it('counts as known after twelve readings when none is fast', () => {
  const clock = createDatabaseClock();
  for (let count = 0; count < 11; count += 1) clock.addReading(reading(count * 50, 20, 20));
  expect(clock.isKnown(600)).toBe(false);
  clock.addReading(reading(600, 20, 20));
  expect(clock.isKnown(640)).toBe(true);
});

it('ignores readings that were slow on the way there or back', () => {
  const clock = createDatabaseClock();
  for (const [thereMs, backMs] of [
    [80, 50],
    [1, 2],
    [400, 2],
    [1, 900],
    [300, 300],
  ] as const)
    clock.addReading(reading(1_000, thereMs, backMs));
  expect(clock.toOwnMs(aheadMs + 5_000)).toBe(5_002);
});

it.each([
  ['ahead', 60_000],
  ['back', -60_000],
])('starts again when a clock is set %s', (_, byMs) => {
  const clock = createDatabaseClock();
  for (let count = 0; count < 10; count += 1) clock.addReading(reading(count, 1, 1));
  const { sentMs, databaseMs, receivedMs } = reading(100, 1, 3);
  clock.addReading({ sentMs, databaseMs: databaseMs + byMs, receivedMs });
  expect(clock.toOwnMs(databaseMs + byMs)).toBe(receivedMs);
});

it('follows clocks that drift slowly', () => {
  const clock = createDatabaseClock();
  for (let second = 0; second < 600; second += 1) {
    const { sentMs, databaseMs, receivedMs } = reading(second * 1_000, 1, 1);
    clock.addReading({ sentMs, databaseMs: databaseMs - second * 0.1, receivedMs });
  }
  // The newest differs from the first by 60 ms; at most the drift of 30 s is lost.
  const errorMs = clock.toOwnMs(600_000 + aheadMs - 60) - 600_000;
  expect(Math.abs(errorMs)).toBeLessThan(6);
});

/** One reading of the database's clock: it showed `databaseMs` at some instant between the two others. */
type ClockReading = { sentMs: number; databaseMs: number; receivedMs: number };

/** The database's clock as this process knows it. All instants in milliseconds. */
type DatabaseClock = {
  addReading: (reading: ClockReading) => void;
  /** Whether the recent readings are exact, or as exact as this connection to the database allows. */
  isKnown: (nowMs: number) => boolean;
  /** What this process's own clock (performance.now) shows at an instant of the database's clock. */
  toOwnMs: (databaseMs: number) => number;
};

const exactMs = 4;
const readingsEnough = 12;
const readingsMax = 32;
// Quartz clocks drift by less than 0.1 ms a second; clocks that are being corrected, by 0.5.
const ageMsMax = 30_000;

/**
 * Follows the database's clock by the readings that come from it. The reading with the fastest way back counts: a slow
 * one says nothing about the clock. How long the fastest way back takes cannot be known; the process is late by that
 * much, constantly.
 */
export const createDatabaseClock = (): DatabaseClock => {
  type Bounds = { sentLagMs: number; receivedLagMs: number; readMs: number };
  let readings: Bounds[] = [];
  let lagMs = 0;

  return {
    addReading: ({ sentMs, databaseMs, receivedMs }) => {
      const newest = {
        sentLagMs: sentMs - databaseMs,
        receivedLagMs: receivedMs - databaseMs,
        readMs: receivedMs,
      };
      // One of the clocks was set: the earlier readings do not count.
      const isSet = readings.some(({ receivedLagMs }) => newest.sentLagMs > receivedLagMs);
      const recent = isSet ? [] : readings.filter(({ readMs }) => receivedMs - readMs <= ageMsMax);
      readings = [...recent.slice(1 - readingsMax), newest];
      lagMs = Math.min(...readings.map(({ receivedLagMs }) => receivedLagMs));
    },
    isKnown: (nowMs) => {
      const recent = readings.filter(({ readMs }) => nowMs - readMs <= ageMsMax);
      const earliestMs = Math.max(...recent.map(({ sentLagMs }) => sentLagMs));
      return recent.length >= readingsEnough || lagMs - earliestMs <= exactMs;
    },
    toOwnMs: (databaseMs) => databaseMs + lagMs,
  };
};

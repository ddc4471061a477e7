/** What one question to the database told of its clock: it showed `databaseMs` at some instant between the two others. */
export type ClockReading = { askedMs: number; databaseMs: number; answeredMs: number };

/** The database's clock as this process knows it. All instants in milliseconds. */
export type DatabaseClock = {
  /** Learns from a question that was answered. */
  learn: (reading: ClockReading) => void;
  /** Whether what it known of late is exact, or as exact as this way to the database lets it become. */
  isKnown: (nowMs: number) => boolean;
  /** What this process's own clock (performance.now) shows at an instant of the database's. */
  toOwnMs: (databaseMs: number) => number;
};

const exactMs = 4;
const readingsEnough = 12;
const readingsMax = 32;
// Quartz clocks part by less than 0.1 ms a second; clocks that are being put right, by 0.5.
const ageMsMax = 30_000;

/**
 * Follows the database's clock by the answers that come from it. The answer that came quickest after the clock was read
 * counts: what was slow on the way there or back says nothing of the clock. How long the quickest way back takes cannot
 * be known; the process is late by that much, evenly.
 */
export const createDatabaseClock = (): DatabaseClock => {
  type Known = { askedLagMs: number; answeredLagMs: number; learntMs: number };
  let readings: Known[] = [];
  let lagMs = 0;

  return {
    learn: ({ askedMs, databaseMs, answeredMs }) => {
      const newest = {
        askedLagMs: askedMs - databaseMs,
        answeredLagMs: answeredMs - databaseMs,
        learntMs: answeredMs,
      };
      // One of the clocks was set: nothing that was known before holds.
      const isSet = readings.some(({ answeredLagMs }) => newest.askedLagMs > answeredLagMs);
      const kept = isSet ? [] : readings.filter(({ learntMs }) => answeredMs - learntMs <= ageMsMax);
      readings = [...kept.slice(1 - readingsMax), newest];
      lagMs = Math.min(...readings.map(({ answeredLagMs }) => answeredLagMs));
    },
    isKnown: (nowMs) => {
      const young = readings.filter(({ learntMs }) => nowMs - learntMs <= ageMsMax);
      const earliestMs = Math.max(...young.map(({ askedLagMs }) => askedLagMs));
      return young.length >= readingsEnough || lagMs - earliestMs <= exactMs;
    },
    toOwnMs: (databaseMs) => databaseMs + lagMs,
  };
};

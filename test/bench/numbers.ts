/** One line of the result. `ratio` is against the peer of the same run, so it means something on any machine. */
export type Measured = {
  set: string;
  way: string;
  callers: number;
  /** Whether every lookup counts in one budget. */
  budget: boolean;
  snapshotBytes: number;
  perSecond: number;
  /** The slowest and the fastest round, as parts of the median. */
  spread: string;
  p50Ms: number;
  /** Processor time of a lookup, in this process and in PostgreSQL; 0 where the system does not say. */
  nodeMs: number;
  databaseMs: number;
  ratio: number;
};

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

export const spread = (numbers: readonly number[]): string => {
  const centre = median(numbers);
  const part = (number: number): string => (number / centre).toFixed(2);
  return `${part(Math.min(...numbers))}-${part(Math.max(...numbers))}`;
};

/** The least number that `share` of all do not exceed (nearest rank); 0 of none. */
export const percentile = (numbers: readonly number[], share: number): number =>
  Float64Array.from(numbers).toSorted()[Math.max(0, Math.ceil(numbers.length * share) - 1)] ?? 0;

/** What several rounds came to. */
export type Summary = { median: number; least: number; most: number };

export const summaryOf = (rounds: readonly number[]): Summary => ({
  median: median(rounds),
  least: Math.min(...rounds),
  most: Math.max(...rounds),
});

/** Round by round, one way over another: only what ran side by side is compared. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Summary =>
  summaryOf(ours.slice(0, theirs.length).map((number, round) => number / (theirs[round] ?? Number.NaN)));

/** How much y grows for each x, by least squares; 0 of fewer than two points. */
export const slopeOf = (points: readonly { x: number; y: number }[]): number => {
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const across = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const along = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return along === 0 ? 0 : across / along;
};

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

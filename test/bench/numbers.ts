/** One line of the result. `ratio` is against the peer of the same run, so it means something on any machine. */
export type Measured = {
  set: string;
  way: string;
  callers: number;
  snapshotBytes: number;
  perSecond: number;
  /** The slowest and the fastest round, as parts of the median. */
  spread: string;
  p50Ms: number;
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

import { type SQL, sql } from 'drizzle-orm';
import { latencyBins } from '../ledger/usage-columns.js';

export const usageSums = [
  'lookups',
  'attempts',
  'found',
  'notFound',
  'refused',
  'failed',
  'unknown',
  'fromSnapshot',
  'creditsCharged',
  'creditsSaved',
] as const;
export type UsageSum = (typeof usageSums)[number];

/**
 * Sums of lookups, attempts and credits, which add up over rows and over time. Each attempt has one outcome, so the five
 * outcomes add up to `attempts`. Credits include corrections. `latencies`: see percentile.
 */
export type UsageTotals = Record<UsageSum, bigint> & { latencies: readonly number[] };

export const noUsage: UsageTotals = {
  lookups: 0n,
  attempts: 0n,
  found: 0n,
  notFound: 0n,
  refused: 0n,
  failed: 0n,
  unknown: 0n,
  fromSnapshot: 0n,
  creditsCharged: 0n,
  creditsSaved: 0n,
  latencies: Array.from({ length: latencyBins }, () => 0),
};

export const addUsage = (one: UsageTotals, other: UsageTotals): UsageTotals => ({
  lookups: one.lookups + other.lookups,
  attempts: one.attempts + other.attempts,
  found: one.found + other.found,
  notFound: one.notFound + other.notFound,
  refused: one.refused + other.refused,
  failed: one.failed + other.failed,
  unknown: one.unknown + other.unknown,
  fromSnapshot: one.fromSnapshot + other.fromSnapshot,
  creditsCharged: one.creditsCharged + other.creditsCharged,
  creditsSaved: one.creditsSaved + other.creditsSaved,
  latencies:
    other.latencies === noUsage.latencies
      ? one.latencies
      : one.latencies.map((calls, bin) => calls + (other.latencies[bin] ?? 0)),
});

/** Sums as PostgreSQL returns them, in decimal digits; null latencies: they were not read. */
export type SumsRow = Record<UsageSum, string> & { latencies: string | null };

export const readSums = (row: SumsRow): UsageTotals => ({
  lookups: BigInt(row.lookups),
  attempts: BigInt(row.attempts),
  found: BigInt(row.found),
  notFound: BigInt(row.notFound),
  refused: BigInt(row.refused),
  failed: BigInt(row.failed),
  unknown: BigInt(row.unknown),
  fromSnapshot: BigInt(row.fromSnapshot),
  creditsCharged: BigInt(row.creditsCharged),
  creditsSaved: BigInt(row.creditsSaved),
  latencies: row.latencies === null ? noUsage.latencies : row.latencies.split(' ').map(Number),
});

/** The names of `sumColumns`, in a list, as `readSums` reads them. */
export const sumNames = sql.raw(
  [...usageSums.map((name) => `"${name}"`), `array_to_string("latencies", ' ') as "latencies"`].join(', '),
);

/** For sources whose latencies are those of the period alone. */
export const noEarlier = sql.raw(`'{}'::int[] as earlier`);

/** Sums the columns of `usageColumns`. The latencies in `earlier` are counted in `latencies`, and are before the period. */
export const sumColumns = (latencies: boolean): SQL => sql`
  sum(lookups) as "lookups",
  sum(attempts) as "attempts",
  coalesce(sum(attempts) filter (where came_to = 'FOUND'), 0) as "found",
  coalesce(sum(attempts) filter (where came_to = 'NOT_FOUND'), 0) as "notFound",
  coalesce(sum(attempts) filter (where came_to = 'REFUSED'), 0) as "refused",
  coalesce(sum(attempts) filter (where came_to = 'FAILED'), 0) as "failed",
  coalesce(sum(attempts) filter (where came_to = 'UNKNOWN'), 0) as "unknown",
  sum(from_snapshot) as "fromSnapshot",
  sum(credits) as "creditsCharged",
  sum(saved) as "creditsSaved",
  ${latencies ? latenciesOf((bin) => `coalesce(sum(latencies[${bin}]), 0) - coalesce(sum(earlier[${bin}]), 0)`) : sql`null::bigint[]`} as "latencies"`;

/** The sums of groups whose columns are `sumColumns`. */
export const sumOfGroups = (latencies: boolean): SQL => sql`
  ${sql.raw(usageSums.map((name) => `sum("${name}") as "${name}"`).join(', '))},
  ${latencies ? latenciesOf((bin) => `sum(latencies[${bin}])`) : sql`null::bigint[]`} as "latencies"`;

const latenciesOf = (sumOf: (bin: number) => string): SQL =>
  sql.raw(`array[${noUsage.latencies.map((_, bin) => sumOf(bin + 1)).join(', ')}]`);

/**
 * The latency in milliseconds that at least `share` of the calls did not exceed, rounded up to a power of two. Null without
 * calls, and above 65,536 ms. Only calls count, not results from a snapshot.
 */
export const percentile = (latencies: readonly number[], share: number): number | null => {
  const calls = latencies.reduce((sum, bin) => sum + bin, 0);
  if (calls === 0) return null;
  const wanted = Math.ceil(calls * share);
  let sum = 0;
  for (const [bin, count] of latencies.entries()) {
    sum += count;
    if (sum >= wanted) return bin < latencyBins - 1 ? 2 ** bin : null;
  }
  return null;
};

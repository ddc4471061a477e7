import { sql } from 'drizzle-orm';

/** The bins of the latency histogram: up to 1, 2, 4, … 65,536 milliseconds, and longer. */
export const latencyBins = 18;

/** The sums of a row of usage_buckets, and of an entry as the trigger on entries adds it. */
export const usageColumns = {
  bucket: sql`outcome as came_to, lookups, attempts, from_snapshot, credits, saved, latencies`,
  entry: sql`outcome as came_to,
    (kind = 'LOOKUP' and step = 1)::int::bigint as lookups,
    (kind = 'LOOKUP')::int::bigint as attempts,
    from_snapshot::int::bigint as from_snapshot,
    credits,
    saved,
    case
      when latency_ms > 0 and not from_snapshot then array_fill(0, array[width_bucket(latency_ms, array[
        2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16385, 32769, 65537
      ])]) || 1
      else '{}'::int[]
    end as latencies`,
} as const;

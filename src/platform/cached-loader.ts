import { LRUCache } from 'lru-cache';

/**
 * Makes a loader that keeps each value for `ttlMs` from the start of its load, for up to `max` keys; the least recently
 * used is dropped first. Concurrent calls share one load. A failed load is not kept.
 */
export const createCachedLoader = <Value>(limits: {
  ttlMs: number;
  max: number;
}): ((key: string, load: () => Promise<Value>) => Promise<Value>) => {
  const cache = new LRUCache<string, Promise<Value>>({
    // `max` would take the memory of all keys at once, half a megabyte for 10,000.
    maxSize: limits.max,
    sizeCalculation: () => 1,
    ttl: limits.ttlMs,
    ttlResolution: 0,
    perf: { now: () => performance.now() },
  });

  return (key, load) => {
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const value = load();
    cache.set(key, value);
    value.catch(() => {
      if (cache.peek(key, { allowStale: true }) === value) cache.delete(key);
    });
    return value;
  };
};

/** Counts the changes that this process makes to named things. A cache key that holds the count misses after a change. */
export type Changes = { countOf: (name: string) => number; note: (name: string) => void };

export const countChanges = (): Changes => {
  const counts = new Map<string, number>();
  const countOf = (name: string): number => counts.get(name) ?? 0;
  return { countOf, note: (name) => void counts.set(name, countOf(name) + 1) };
};

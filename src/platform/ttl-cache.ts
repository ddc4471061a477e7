/**
 * Answers a repeated question from memory for up to `ageMsMax` after it was put, and shares the answer under way
 * among those who ask meanwhile. Age counts from the start of the load on a clock that nobody sets, so no answer is
 * ever older than that plus the load itself. Failures are not remembered; the oldest of `itemsMax` goes first.
 */
export const ttlCache = <Value>(limits: {
  ageMsMax: number;
  itemsMax: number;
}): ((key: string, load: () => Promise<Value>) => Promise<Value>) => {
  const known = new Map<string, { value: Promise<Value>; startedMs: number }>();

  return (key, load) => {
    const nowMs = performance.now();
    const standing = known.get(key);
    if (standing !== undefined && nowMs - standing.startedMs < limits.ageMsMax) return standing.value;

    const value = load();
    known.delete(key);
    known.set(key, { value, startedMs: nowMs });
    for (const oldest of known.keys()) {
      if (known.size <= limits.itemsMax) break;
      known.delete(oldest);
    }
    value.catch(() => {
      if (known.get(key)?.value === value) known.delete(key);
    });
    return value;
  };
};

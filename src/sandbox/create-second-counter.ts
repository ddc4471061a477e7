/** Counts, for each key, the requests of the last second, the present one included. */
export const createSecondCounter = (): ((key: string, nowMs: number) => number) => {
  const keys = new Map<string, number[]>();
  return (key, nowMs) => {
    const lately = keys.get(key) ?? [];
    keys.set(key, lately);
    const kept = lately.findIndex((timeMs) => timeMs > nowMs - 1_000);
    lately.splice(0, kept === -1 ? lately.length : kept);
    lately.push(nowMs);
    return lately.length;
  };
};

/** What the throttle says of one request: let it in, or turn it away in one of the API's two ways. */
export type Verdict = { turnedAway: 'status' | 'body' | null; requestsInLastSecond: number };

/**
 * Admits `requestsPerSecond` requests in any sliding second per key; those beyond are turned away, every other
 * one by HTTP 429 and the rest by HTTP 200. A request turned away does not lengthen the wait.
 */
export const createThrottle = (requestsPerSecond: number): ((key: string, nowMs: number) => Verdict) => {
  const keys = new Map<string, { admitted: number[]; seen: number[]; turnedAway: number }>();

  return (key, nowMs) => {
    const lately = keys.get(key) ?? { admitted: [], seen: [], turnedAway: 0 };
    keys.set(key, lately);
    forget(lately.admitted, nowMs - 1_000);
    forget(lately.seen, nowMs - 1_000);
    lately.seen.push(nowMs);
    const requestsInLastSecond = lately.seen.length;
    if (lately.admitted.length < requestsPerSecond) {
      lately.admitted.push(nowMs);
      return { turnedAway: null, requestsInLastSecond };
    }
    lately.turnedAway += 1;
    return { turnedAway: lately.turnedAway % 2 === 1 ? 'status' : 'body', requestsInLastSecond };
  };
};

const forget = (timesMs: number[], untilMs: number): void => {
  const kept = timesMs.findIndex((timeMs) => timeMs > untilMs);
  timesMs.splice(0, kept === -1 ? timesMs.length : kept);
};

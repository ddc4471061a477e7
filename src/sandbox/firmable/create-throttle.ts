/**
 * Admits `requestsPerSecond` requests in any sliding second per key, which is null; further ones are rejected, every
 * other one by HTTP 429 and the rest by HTTP 200. A rejected request does not lengthen the wait.
 */
export const createThrottle = (
  requestsPerSecond: number,
): ((key: string, nowMs: number) => 'status' | 'body' | null) => {
  const keys = new Map<string, { admitted: number[]; turnedAway: number }>();

  return (key, nowMs) => {
    const lately = keys.get(key) ?? { admitted: [], turnedAway: 0 };
    keys.set(key, lately);
    forget(lately.admitted, nowMs - 1_000);
    if (lately.admitted.length < requestsPerSecond) {
      lately.admitted.push(nowMs);
      return null;
    }
    lately.turnedAway += 1;
    return lately.turnedAway % 2 === 1 ? 'status' : 'body';
  };
};

const forget = (timesMs: number[], untilMs: number): void => {
  const kept = timesMs.findIndex((timeMs) => timeMs > untilMs);
  timesMs.splice(0, kept === -1 ? timesMs.length : kept);
};

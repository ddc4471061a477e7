/** The state of a fixed window: it admits `limit` requests until `resetsAtMs`, when the next one begins. */
export type Window = { limit: number; remaining: number; resetsAtMs: number };

export type Windows = {
  /** The current window of a name. */
  look: (name: string, nowMs: number) => Window;
  /** The same, after counting one more request. */
  take: (name: string, nowMs: number) => Window;
};

/** Fixed windows of `lengthMs`, one for each name, started by its first request. */
export const createWindows = (lengthMs: number, limit: number): Windows => {
  const windows = new Map<string, { beganMs: number; taken: number }>();
  const present = (name: string, nowMs: number): { beganMs: number; taken: number } => {
    const known = windows.get(name);
    if (known !== undefined && nowMs < known.beganMs + lengthMs) return known;
    const begun = { beganMs: nowMs, taken: 0 };
    windows.set(name, begun);
    return begun;
  };
  const windowOf = ({ beganMs, taken }: { beganMs: number; taken: number }): Window => ({
    limit,
    remaining: limit - taken,
    resetsAtMs: beganMs + lengthMs,
  });
  return {
    look: (name, nowMs) => windowOf(present(name, nowMs)),
    take: (name, nowMs) => {
      const window = present(name, nowMs);
      window.taken += 1;
      return windowOf(window);
    },
  };
};

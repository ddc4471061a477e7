import { createWindows, type Window } from '../create-windows.js';

export type Limits = { requestsPerMinute: number; requestsPerHour: number; requestsPerDay: number };

/** Null where one request more was admitted; else the window that is used up, and how long until it ends. */
export type LimitCheck = {
  full: { per: string; limit: number; retryAfterSeconds: number } | null;
  headers: Readonly<Record<string, string>>;
};

/** Counts the requests of a name in a minute, an hour and a day at once: a request counts in all three. */
export const createLimits = (limits: Limits): ((name: string, nowMs: number) => LimitCheck) => {
  const kinds = [
    { per: 'minute', header: 'minute', windows: createWindows(60_000, limits.requestsPerMinute) },
    { per: 'hour', header: 'hourly', windows: createWindows(3_600_000, limits.requestsPerHour) },
    { per: 'day', header: '24-hour', windows: createWindows(86_400_000, limits.requestsPerDay) },
  ] as const;

  return (name, nowMs) => {
    const before = kinds.map(({ per, windows }) => ({ per, window: windows.look(name, nowMs) }));
    const full = before.findLast(({ window }) => window.remaining === 0);
    const now = kinds.map(({ header, windows }) => ({
      header,
      window: full === undefined ? windows.take(name, nowMs) : windows.look(name, nowMs),
    }));
    return {
      full: full === undefined ? null : { per: full.per, ...limitOf(full.window, nowMs) },
      headers: Object.fromEntries(
        now.flatMap(({ header, window }) => [
          [`x-rate-limit-${header}`, String(window.limit)],
          [`x-${header}-requests-left`, String(window.remaining)],
        ]),
      ),
    };
  };
};

const limitOf = (window: Window, nowMs: number): { limit: number; retryAfterSeconds: number } => ({
  limit: window.limit,
  retryAfterSeconds: Math.max(1, Math.ceil((window.resetsAtMs - nowMs) / 1_000)),
});

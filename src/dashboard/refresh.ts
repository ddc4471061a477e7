import { RequestError } from './query-gateway.js';

const everyMs = 10_000;
const retriesMs = [2_000, 4_000, 8_000, 15_000, 30_000] as const;

export type Refresher = {
  /** Reads everything now. */
  now: () => Promise<void>;
  stop: () => void;
};

/**
 * Reads everything again every ten seconds while the page is visible. While the gateway does not respond, `unreachable`
 * gets the seconds until the next attempt, and the intervals grow.
 */
export const startRefresh = (
  read: () => Promise<void>,
  on: {
    fresh: () => void;
    unreachable: (seconds: number) => void;
    failed: (error: unknown) => void;
  },
): Refresher => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isStopped = false;
  let run = 0;

  const later = (ms: number): void => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(() => void now(), ms);
  };
  const now = async (): Promise<void> => {
    if (isStopped) return;
    run += 1;
    const mine = run;
    clearTimeout(timer);
    try {
      if (!document.hidden) await read();
      if (mine !== run || isStopped) return;
      failures = 0;
      on.fresh();
      later(everyMs);
    } catch (error) {
      if (mine !== run || isStopped) return;
      if (!(error instanceof RequestError) || error.kind !== 'UNREACHABLE') {
        on.failed(error);
        later(everyMs);
        return;
      }
      const waitMs = retriesMs[Math.min(failures, retriesMs.length - 1)] ?? everyMs;
      failures += 1;
      on.unreachable(waitMs / 1_000);
      later(waitMs);
    }
  };
  const seen = (): void => {
    if (!document.hidden) void now();
  };
  document.addEventListener('visibilitychange', seen);
  return {
    now,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
};

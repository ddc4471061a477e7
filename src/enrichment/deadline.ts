/** How much time a lookup has left, over all its steps. */
export type Deadline = {
  leftMs: () => number;
  /**
   * How long a call may still be delayed; 0 when it is too late to start one. An interrupted call may be charged without
   * a result, so a tenth of the whole time is kept for it.
   */
  remainingMs: () => number;
  /** Waits for `work` without counting the time: the lookup waits for credits that other lookups hold. */
  pausedFor: <Result>(work: Promise<Result>) => Promise<Result>;
};

const callShare = 0.1;

export const startDeadline = (timeoutMs: number): Deadline => {
  let endsMs = performance.now() + timeoutMs;
  const leftMs = (): number => Math.max(0, endsMs - performance.now());
  return {
    leftMs,
    remainingMs: () => Math.max(0, leftMs() - timeoutMs * callShare),
    pausedFor: async (work) => {
      const startedMs = performance.now();
      try {
        return await work;
      } finally {
        endsMs += performance.now() - startedMs;
      }
    },
  };
};

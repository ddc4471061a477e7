/** How long an ask may still take, over all its steps. */
export type Deadline = {
  leftMs: () => number;
  /**
   * How long a call may still be put off; 0 when it is too late to begin one. A call cut short may be charged without an
   * answer, so a tenth of the whole time must be left for it.
   */
  remainingMs: () => number;
  /** Runs `work` while the clock stands still: waiting for another ask's money is nobody's slowness. */
  pausedFor: <Result>(work: Promise<Result>) => Promise<Result>;
};

const leastShare = 0.1;

export const startDeadline = (timeoutMs: number): Deadline => {
  let endsMs = performance.now() + timeoutMs;
  const leftMs = (): number => Math.max(0, endsMs - performance.now());
  return {
    leftMs,
    remainingMs: () => Math.max(0, leftMs() - timeoutMs * leastShare),
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

// A process that stands still does not learn what has long arrived, and its timers run before it reads: each slice
// counts once, however long it took, and what came meanwhile is read before the next.
const sliceMs = 250;

/**
 * Waits for `work` for at most `timeoutMs` in which this process was awake, then throws what `late` makes. The work
 * itself goes on: whoever started something that must not be left behind handles its late end.
 */
export const within = async <Result>(
  timeoutMs: number,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const timeout = new Promise<never>((_, reject) => {
    const wait = (leftMs: number): void => {
      if (over) return;
      const nextMs = Math.min(leftMs, sliceMs);
      timer = setTimeout(() => {
        setImmediate(() => (leftMs > nextMs ? wait(leftMs - nextMs) : reject(late())));
      }, nextMs);
    };
    wait(timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over = true;
    clearTimeout(timer);
  }
};

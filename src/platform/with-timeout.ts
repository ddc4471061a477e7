// A process that stands still does not learn what has long arrived, and its timers run before it reads: each slice
// counts once, however long it took, and what came meanwhile is read before the next.
const sliceMs = 250;

/**
 * Waits for `work` for at most `timeoutMs` in which this process was awake, then throws what `late` makes. The work
 * itself goes on: whoever started something that must not be left behind handles its late end.
 */
export const withTimeout = <Result>(
  timeoutMs: number,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> =>
  // A few of these run for every ask: one promise each, no race.
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const wait = (leftMs: number): void => {
      if (over) return;
      const nextMs = Math.min(leftMs, sliceMs);
      timer = setTimeout(() => {
        setImmediate(() => (leftMs > nextMs ? wait(leftMs - nextMs) : reject(late())));
      }, nextMs);
    };
    const end = (): void => {
      over = true;
      clearTimeout(timer);
    };
    work.then(
      (result) => {
        end();
        resolve(result);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
    wait(timeoutMs);
  });

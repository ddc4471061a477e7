import { isDatabaseLost, storeUnavailable } from './database-errors.js';

// A suspended process runs its timers before it reads what has arrived: each slice counts once, however long it took,
// and pending input is read before the next.
const sliceMs = 250;

/**
 * Calls `late` after `timeoutMs` of time in which this process ran, unless the returned function is called before. What
 * arrived while the process was suspended is read first.
 */
export const startTimeout = (timeoutMs: number, late: () => void): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const wait = (leftMs: number): void => {
    if (over) return;
    const nextMs = Math.min(leftMs, sliceMs);
    timer = setTimeout(() => {
      setImmediate(() => {
        if (leftMs > nextMs) wait(leftMs - nextMs);
        else if (!over) late();
      });
    }, nextMs);
  };
  wait(timeoutMs);
  return () => {
    over = true;
    clearTimeout(timer);
  };
};

/**
 * Waits for `work` for at most `timeoutMs` of time in which this process ran, then throws what `late` makes. The work
 * itself goes on: a caller that started something which must not be left behind handles its late end.
 */
export const withTimeout = <Result>(
  timeoutMs: number,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> =>
  // A few of these run for each lookup: one promise each, no race.
  new Promise((resolve, reject) => {
    const end = startTimeout(timeoutMs, () => reject(late()));
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
  });

/**
 * Waits for a statement's result for at most `timeoutMs`: a query can be lost with its connection without an error,
 * and its whole batch would wait. The error counts as a lost database; the statement may have been committed.
 */
export const withQueryTimeout = <Result>(
  statement: PromiseLike<Result>,
  timeoutMs = 5_000,
): Promise<Result> =>
  withTimeout(timeoutMs, Promise.resolve(statement), () =>
    Object.assign(new Error(`the database did not answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }),
  );

const storeTimeoutMs = 1_500;

/**
 * Reads what must be known before anything is spent. Throws `code`, as `storeUnavailable` documents it, within two
 * seconds when the database does not answer.
 */
export const withStoreTimeout = async <Result>(
  work: () => Promise<Result>,
  code: 'LEDGER_UNAVAILABLE' | 'UNAVAILABLE' = 'LEDGER_UNAVAILABLE',
): Promise<Result> => {
  try {
    return await withTimeout(storeTimeoutMs, work(), () => storeUnavailable(code));
  } catch (error) {
    throw isDatabaseLost(error) ? storeUnavailable(code, error) : error;
  }
};

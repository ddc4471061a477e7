import { GatewayError } from '../errors.js';

/** A place in the queue of reports. */
export type Turn = {
  /** Resolves when it is its turn. Rejects with LIMIT_EXCEEDED if it waited too long, or if too many of the token wait. */
  comes: Promise<void>;
  /** Ends the turn, or leaves the queue. */
  end: () => void;
};

/** Far more than a page of reports has, and than are read in the time that a client waits. */
const waitingMax = 200;
const waitMs = 30_000;
const retryAfterSeconds = 10;

/**
 * Creates a queue in which `concurrentMax` have their turn at once. Tokens take turns, and no token has all at once. A
 * turn with `unlimitedWait` waits however long and however many wait.
 */
export const createTurns = (
  concurrentMax: number,
): ((token: string, options: { unlimitedWait: boolean }) => Turn) => {
  const ofTokenMax = Math.max(1, concurrentMax - 1);
  /** What begins the waiting turns of each token; the tokens in the order of their turns. */
  const waiting = new Map<string, Set<() => void>>();
  const running = new Map<string, number>();

  const canStart = (token: string): boolean =>
    sum(running.values()) < concurrentMax && (running.get(token) ?? 0) < ofTokenMax;

  const startNext = (): void => {
    for (const [token, begins] of waiting) {
      const [begin] = begins;
      if (begin === undefined || !canStart(token)) continue;
      begins.delete(begin);
      waiting.delete(token);
      if (begins.size > 0) waiting.set(token, begins);
      begin();
    }
  };

  const start = (token: string): void => {
    running.set(token, (running.get(token) ?? 0) + 1);
  };

  const finish = (token: string): void => {
    const left = (running.get(token) ?? 0) - 1;
    if (left > 0) running.set(token, left);
    else running.delete(token);
    startNext();
  };

  return (token, { unlimitedWait }) => {
    let end = doNothing;
    const comes = new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        start(token);
        resolve();
        end = () => finish(token);
      };
      if (canStart(token)) {
        begin();
        return;
      }
      const begins = waiting.get(token) ?? new Set();
      if (!unlimitedWait && begins.size >= waitingMax) {
        reject(tooMany());
        return;
      }
      const leave = (): void => {
        clearTimeout(timeout);
        begins.delete(beginLater);
        if (begins.size === 0 && waiting.get(token) === begins) waiting.delete(token);
      };
      const beginLater = (): void => {
        leave();
        begin();
      };
      const refuse = (): void => {
        leave();
        reject(tooMany());
      };
      const timeout = unlimitedWait ? undefined : setTimeout(refuse, waitMs);
      end = leave;
      waiting.set(token, begins.add(beginLater));
    });
    return {
      comes,
      end: () => {
        const endOnce = end;
        end = doNothing;
        endOnce();
      },
    };
  };
};

const doNothing = (): void => {};

const sum = (counts: Iterable<number>): number => {
  let total = 0;
  for (const count of counts) total += count;
  return total;
};

const tooMany = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `Too many reports of this token wait to be read: request fewer at once, and try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );

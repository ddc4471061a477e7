/** How many calls of each account may be in flight at once in this process. */
export type CallWindows = {
  /**
   * Whether the call may begin: at once, or once others have ended; false after `waitMs`, or where no call may begin now. A
   * call that yields leaves a quarter of the places free, and waits behind those that do not.
   */
  enter: (id: string, waitMs: number, yields?: boolean) => boolean | Promise<boolean>;
  /** The call is about to be sent. */
  send: (id: string) => void;
  /** A call that had begun has ended; `answered` where the provider answered it. */
  leave: (id: string, call: { sent: boolean; answered: boolean }) => void;
  /** Lets waiting calls begin, or ends their wait, after what allows them has changed. */
  wake: (id: string) => void;
  /** Ends all waits, and lets no call wait from now on: the process stops. */
  close: () => void;
};

/** The calls that an account may have in flight before it has answered any. */
export const firstCallsMax = 20;
const callsMax = 128;
/** How long a window lasts that is not used: lookups come in groups, with no call in flight between two of them. */
const restMs = 10_000;
/** What calls that yield may have of the places: the others find one at once. */
const yieldingShare = 0.75;

type Window = {
  /** Calls that have begun: they wait for a permit, or are sent. */
  begun: number;
  sent: number;
  max: number;
  /** When a quarter of it was last sent at once. */
  usedMs: number;
  /** How many answers may still raise `max`, since all calls that it allows were sent at once. */
  growth: number;
  waiting: Set<Begin>;
  /** Those that yield. */
  yielding: Set<Begin>;
};

type Begin = (mayBegin: boolean) => void;

/**
 * Creates the windows: as in TCP's slow start, an account may have 20 calls in flight, and twice as many after each round
 * in which so many were sent and answered. So a provider that stops answering has been sent no more calls than about
 * twice as many as it answered at once before, however many lookups wait. A window that was not used for ten seconds
 * shrinks with each call, and begins anew when no call is in flight. `maxOf` is a further limit of one account; 0: no
 * call may begin now.
 */
export const createCallWindows = (
  maxOf: (id: string) => number,
  nowMs: () => number = () => performance.now(),
): CallWindows => {
  const windows = new Map<string, Window>();
  let closed = false;

  const isUnused = (window: Window): boolean => nowMs() - window.usedMs > restMs;
  const isEmpty = ({ begun, waiting, yielding }: Window): boolean =>
    begun + waiting.size + yielding.size === 0;

  const windowOf = (id: string): Window => {
    const present = windows.get(id);
    if (present !== undefined && !(isEmpty(present) && isUnused(present))) return present;
    for (const [other, window] of windows) if (isEmpty(window) && isUnused(window)) windows.delete(other);
    const window = {
      begun: 0,
      sent: 0,
      max: firstCallsMax,
      usedMs: nowMs(),
      growth: 0,
      waiting: new Set<Begin>(),
      yielding: new Set<Begin>(),
    };
    windows.set(id, window);
    return window;
  };

  const placesFor = (id: string, window: Window, yields: boolean): number => {
    const places = Math.min(window.max, maxOf(id));
    // One call that yields may always begin: its answer is what lets more begin.
    return yields && places > 1 ? Math.floor(places * yieldingShare) : places;
  };
  const hasRoom = (id: string, window: Window, yields: boolean): boolean =>
    window.begun < placesFor(id, window, yields);

  const wakeThese = (id: string, window: Window, yields: boolean): void => {
    const calls = yields ? window.yielding : window.waiting;
    for (const begin of calls) {
      const mayBegin = hasRoom(id, window, yields);
      if (!mayBegin && maxOf(id) > 0 && !closed) break;
      calls.delete(begin);
      if (mayBegin) window.begun += 1;
      begin(mayBegin);
    }
  };

  const wake = (id: string): void => {
    const window = windows.get(id);
    if (window === undefined) return;
    wakeThese(id, window, false);
    wakeThese(id, window, true);
    if (window.max === firstCallsMax && isEmpty(window)) windows.delete(id);
  };

  return {
    enter: (id, waitMs, yields = false) => {
      const window = windowOf(id);
      const ahead = window.waiting.size + (yields ? window.yielding.size : 0);
      if (ahead === 0 && hasRoom(id, window, yields)) {
        window.begun += 1;
        return true;
      }
      if (closed || maxOf(id) === 0 || waitMs <= 0) {
        wake(id);
        return false;
      }
      return waitIn(yields ? window.yielding : window.waiting, waitMs);
    },
    send: (id) => {
      const window = windowOf(id);
      window.sent += 1;
      if (window.sent * 4 >= window.max) window.usedMs = nowMs();
      // Calls that yield never fill it, so most of it is enough: it grows to twice as many as were sent at once.
      if (window.sent >= Math.floor(window.max * yieldingShare)) window.growth = 2 * window.sent - window.max;
    },
    leave: (id, { sent, answered }) => {
      const window = windowOf(id);
      window.begun -= 1;
      if (sent) window.sent -= 1;
      if (answered && window.growth > 0) {
        window.growth -= 1;
        window.max = Math.min(window.max + 1, callsMax);
      } else if (isUnused(window)) {
        window.max = Math.max(window.max - 1, firstCallsMax);
      }
      wake(id);
    },
    wake,
    close: () => {
      closed = true;
      for (const id of windows.keys()) wake(id);
    },
  };
};

const waitIn = (calls: Set<Begin>, waitMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const begin = (mayBegin: boolean): void => {
      clearTimeout(timer);
      resolve(mayBegin);
    };
    const timer = setTimeout(() => {
      calls.delete(begin);
      resolve(false);
    }, waitMs);
    calls.add(begin);
  });

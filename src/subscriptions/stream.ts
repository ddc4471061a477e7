/** What a stream sends next. `isLast`: it completes after these events. `isMore`: more are there already. */
export type Batch<Event> = { events: readonly Event[]; isLast?: boolean; isMore?: boolean };

export type Stream<Event> = AsyncIterableIterator<Event> & {
  /** Something has changed: the stream reads again as soon as it may and its consumer wants. */
  wake: () => void;
  /** Ends the stream after what it is reading; with an error, which its consumer gets. */
  end: (error: Error | null) => void;
};

type Options<Event> = {
  read: () => Promise<Batch<Event>>;
  /** Whether a failed read may succeed later, so that the stream goes on. */
  mayRetry: (error: unknown) => boolean;
  /** The shortest time between two reads. */
  everyMs: number;
  /** Called once, when the stream ends in any way. */
  onEnd: () => void;
};

/**
 * Creates a stream of what `read` finds each time after the stream was woken. It reads only when its consumer wants an
 * event, so a slow client gets the latest state and nothing queues up for it. `return` ends it at once, also while it waits.
 */
export const createStream = <Event>({ read, mayRetry, everyMs, onEnd }: Options<Event>): Stream<Event> => {
  const state: { isDue: boolean; ended: boolean; failure: Error | null } = {
    isDue: false,
    ended: false,
    failure: null,
  };
  /** What the stream waits for: to be woken, or until it may read again. */
  let waiting: { until: 'WOKEN' | 'TIME'; go: () => void } | null = null;

  const waitFor = (ms: number | null): Promise<void> =>
    new Promise((resolve) => {
      const timer = ms === null ? undefined : setTimeout(() => waiting?.go(), ms);
      waiting = {
        until: ms === null ? 'WOKEN' : 'TIME',
        go: () => {
          clearTimeout(timer);
          waiting = null;
          resolve();
        },
      };
    });

  const end = (error: Error | null): void => {
    if (state.ended) return;
    state.ended = true;
    state.failure = error;
    onEnd();
    waiting?.go();
  };

  const readOrRetry = async (): Promise<Batch<Event>> => {
    try {
      return await read();
    } catch (error) {
      if (!mayRetry(error)) throw error;
      return { events: [], isMore: true };
    }
  };

  async function* run(): AsyncGenerator<Event, undefined> {
    let lastMs = Number.NEGATIVE_INFINITY;
    try {
      while (!state.ended) {
        if (!state.isDue) await waitFor(null);
        const earlyMs = lastMs + everyMs - performance.now();
        if (!state.ended && earlyMs > 0) await waitFor(earlyMs);
        if (state.ended) break;
        state.isDue = false;
        lastMs = performance.now();
        const { events, isLast = false, isMore = false } = await readOrRetry();
        for (const event of events) {
          if (state.ended) break;
          yield event;
        }
        if (isMore) state.isDue = true;
        if (isLast) end(null);
      }
    } catch (error) {
      end(null);
      throw error;
    }
    if (state.failure !== null) throw state.failure;
  }
  const generator = run();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => generator.next(),
    // A generator that waits would finish only when it is woken.
    return: async () => {
      end(null);
      return await generator.return(undefined);
    },
    wake: () => {
      state.isDue = true;
      if (waiting?.until === 'WOKEN') waiting.go();
    },
    end,
  };
};

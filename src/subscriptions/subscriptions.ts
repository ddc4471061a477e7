import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { isDatabaseLost } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import type { Database } from '../platform/database.js';
import { createPoll, type PolledKey } from './poll.js';
import { createVersionReaders, type Topic, topics } from './read-versions.js';
import { type Batch, createStream, type Stream } from './stream.js';

/** The request that a stream answers. */
export type StreamRequest = {
  /** Finds the caller of its token again, without taking a request of its limit. Throws as the first time. */
  authenticateAgain: () => Promise<Caller>;
  /** Is aborted when the client has disconnected. */
  closed: AbortSignal;
};

export type Subscriptions = {
  /**
   * Opens a stream of what `read` returns: at once, and whenever the version of `key` changes, at most once a second. It
   * ends with an error within a few seconds when the token ends or its role or scopes change. Throws LIMIT_EXCEEDED if the
   * token has as many streams as it may have here, and UNAVAILABLE while the gateway stops or the database does not answer.
   */
  open: <Event>(
    caller: Caller,
    request: StreamRequest,
    source: { topic: Topic; key: PolledKey; read: () => Promise<Batch<Event>> },
  ) => Promise<AsyncIterableIterator<Event>>;
  /** How many streams are open. */
  count: () => number;
  /** What is polled, how many tokens have streams, and whether they are checked: all 0 when no stream is open. */
  state: () => { streams: number; tokens: number; polled: number; checks: number };
  /** Cuts all streams, so that their clients connect again, and opens no more. */
  close: () => void;
};

/** Cuts a stream before it is complete: its client gets neither an error nor `complete`, and connects again. */
export class StreamInterrupted extends Error {
  /** Yoga makes an event of an error of any other name. */
  override readonly name = 'AbortError';
}

/** What is open for one stream. */
type Opened = { stream: Stream<unknown>; caller: Caller; request: StreamRequest };

const pollEveryMs = 1_000;
const checkEveryMs = 2_000;

/** Creates the subscriptions of one instance. Without streams it has no timer and reads nothing. */
export const createSubscriptions = (
  { database, log }: { database: Pick<Database, 'sql'>; log: Log },
  { subscriptionsPerTokenMax: perTokenMax }: { subscriptionsPerTokenMax: number },
): Subscriptions => {
  const readVersions = createVersionReaders(database.sql);
  const pollOf = (topic: Topic) =>
    createPoll({ name: `${topic} versions`, readVersions: readVersions[topic], everyMs: pollEveryMs }, log);
  const polls = { job: pollOf('job'), usage: pollOf('usage'), alerts: pollOf('alerts') };
  const opened = new Set<Opened>();
  const perToken = new Map<string, number>();
  let stopChecks: (() => Promise<void>) | null = null;
  let closed = false;

  const check = async (): Promise<void> => {
    await Promise.all(
      [...opened].map(async ({ stream, caller, request }) => {
        try {
          const present = await request.authenticateAgain();
          if (rightsOf(present) !== rightsOf(caller)) stream.end(changed());
        } catch (error) {
          // While the database does not answer, nothing else is read either.
          if (error instanceof GatewayError && error.code !== 'UNAVAILABLE') stream.end(error);
        }
      }),
    );
  };

  const count = (tokenId: string, by: 1 | -1): void => {
    const left = (perToken.get(tokenId) ?? 0) + by;
    if (left > 0) perToken.set(tokenId, left);
    else perToken.delete(tokenId);
  };

  const open: Subscriptions['open'] = async (caller, request, { topic, key, read }) => {
    if (closed) throw stopping();
    if ((perToken.get(caller.tokenId) ?? 0) >= perTokenMax) throw tooMany(perTokenMax);
    let unwatch: (() => void) | null = null;
    const disconnected = (): void => stream.end(null);
    const stream = createStream({
      read,
      mayRetry: isDatabaseLost,
      everyMs: pollEveryMs,
      onEnd: () => {
        unwatch?.();
        opened.delete(one);
        count(caller.tokenId, -1);
        request.closed.removeEventListener('abort', disconnected);
        if (opened.size > 0) return;
        void stopChecks?.();
        stopChecks = null;
      },
    });
    const one: Opened = { stream, caller, request };
    opened.add(one);
    count(caller.tokenId, 1);
    request.closed.addEventListener('abort', disconnected);
    stopChecks ??= runEvery(checkEveryMs, { name: 'tokens of subscriptions', run: check }, log);
    try {
      const stop = await polls[topic].watch(key, stream.wake);
      // It may have ended meanwhile.
      if (opened.has(one)) unwatch = stop;
      else stop();
    } catch (error) {
      stream.end(null);
      throw error;
    }
    if (request.closed.aborted) stream.end(null);
    stream.wake();
    return stream;
  };

  return {
    open,
    count: () => opened.size,
    state: () => ({
      streams: opened.size,
      tokens: perToken.size,
      polled: topics.reduce((sum, topic) => sum + polls[topic].size(), 0),
      checks: stopChecks === null ? 0 : 1,
    }),
    close: () => {
      closed = true;
      for (const { stream } of opened) stream.end(new StreamInterrupted('The gateway stops.'));
    },
  };
};

const rightsOf = ({ role, scopes }: Caller): string => JSON.stringify([role, scopes]);

const changed = (): GatewayError =>
  new GatewayError(
    'FORBIDDEN',
    'The role or the scopes of this token were changed: subscribe again to see what it may see now.',
  );

const stopping = (): GatewayError =>
  new GatewayError('UNAVAILABLE', 'The gateway is stopping: subscribe again in a few seconds.');

const tooMany = (max: number): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `A token may have ${max} subscriptions open at once: end one, or use another token. The operator can set SUBSCRIPTIONS_PER_TOKEN_MAX.`,
  );

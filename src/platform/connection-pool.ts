import type postgres from 'postgres';
import { isDatabaseLost, isServerFull } from './database-errors.js';
import { type Connection, type ExecutedQuery, firstQueryOf, handlerOf } from './postgres-internals.js';
import { createPreparedTexts } from './prepared-texts.js';
import { withQueryTimeout } from './with-timeout.js';

export type PoolOptions = postgres.Options<Record<string, never>>;

export type ConnectionPool = {
  sql: postgres.Sql;
  /** Changes how many connections it may have. Connections above it are closed as soon as they are idle. */
  setMax: (max: number) => void;
  counts: () => PoolCounts;
};

/** The connections of a pool, and the queries that wait for one. */
export type PoolCounts = { busy: number; idle: number; max: number; waiting: number };

/** One connection: a postgres.js client of its own, which is dropped when its connection closes. */
type Slot = {
  client: postgres.Sql;
  closed: boolean;
  idleSinceMs: number;
  /** Rejects what runs on it; null while nothing does. */
  onClosed: ((error: Error) => void) | null;
};

type Waiter = { sinceMs: number; resolve: (slot: Slot) => void; reject: (error: unknown) => void };

/** A connection that was idle for this long is given back, except the last: an instance is never left without one. */
const idleMs = 10_000;
const keptConnections = 1;
/** How long a query waits for its first connection while the server has none left. */
const fullServerMaxWaitMs = 2_000;
const retryMs = 200;

/**
 * A pool behind the interface of postgres.js, whose own pool has four faults. It fails a query when the connection
 * opened for it is refused, although other connections work. It uses idle connections in turn, so that light traffic
 * keeps all of them. It queues queries behind one that runs. And it accepts queries between the error of a socket and
 * its close, never answers them, and sends what was unsent to the next server: 5,300 of 5,600 queries hung in a test
 * that cut connections.
 *
 * Here each connection runs one query or transaction at a time, the one used last is used first, and a query waits for
 * any connection. A query fails for want of a connection only when there is none at all. Queries and transactions of a
 * connection that closes fail with CONNECTION_CLOSED.
 */
export const openPool = (
  connect: (options: PoolOptions) => postgres.Sql,
  maxAtFirst: number,
): ConnectionPool => {
  // It makes queries, and never connects. Drizzle sets its own parsers and serializers on it.
  const maker = connect({ max: 1 });
  const isPrepared = createPreparedTexts();
  const open = new Set<Slot>();
  /** Ordered by time: the one used last is at the end. */
  const idle: Slot[] = [];
  let waiting: Waiter[] = [];
  let opening = 0;
  let max = maxAtFirst;
  let ended = false;
  let retryAtMs = 0;
  let retryTimer: NodeJS.Timeout | null = null;

  const acquire = (): Promise<Slot> => {
    if (ended) return Promise.reject(connectionError('CONNECTION_ENDED'));
    const slot = idle.pop();
    if (slot !== undefined) return Promise.resolve(slot);
    return new Promise((resolve, reject) => {
      waiting.push({ sinceMs: performance.now(), resolve, reject });
      grow();
    });
  };

  const release = (slot: Slot, error?: unknown): void => {
    slot.onClosed = null;
    if (slot.closed) return;
    if (ended || open.size > max || (error !== undefined && isDatabaseLost(error))) {
      drop(slot);
      grow();
      return;
    }
    const next = waiting.shift();
    if (next !== undefined) {
      next.resolve(slot);
      return;
    }
    slot.idleSinceMs = performance.now();
    idle.push(slot);
  };

  const drop = (slot: Slot): void => {
    slot.closed = true;
    open.delete(slot);
    const at = idle.indexOf(slot);
    if (at >= 0) idle.splice(at, 1);
    if (slot.client !== maker) slot.client.end({ timeout: 0 }).catch(() => {});
  };

  const grow = (): void => {
    if (ended || retryTimer !== null) return;
    const pauseMs = retryAtMs - performance.now();
    if (waiting.length > 0 && pauseMs > 0) {
      retryTimer = setTimeout(() => {
        retryTimer = null;
        grow();
      }, pauseMs);
      return;
    }
    while (waiting.length > opening && open.size + opening < max) void openSlot();
  };

  const openSlot = async (): Promise<void> => {
    opening += 1;
    const slot: Slot = { client: maker, closed: false, idleSinceMs: 0, onClosed: null };
    let connection: Connection | undefined;
    const onclose = (): void => {
      connection?.terminate();
      if (slot.closed) return;
      const reject = slot.onClosed;
      drop(slot);
      reject?.(connectionError('CONNECTION_CLOSED'));
      grow();
    };
    try {
      slot.client = connect({ max: 1, onclose });
      Object.assign(slot.client.options.parsers, maker.options.parsers);
      Object.assign(slot.client.options.serializers, maker.options.serializers);
      await new Promise((resolve, reject) => {
        slot.onClosed = reject;
        const timeoutMs = slot.client.options.connect_timeout * 1_000 + 3_000;
        withQueryTimeout(
          firstQueryOf(slot.client, (opened) => (connection = opened)),
          timeoutMs,
        ).then(resolve, reject);
      });
      opening -= 1;
      open.add(slot);
      release(slot);
    } catch (error) {
      opening -= 1;
      drop(slot);
      retryAtMs = performance.now() + retryMs;
      // The last attempt decides for those that wait. With a connection open, they wait for that.
      if (opening === 0 && open.size === 0) refuse(error);
    }
    grow();
  };

  const refuse = (error: unknown): void => {
    const refusedBefore = isServerFull(error) ? performance.now() - fullServerMaxWaitMs : Infinity;
    const refused = waiting.filter(({ sinceMs }) => sinceMs < refusedBefore);
    waiting = waiting.filter(({ sinceMs }) => sinceMs >= refusedBefore);
    for (const { reject } of refused) reject(error);
  };

  const run = async (query: ExecutedQuery): Promise<void> => {
    let slot: Slot;
    try {
      slot = await acquire();
    } catch (error) {
      query.reject(error);
      return;
    }
    slot.onClosed = query.reject;
    // The methods of a query start it: this waits for one that runs.
    void Promise.prototype.then.call(
      query,
      () => release(slot),
      (error: unknown) => release(slot, error),
    );
    handlerOf(slot.client)(query);
  };

  /** Sends a query that the maker made through the pool: its handler is called when it is awaited. */
  const routed = <Made>(made: Made): Made => {
    if (made instanceof Promise) Reflect.set(made, 'handler', run);
    return made;
  };

  const begin = async (...given: Parameters<postgres.Sql['begin']>): Promise<unknown> => {
    const slot = await acquire();
    return await new Promise((resolve, reject) => {
      slot.onClosed = reject;
      slot.client.begin(...given).then(
        (result) => {
          release(slot);
          resolve(result);
        },
        (error: unknown) => {
          release(slot, error);
          reject(error);
        },
      );
    });
  };

  const reserve = async (): Promise<postgres.ReservedSql> => {
    const slot = await acquire();
    const reserved = await slot.client.reserve();
    const free = reserved.release.bind(reserved);
    reserved.release = () => {
      free();
      release(slot);
    };
    return reserved;
  };

  const sweeper = setInterval(() => {
    const beforeMs = performance.now() - idleMs;
    for (const slot of idle.filter(({ idleSinceMs }) => idleSinceMs < beforeMs)) {
      if (open.size > keptConnections) drop(slot);
    }
  }, idleMs / 5);
  sweeper.unref();

  const end: postgres.Sql['end'] = async (how) => {
    ended = true;
    clearInterval(sweeper);
    if (retryTimer !== null) clearTimeout(retryTimer);
    for (const { reject } of waiting.splice(0)) reject(connectionError('CONNECTION_ENDED'));
    await Promise.all([...open].map(({ client }) => client.end(how)));
  };

  const replaced: Record<string | symbol, unknown> = {
    begin,
    reserve,
    end,
    // Drizzle sends all of its queries by it. Without parameters, a text may have several statements.
    unsafe: (...[text, parameters = [], options]: Parameters<postgres.Sql['unsafe']>) => {
      const prepare = parameters.length > 0 && isPrepared(text);
      return routed(maker.unsafe(text, parameters, { ...options, prepare }));
    },
  };
  return {
    sql: new Proxy(maker, {
      apply: (_, __, given: Parameters<postgres.Sql>) => routed(maker(...given)),
      get: (_, name) => (Object.hasOwn(replaced, name) ? replaced[name] : Reflect.get(maker, name)),
    }),
    setMax: (wanted) => {
      max = wanted;
      for (const slot of idle.slice(0, Math.max(0, open.size - max))) drop(slot);
      grow();
    },
    counts: () => ({ busy: open.size - idle.length, idle: idle.length, max, waiting: waiting.length }),
  };
};

const connectionError = (code: 'CONNECTION_ENDED' | 'CONNECTION_CLOSED'): Error =>
  Object.assign(new Error(`the connection to the database has ended (${code})`), { code });

import { Pool } from 'undici';
import type { Permit } from '../provider.js';
import { createPreconnector } from './preconnect.js';
import { decodeBody } from './decode-body.js';
import { exchange, type LossReason, type Lost, type WireHeaders, type WireRequest } from './exchange.js';
import type { HttpAnswer } from './http-result.js';

/** What came of one HTTP request. `text` is null where an answer with an error status had no readable body. */
export type Exchange =
  | ({ kind: 'ANSWERED' } & HttpAnswer)
  /**
   * No answer, or no readable one; `sent: false` means that not one byte of the request was written. The headers are
   * those of an answer that began.
   */
  | { kind: 'LOST'; sent: boolean; reason: LossReason; headers: HttpAnswer['headers'] };

export type Sender = {
  /** Where the requests go; a redirect is judged against it. */
  baseUrl: URL;
  /**
   * One request with the headers that carry its key, sent in its turn, never repeated and never aborted but by its own
   * time. No connection is waited for later than `latestMs` on the process's clock; `leftMs` is asked once the turn has
   * come, or no connection could be had. Rejects only with what `turn` rejects with.
   */
  send: (
    request: WireRequest,
    keyHeaders: Readonly<Record<string, string>>,
    when: { acquirePermit: () => Promise<Permit>; latestMs: number; leftMs: () => number },
  ) => Promise<Exchange>;
  /** Waits for the requests under way and closes the connections; further calls wait for the same end. */
  close: () => Promise<void>;
};

export type SenderLimits = { connectTimeoutMs: number; bodyBytesMax: number };

const connectionsMax = 128;
// A turn that is past or without a connection is not used; of so many in a row the last one is.
const triesMax = 5;
// As many as may be sent in a second: those that come later find connections that have done their work.
const preconnectMax = 50;
// Below the five seconds after which common servers hang up, so that we rarely write into a closing connection: what is
// lost there counts as in doubt.
const idleMsMax = 4_000;
// Where the server says when it will hang up, we do so that much earlier: undici's clock ticks once a second, and a busy
// process may stand still for another.
const hangUpEarlierMs = 3_000;

/** A pool of keep-alive connections to one origin. Nothing is connected before the first request. */
export const createSender = (baseUrl: URL, limits: SenderLimits): Sender => {
  const preconnector = createPreconnector(baseUrl, { connectTimeoutMs: limits.connectTimeoutMs, idleMsMax });
  const pool = new Pool(baseUrl.origin, {
    connections: connectionsMax,
    pipelining: 1,
    connect: preconnector.connect,
    // The total time of the question governs; undici's own clocks would only be a second answer to it.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMsMax,
    keepAliveTimeoutThreshold: hangUpEarlierMs,
  });
  // Counted here: the pool's own figures are added up over all of its connections at each look, twice for each request.
  let connections = 0;
  let busy = 0;
  pool.on('connect', () => {
    connections += 1;
  });
  pool.on('disconnect', () => {
    connections -= 1;
  });
  const use = (isBusy: boolean): void => {
    busy += isBusy ? 1 : -1;
  };
  let closed: Promise<void> | null = null;
  let waiting = 0;
  const usable = (): number => preconnector.standing() + connections - busy;
  const spareConnections = (): number =>
    connectionsMax - connections - preconnector.standing() - preconnector.opening();

  /** Sees to connections for those who wait for their turn; resolves when one stands, false where none can be had. */
  const connected = async (latestMs: number): Promise<boolean> => {
    const missing = Math.min(waiting, preconnectMax) - usable() - preconnector.opening();
    for (let count = Math.min(missing, spareConnections()); count > 0; count -= 1) void preconnector.open();
    while (usable() <= 0 && preconnector.opening() > 0) {
      if (!(await preconnector.next(latestMs - performance.now()))) break;
    }
    return usable() > 0 || spareConnections() <= 0;
  };

  /**
   * Begins some work at the very moment that a connection stands and the turn is not past: whatever lies between is time
   * in which others do their work. Null where no connection can be had: any turn would come too late for it.
   */
  const beginWithPermit = async <Work>(
    acquirePermit: () => Promise<Permit>,
    latestMs: number,
    begin: () => Promise<Work>,
  ): Promise<{ begun: Promise<Work> } | null> => {
    waiting += 1;
    try {
      for (let tries = 1; ; tries += 1) {
        if (!(await connected(latestMs))) return null;
        const permit = await acquirePermit();
        const isLost = permit.isExpired() || (usable() <= 0 && spareConnections() > 0);
        if (!isLost || tries >= triesMax) return { begun: begin() };
      }
    } finally {
      waiting -= 1;
    }
  };

  return {
    baseUrl,
    send: async (request, keyHeaders, { acquirePermit: turn, latestMs, leftMs }) => {
      const sending = await beginWithPermit(turn, latestMs, async () => {
        const timeoutMs = leftMs();
        if (timeoutMs <= 0) return unsent('TIMEOUT');
        return await exchange(pool, use, request, keyHeaders, timeoutMs, limits.bodyBytesMax);
      });
      // Asking for the time left starts the question's clock, also where no connection was to be had: it is asked again.
      const received =
        sending === null ? unsent(leftMs() <= 0 ? 'TIMEOUT' : 'CONNECTION') : await sending.begun;
      const headers = firstValues(received.headers);
      if (received.kind === 'LOST') return { ...received, headers };
      const { status, bytes } = received;
      const text = await decodeBody(bytes, headers['content-encoding'] ?? null, limits.bodyBytesMax);
      if (text === null && status < 300) return { kind: 'LOST', sent: true, reason: 'UNREADABLE', headers };
      return { kind: 'ANSWERED', status, headers, text };
    },
    close: () => {
      closed ??= pool.close().finally(preconnector.close);
      return closed;
    },
  };
};

const unsent = (reason: LossReason): Lost => ({ kind: 'LOST', sent: false, reason, headers: {} });

const firstValues = (headers: WireHeaders): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values[name.toLowerCase()] = first;
  }
  return values;
};

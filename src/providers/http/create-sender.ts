import { Pool } from 'undici';
import { inSpan, type TraceSpan } from '../../platform/tracing/tracing.js';
import type { Call, Permit } from '../provider.js';
import { createPreconnector } from './preconnect.js';
import { decodeBody } from './decode-body.js';
import {
  exchange,
  type LossReason,
  type Lost,
  type Received,
  type WireHeaders,
  type WireRequest,
} from './exchange.js';
import type { HttpAnswer } from './http-result.js';

/** The result of one HTTP request. `text` is null where a response with an error status had no readable body. */
export type Exchange =
  | ({ kind: 'ANSWERED' } & HttpAnswer)
  /**
   * No response, or no readable one; `sent: false` means that no byte of the request was written. The headers are those
   * of a response that began.
   */
  | { kind: 'LOST'; sent: boolean; reason: LossReason; code?: string; headers: HttpAnswer['headers'] };

export type Sender = {
  /** Where requests are sent; a redirect must stay on its origin. */
  baseUrl: URL;
  /**
   * Sends one request with the headers of its key, once it has a permit and if `maySend` allows it then. It is never
   * repeated, and aborted only by its own timeout. The wait for a connection ends at `latestMs` on the process's clock;
   * `leftMs` is called once the permit is acquired, or no connection is available. Rejects only with what `acquirePermit`
   * rejects with.
   */
  send: (
    request: WireRequest,
    keyHeaders: Readonly<Record<string, string>>,
    when: {
      acquirePermit: () => Promise<Permit>;
      maySend?: Call['maySend'];
      latestMs: number;
      leftMs: () => number;
    },
  ) => Promise<Exchange>;
  /** Waits for requests in flight and closes the connections; further calls return the same promise. */
  close: () => Promise<void>;
};

export type SenderLimits = {
  connectTimeoutMs: number;
  bodyBytesMax: number;
  /** Through which connections are opened; directly where null or absent. */
  proxy?: URL | null;
  /** Called after each request that was sent, for the metrics. */
  onExchange?: (facts: ExchangeFacts) => void;
};

/** How long the response took, from the first byte of the request on. `status`: null without a response. */
export type ExchangeFacts = { durationMs: number; status: number | null };

const connectionsMax = 128;
// A permit that expired or has no connection is not used; after this many tries it is used anyway.
const triesMax = 5;
// As many as may be sent in a second: later requests reuse connections.
const preconnectMax = 50;
// Below the five seconds after which common servers close idle connections: a request that is lost in a closing connection
// counts as sent.
const idleMsMax = 4_000;
// Where the server announces its timeout, the connection is closed that much earlier: undici's timer ticks once a second,
// and a busy process may be late by another.
const hangUpEarlierMs = 3_000;

/** A pool of keep-alive connections to one origin. Nothing is connected before the first request. */
export const createSender = (baseUrl: URL, limits: SenderLimits): Sender => {
  const preconnector = createPreconnector(baseUrl, { ...limits, idleMsMax });
  const pool = new Pool(baseUrl.origin, {
    connections: connectionsMax,
    pipelining: 1,
    connect: preconnector.connect,
    // The query has one total timeout; undici's own would be a second one.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMsMax,
    keepAliveTimeoutThreshold: hangUpEarlierMs,
  });
  // Counted here: the pool computes its own figures over all connections at each read, twice for each request.
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

  /** Opens connections for the waiting requests; resolves when one is open, false where none can be opened. */
  const connected = async (latestMs: number): Promise<boolean> => {
    const missing = Math.min(waiting, preconnectMax) - usable() - preconnector.opening();
    for (let count = Math.min(missing, spareConnections()); count > 0; count -= 1) void preconnector.open();
    while (usable() <= 0 && preconnector.opening() > 0) {
      if (!(await preconnector.next(latestMs - performance.now()))) break;
    }
    return usable() > 0 || spareConnections() <= 0;
  };

  /**
   * Begins the work in the same tick in which a connection is open and the permit is valid: any await between would let
   * other requests take the connection. Null where no connection can be opened.
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
    send: async (request, keyHeaders, { acquirePermit, maySend, latestMs, leftMs }) => {
      const sending = await beginWithPermit(acquirePermit, latestMs, async () => {
        const timeoutMs = leftMs();
        if (timeoutMs <= 0) return unsent('TIMEOUT');
        return await exchangeInSpan(baseUrl, request, async (span) => {
          const { bodyBytesMax } = limits;
          const traceparent = span.traceparent();
          const headers = traceparent === null ? keyHeaders : { ...keyHeaders, traceparent };
          const startedMs = performance.now();
          const received = await exchange(pool, use, request, headers, { timeoutMs, bodyBytesMax, maySend });
          if (received.kind === 'RECEIVED' || received.sent) {
            const status = received.kind === 'RECEIVED' ? received.status : null;
            limits.onExchange?.({ durationMs: performance.now() - startedMs, status });
          }
          return received;
        });
      });
      // Calling leftMs starts the query's clock, also where no connection was available, so that its retries are limited.
      const received =
        sending === null
          ? unsent(leftMs() <= 0 ? 'TIMEOUT' : 'CONNECTION', preconnector.lastFault())
          : await sending.begun;
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

const unsent = (reason: LossReason, code: string | null = null): Lost => ({
  kind: 'LOST',
  sent: false,
  reason,
  ...(code === null ? {} : { code }),
  headers: {},
});

const firstValues = (headers: WireHeaders): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values[name.toLowerCase()] = first;
  }
  return values;
};

/** Runs one exchange in a span of the conventions for HTTP clients. Its path is left out, because it contains the identifier. */
const exchangeInSpan = (
  { hostname, port, protocol }: URL,
  { method }: WireRequest,
  work: (span: TraceSpan) => Promise<Received | Lost>,
): Promise<Received | Lost> => {
  const facts = {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port === '' ? defaultPorts[protocol] : port),
    'url.scheme': protocol.slice(0, -1),
  };
  return inSpan({ name: method, kind: 'CLIENT', facts }, async (span) => {
    const received = await work(span);
    if (received.kind === 'LOST') span.fail(received.code ?? received.reason);
    else {
      span.add({ 'http.response.status_code': received.status });
      if (received.status >= 400) span.fail(String(received.status));
    }
    return received;
  });
};

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

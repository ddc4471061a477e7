import { type Dispatcher, Pool } from 'undici';
import { decodeBody } from './decode-body.js';

export type WireRequest = { method: 'GET' | 'POST'; path: string; body: string | null };

/** What came of one HTTP request. `text` is null where an answer with an error status had no readable body. */
export type Exchange =
  | {
      kind: 'ANSWERED';
      status: number;
      location: string | null;
      retryAfter: string | null;
      text: string | null;
    }
  /** No answer, or no readable one; `sent: false` means that not one byte of the request was written. */
  | { kind: 'LOST'; sent: boolean; reason: LossReason };

export type LossReason = 'TIMEOUT' | 'CONNECTION' | 'TOO_LARGE' | 'UNREADABLE';

export type Sender = {
  /** Where the requests go; a redirect is judged against it. */
  baseUrl: URL;
  /** One request, never repeated and never aborted but by its own time. Never rejects. */
  send: (request: WireRequest, key: string, timeoutMs: number) => Promise<Exchange>;
  /** Waits for the requests under way and closes the connections; further calls wait for the same end. */
  close: () => Promise<void>;
};

export type SenderLimits = { connectTimeoutMs: number; bodyBytesMax: number };

/** A pool of keep-alive connections to one origin. Nothing is connected before the first request. */
export const createSender = (baseUrl: URL, limits: SenderLimits): Sender => {
  const pool = new Pool(baseUrl.origin, {
    connections: 128,
    pipelining: 1,
    connect: { timeout: limits.connectTimeoutMs },
    // The total time of the question governs; undici's own clocks would only be a second answer to it.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Below the five seconds after which common servers hang up, so that we rarely write into a closing connection:
    // what is lost there counts as in doubt.
    keepAliveTimeout: 4_000,
  });
  let closed: Promise<void> | null = null;
  return {
    baseUrl,
    send: async (request, key, timeoutMs) => {
      const received = await exchange(pool, request, key, timeoutMs, limits.bodyBytesMax);
      if (received.kind === 'LOST') return received;
      const text = await decodeBody(
        received.bytes,
        header(received.headers, 'content-encoding'),
        limits.bodyBytesMax,
      );
      if (text === null && received.status < 300) return { kind: 'LOST', sent: true, reason: 'UNREADABLE' };
      return {
        kind: 'ANSWERED',
        status: received.status,
        location: header(received.headers, 'location'),
        retryAfter: header(received.headers, 'retry-after'),
        text,
      };
    },
    close: () => {
      closed ??= pool.close();
      return closed;
    },
  };
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Lost = Extract<Exchange, { kind: 'LOST' }>;
type Received = {
  kind: 'RECEIVED';
  status: number;
  headers: Headers;
  bytes: Buffer;
};

/**
 * Dispatches below `undici.request`, because only there one is told the moment before the first byte is written: the
 * line between "surely not processed" and "in doubt", which no error code draws reliably.
 */
const exchange = (
  pool: Pool,
  request: WireRequest,
  key: string,
  timeoutMs: number,
  bodyBytesMax: number,
): Promise<Received | Lost> =>
  new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | null = null;
    let ended = false;
    let status = 0;
    let headers: Headers = {};
    let chunks: Buffer[] = [];
    let size = 0;

    const end = (result: Received | Lost): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      resolve(result);
    };
    const lose = (reason: LossReason): void => {
      // A status of refusal is an answer, whatever became of the words after it.
      if (status >= 300) end({ kind: 'RECEIVED', status, headers, bytes: Buffer.alloc(0) });
      else end({ kind: 'LOST', sent: controller !== null, reason });
    };
    const giveUp = (reason: LossReason): void => {
      lose(reason);
      controller?.abort(new Error('given up'));
    };
    const timer = setTimeout(() => giveUp('TIMEOUT'), Math.max(0, timeoutMs));

    pool.dispatch(
      {
        method: request.method,
        path: request.path,
        body: request.body,
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'firmable-gateway',
          ...(request.body === null ? {} : { 'content-type': 'application/json' }),
        },
      },
      {
        onRequestStart: (started) => {
          // It waited for a connection for longer than its question had time: it must not go out any more.
          if (ended) started.abort(new Error('given up'));
          else controller = started;
        },
        onResponseStart: (_, statusCode, received) => {
          status = statusCode;
          headers = received;
        },
        onResponseData: (_, chunk) => {
          if (ended) return;
          size += chunk.length;
          if (size <= bodyBytesMax) chunks.push(chunk);
          else {
            chunks = [];
            giveUp('TOO_LARGE');
          }
        },
        onResponseEnd: () => end({ kind: 'RECEIVED', status, headers, bytes: Buffer.concat(chunks) }),
        onResponseError: () => lose('CONNECTION'),
      },
    );
  });

const header = (headers: Headers, name: string): string | null => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
};

import type { Dispatcher, Pool } from 'undici';
import { startTimeout } from '../../platform/with-timeout.js';
import { codeOf } from './create-connector.js';
import type { Call } from '../provider.js';

export type WireRequest = { method: 'GET' | 'POST'; path: string; body: string | null };

/** FORBIDDEN: `maySend` did not allow it. */
export type LossReason = 'TIMEOUT' | 'CONNECTION' | 'TOO_LARGE' | 'UNREADABLE' | 'FORBIDDEN';

export type WireHeaders = Readonly<Record<string, string | string[] | undefined>>;
/** `code` is that of the connection's error, if there was one. */
export type Lost = {
  kind: 'LOST';
  sent: boolean;
  reason: LossReason;
  code?: string;
  headers: WireHeaders;
};
export type Received = {
  kind: 'RECEIVED';
  status: number;
  headers: WireHeaders;
  bytes: Buffer;
};

/**
 * Sends one request by `pool.dispatch`, whose `onRequestStart` is called just before the first byte is written. That
 * separates "not sent" from "may have been processed", which error codes do not do reliably. `use` is called when a
 * connection starts and stops being busy with it. Never rejects.
 */
export const exchange = (
  pool: Pool,
  use: (isBusy: boolean) => void,
  request: WireRequest,
  keyHeaders: Readonly<Record<string, string>>,
  limits: { timeoutMs: number; bodyBytesMax: number; maySend: Call['maySend'] },
): Promise<Received | Lost> =>
  new Promise((resolve) => {
    const { timeoutMs, bodyBytesMax, maySend } = limits;
    let controller: Dispatcher.DispatchController | null = null;
    let ended = false;
    let status = 0;
    let headers: WireHeaders = {};
    let chunks: Buffer[] = [];
    let size = 0;

    const end = (result: Received | Lost): void => {
      if (ended) return;
      ended = true;
      stopTimeout();
      resolve(result);
    };
    const lose = (reason: LossReason, error?: unknown): void => {
      // An error status is a response, even if its body is lost.
      if (status >= 300) end({ kind: 'RECEIVED', status, headers, bytes: Buffer.alloc(0) });
      else
        end({
          kind: 'LOST',
          sent: controller !== null,
          reason,
          ...(error === undefined ? {} : { code: codeOf(error) }),
          headers,
        });
    };
    const giveUp = (reason: LossReason): void => {
      lose(reason);
      controller?.abort(new Error('given up'));
    };
    const stopTimeout = startTimeout(Math.max(0, timeoutMs), () => giveUp('TIMEOUT'));

    pool.dispatch(
      {
        method: request.method,
        path: request.path,
        body: request.body,
        headers: headersOf(request, keyHeaders),
      },
      {
        onRequestStart: (started) => {
          // It waited for a connection until its time was over, or the process stood still: it must not be sent any more.
          if (!ended && maySend?.(timeoutMs) === false) lose('FORBIDDEN');
          if (ended) {
            started.abort(new Error('given up'));
            return;
          }
          controller = started;
          use(true);
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
        onResponseEnd: () => {
          use(false);
          end({ kind: 'RECEIVED', status, headers, bytes: joined(chunks) });
        },
        onResponseError: (_, error) => {
          if (controller !== null) use(false);
          lose('CONNECTION', error);
        },
      },
    );
  });

/** A flat list, which undici takes without iterating over an object. */
const headersOf = ({ body }: WireRequest, keyHeaders: Readonly<Record<string, string>>): string[] => {
  const headers = [
    'accept',
    'application/json',
    'accept-encoding',
    'identity',
    'user-agent',
    'firmable-gateway',
  ];
  if (body !== null) headers.push('content-type', 'application/json');
  for (const name in keyHeaders) headers.push(name, keyHeaders[name] ?? '');
  return headers;
};

const joined = (chunks: Buffer[]): Buffer => {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
};

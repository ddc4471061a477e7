import { type Dispatcher, request } from 'undici';
import { signaturesOf } from './signature.js';
import { type AlertMessage, bodyFor, formatOf, showsCopies } from './webhook-format.js';

/**
 * What became of one attempt. `mayRepeat`: whether another attempt makes sense; ONCE where the receiver may have shown the
 * message already, and would show a copy.
 */
export type Posted =
  | { delivered: true; status: number }
  | {
      delivered: false;
      status: number | null;
      /** In words, without anything of the address or the response. */
      error: string;
      mayRepeat: 'YES' | 'ONCE' | 'NO';
      retryAfterSeconds: number | null;
    };

export type WebhookTarget = {
  id: string;
  url: string;
  /** Those that sign; a chat service gets no signature. */
  secrets: readonly string[];
  timeoutMs: number;
  /** The way out of the network. */
  dispatcher: Dispatcher | undefined;
};

/** Chat services and scripts take longer, and an attempt that is given up too early becomes a copy. */
const slowTimeoutMs = 30_000;
const bodyBytesMax = 16_384;

/**
 * Posts one message in the format that the receiver takes. A status of 2xx means delivered, and so does a 302 or 303 of a
 * receiver of Standard Webhooks: it has run and points to its result, as Google Apps Script does. No redirect is followed,
 * because an ADMIN sets the address, and what is signed for one host is not for another.
 */
export const postWebhook = async (message: AlertMessage, target: WebhookTarget): Promise<Posted> => {
  const { url, dispatcher } = target;
  const format = formatOf(url);
  const body = JSON.stringify(bodyFor(format, message));
  const timeoutMs = showsCopies(url) ? Math.max(slowTimeoutMs, target.timeoutMs) : target.timeoutMs;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'firmable-gateway',
        ...(format === 'STANDARD_WEBHOOKS' ? signedHeaders(target, body) : {}),
      },
      body,
      signal,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    const { statusCode: status, headers } = response;
    // The old connectors of Teams answer 200 with the failure in words. Of others only the status matters; a body that is
    // long or never ends is dropped.
    if (format === 'MICROSOFT_TEAMS_CONNECTOR' && status === 200) {
      const text = (await response.body.text()).slice(0, bodyBytesMax);
      if (/delivery failed/i.test(text))
        return failed(status, 'the connector answered that the delivery failed');
      return { delivered: true, status };
    }
    await response.body.dump({ limit: bodyBytesMax, signal }).catch(() => {});
    if (status < 300) return { delivered: true, status };
    if (status < 400) return redirected(url, status, firstOf(headers['location']));
    return refused(url, status, firstOf(headers['retry-after']));
  } catch (error) {
    return lost(url, error, timeoutMs);
  }
};

const signedHeaders = ({ id, secrets }: WebhookTarget, body: string): Record<string, string> => {
  const timestamp = Math.floor(Date.now() / 1_000).toString();
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signaturesOf(secrets, { id, timestamp, body }),
  };
};

const failed = (
  status: number | null,
  error: string,
  mayRepeat: 'YES' | 'ONCE' | 'NO' = 'YES',
  retryAfterSeconds: number | null = null,
): Posted => ({ delivered: false, status, error, mayRepeat, retryAfterSeconds });

const redirected = (url: string, status: number, location: string | undefined): Posted => {
  const to = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null;
  if (to !== null && signInHosts.test(to.hostname)) {
    return failed(status, `HTTP ${status} to a sign-in page: let anyone with the address post to it`);
  }
  const afterDelivery = (status === 302 || status === 303) && formatOf(url) === 'STANDARD_WEBHOOKS';
  if (afterDelivery && (to === null || !isMoved(new URL(url), to))) return { delivered: true, status };
  return failed(status, `HTTP ${status}, and redirects are not followed: set the address that it leads to`);
};

const signInHosts = /^(accounts\.google\.com|login\.(microsoftonline|live|windows)\.(com|net))$/;

/** The same address under https: the receiver has not run. */
const isMoved = (from: URL, to: URL): boolean =>
  from.protocol === 'http:' &&
  to.protocol === 'https:' &&
  from.hostname === to.hostname &&
  `${from.pathname}${from.search}` === `${to.pathname}${to.search}`;

const retryAfterMaxSeconds = 7_200;

const refused = (url: string, status: number, retryAfter: string | undefined): Posted => {
  const seconds = /^\d{1,9}$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
  // A chat service that refuses the request or does not know the address does not change its mind.
  const isFinal = showsCopies(url) && status < 500 && status !== 408 && status !== 425 && status !== 429;
  const capped = seconds === null ? null : Math.min(seconds, retryAfterMaxSeconds);
  return failed(status, `HTTP ${status}`, isFinal ? 'NO' : 'YES', capped);
};

/** Codes of a connection that was not opened, so that nothing was sent. */
const unsentCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

const lost = (url: string, error: unknown, timeoutMs: number): Posted => {
  const code = codeOf(error);
  // undici's only sign of a proxy that opened no tunnel.
  const proxyStatus =
    error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message)?.[1] : undefined;
  if (proxyStatus !== undefined) return failed(null, `no connection (PROXY_${proxyStatus})`);
  if (code !== null && unsentCodes.test(code)) return failed(null, `no connection (${code})`);
  const isTimeout = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const what = isTimeout
    ? `no answer within ${timeoutMs / 1_000} s`
    : `the connection was cut (${code ?? 'unknown'})`;
  return failed(null, what, showsCopies(url) ? 'ONCE' : 'YES');
};

const codeOf = (error: unknown): string | null => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') return code;
  }
  return null;
};

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

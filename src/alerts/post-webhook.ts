import { type Dispatcher, request } from 'undici';
import { retryAfterMs } from '../platform/retry-after.js';
import { inSpan, type SpanOptions } from '../platform/tracing/tracing.js';
import { signaturesOf } from './signature.js';
import type { AlertMessage, Sent, WebhookKind } from './alert.js';
import { hostOf, RefusedAddressError } from './public-addresses.js';
import { bodyFor, isTeamsConnector, showsCopies } from './webhook-format.js';

export type WebhookTarget = {
  /** The value of webhook-id. */
  id: string;
  kind: WebhookKind;
  url: string;
  /** Those that sign; a chat service gets no signature. */
  secrets: readonly string[];
  timeoutMs: number;
  /** The way out of the network. */
  dispatcher: Dispatcher;
};

/** Chat services and scripts take longer, and an attempt that is given up too early becomes a copy. */
const slowTimeoutMs = 30_000;
const bodyBytesMax = 16_384;

/**
 * Posts one message in the format that the receiver takes. A status of 2xx means delivered, and so does a 302 or 303 of a
 * receiver of Standard Webhooks at its own origin: it has run and points to its result. No redirect is followed,
 * because an ADMIN sets the address, and what is signed for one host is not for another.
 */
export const postWebhook = async (message: AlertMessage, target: WebhookTarget): Promise<Sent> => {
  const { kind, url, dispatcher } = target;
  const body = JSON.stringify(bodyFor(kind, url, message));
  const timeoutMs = showsCopies(kind, url) ? Math.max(slowTimeoutMs, target.timeoutMs) : target.timeoutMs;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await inSpan(spanOf(url), async (span) => {
      const traceparent = span.traceparent();
      const answered = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'firmable-gateway',
          ...(kind === 'WEBHOOK' ? signedHeaders(target, body) : {}),
          ...(traceparent === null ? {} : { traceparent }),
        },
        body,
        signal,
        dispatcher,
      });
      span.add({ 'http.response.status_code': answered.statusCode });
      if (answered.statusCode >= 400) span.fail(String(answered.statusCode));
      return answered;
    });
    const { statusCode: status, headers } = response;
    // The old connectors of Teams answer 200 with the failure in words. Of others only the status matters; a body that is
    // long or never ends is dropped.
    if (kind === 'TEAMS' && isTeamsConnector(url) && status === 200) {
      const text = (await response.body.text()).slice(0, bodyBytesMax);
      if (/delivery failed/i.test(text))
        return failed(status, 'the connector answered that the delivery failed');
      return delivered(status);
    }
    await response.body.dump({ limit: bodyBytesMax, signal }).catch(() => {});
    if (status < 300) return delivered(status);
    if (status < 400) return redirected(target, status, firstOf(headers['location']));
    return refused(target, status, firstOf(headers['retry-after']));
  } catch (error) {
    return lost(target, error, timeoutMs);
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

const delivered = (status: number): Sent => ({ delivered: true, status, error: null });

const failed = (
  status: number | null,
  error: string,
  mayRepeat: 'YES' | 'ONCE' | 'NO' = 'YES',
  retryAfterSeconds: number | null = null,
): Sent => ({ delivered: false, status, error, mayRepeat, retryAfterSeconds });

const redirected = ({ kind, url }: WebhookTarget, status: number, location: string | undefined): Sent => {
  const to = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null;
  if (to !== null && signInHosts.test(to.hostname)) {
    return failed(status, `HTTP ${status} to a sign-in page: let anyone with the address post to it`);
  }
  const afterDelivery = (status === 302 || status === 303) && kind === 'WEBHOOK';
  if (afterDelivery && (to === null || isResult(new URL(url), to))) return delivered(status);
  return failed(status, `HTTP ${status}, and redirects are not followed: set the address that it leads to`);
};

const signInHosts = /^(accounts\.google\.com|login\.(microsoftonline|live|windows)\.(com|net))$/;

/** Whether a redirect leads to the result of a receiver that has run: at its own origin, or where Google Apps Script shows it. */
const isResult = (from: URL, to: URL): boolean =>
  from.origin === to.origin ||
  (hostOf(from.href) === 'script.google.com' && /(^|\.)googleusercontent\.com$/.test(to.hostname));

const retryAfterMaxSeconds = 7_200;

const refused = ({ kind, url }: WebhookTarget, status: number, retryAfter: string | undefined): Sent => {
  const waitMs = retryAfterMs(retryAfter, new Date());
  // A chat service that refuses the request or does not know the address does not change its mind.
  const isFinal =
    showsCopies(kind, url) && status < 500 && status !== 408 && status !== 425 && status !== 429;
  const capped = waitMs === null ? null : Math.min(Math.ceil(waitMs / 1_000), retryAfterMaxSeconds);
  return failed(status, `HTTP ${status}`, isFinal ? 'NO' : 'YES', capped);
};

/** Why nothing was sent to an address that is not allowed. */
export const refusedAddress =
  'the address is private, local or reserved: use a public one, or for a private one the operator may set WEBHOOK_PRIVATE_ADDRESSES to on';

/** Codes of a connection that was not opened, so that nothing was sent. */
const unsentCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

const lost = ({ kind, url }: WebhookTarget, error: unknown, timeoutMs: number): Sent => {
  const code = codeOf(error);
  if (error instanceof RefusedAddressError || code === 'ERR_ADDRESS_REFUSED')
    return failed(null, refusedAddress);
  // undici's only sign of a proxy that opened no tunnel.
  const proxyStatus =
    error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message)?.[1] : undefined;
  if (proxyStatus !== undefined) return failed(null, `no connection (PROXY_${proxyStatus})`);
  if (code !== null && unsentCodes.test(code)) return failed(null, `no connection (${code})`);
  const isTimeout = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const what = isTimeout
    ? `no answer within ${timeoutMs / 1_000} s`
    : `the connection was cut (${code ?? 'unknown'})`;
  return failed(null, what, showsCopies(kind, url) ? 'ONCE' : 'YES');
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

/** Without the path of the address, which is often a secret. */
const spanOf = (url: string): SpanOptions => ({
  name: 'webhook delivery',
  kind: 'CLIENT',
  facts: { 'http.request.method': 'POST', 'server.address': new URL(url).hostname },
});

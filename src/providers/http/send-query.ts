import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import { withTimeout } from '../../platform/with-timeout.js';
import type { Call, NoRecord, Reported, Permit, Unknown } from '../provider.js';
import type { Exchange, Sender } from './create-sender.js';
import type { LossReason, WireRequest } from './exchange.js';
import { attemptsMax, retryDelayMs } from './retry-delay.js';
import {
  type Body,
  broken,
  type Classify,
  type HttpAnswer,
  isForeignPage,
  notTheProvider,
  throttledFor,
  type HttpResult,
  type Wait,
} from './http-result.js';

const redirectsMax = 3;

/** The result of one query: a body still to be read, or why there is none. */
export type QueryResult = Body | NoRecord;

/** How one provider is called. */
export type HttpProfile = {
  /** The headers that carry the key. */
  keyHeaders: (key: string) => Record<string, string>;
  classify: Classify;
  /** What the headers of any response report of credits; null where they report nothing. */
  readReport: (headers: HttpAnswer['headers']) => Reported | null;
  /** For one query with its redirects, retries and waits, from its first permit on. */
  totalTimeoutMs: number;
};

/**
 * Sends one query over HTTP. It follows redirects, and retries where the provider processed nothing: a connection that
 * could not be opened, a 429, a 503, unless its headers report a charge. A request that was sent and not answered is UNKNOWN
 * and never repeated. Every request first acquires a permit. `totalTimeoutMs` runs from the first permit, or the first
 * connection that could not be opened, and includes all later waits; `call.timeoutMs` runs from the start. Rejects only with
 * what `call.acquirePermit` rejects with, except RATE_LIMITED, which is THROTTLED.
 */
export const sendQuery = async (
  sender: Sender,
  call: Call,
  request: WireRequest,
  { keyHeaders, classify, readReport, totalTimeoutMs }: HttpProfile,
): Promise<QueryResult> => {
  const latestMs = performance.now() + (call.timeoutMs ?? Number.POSITIVE_INFINITY);
  let deadlineMs: number | null = null;
  let everSent = false;

  const leftMs = (): number => {
    deadlineMs ??= Math.min(latestMs, performance.now() + totalTimeoutMs);
    return deadlineMs - performance.now();
  };

  const sendWithPermit = async (path: string): Promise<Exchange> => {
    const acquirePermit = () => permitBefore(latestMs, call);
    const exchange = await sender.send({ ...request, path }, keyHeaders(call.key), {
      acquirePermit,
      maySend: call.maySend,
      latestMs: deadlineMs ?? latestMs,
      leftMs,
    });
    if (exchange.kind === 'ANSWERED' || exchange.sent) everSent = true;
    return exchange;
  };

  const attempt = async (): Promise<HttpResult> => {
    let path = `${sender.baseUrl.pathname.replace(/\/+$/, '')}${request.path}`;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const exchange = await sendWithPermit(path);
      const reported = readReport(exchange.headers);
      if (exchange.kind === 'LOST') return withReport(classifyLoss(exchange, everSent), reported);
      const isRedirect = exchange.status >= 300 && exchange.status < 400;
      if (!isRedirect) {
        const isForeign = isForeignPage(exchange);
        const page = `HTTP ${exchange.status} with a web page`;
        return withReport(isForeign ? notTheProvider(page) : classify(exchange, new Date()), reported);
      }
      const next = redirectPath(sender.baseUrl, path, exchange);
      if (next === null) return notTheProvider(`HTTP ${exchange.status} to another place`);
      path = next;
    }
    return notTheProvider(`more than ${redirectsMax} redirects`);
  };

  try {
    for (let count = 1; ; count += 1) {
      const result = await attempt();
      if (result.kind !== 'WAIT') return result;
      // What was charged for an answer may be charged again, and only one charge can be reported.
      const isCharged = (result.otherwise.reported?.credits ?? 0n) > 0n;
      if (count >= attemptsMax || isCharged) return result.otherwise;
      const delayMs = retryDelayMs(count, result.requestedMs, Math.random());
      if (deadlineMs === null || performance.now() + delayMs >= deadlineMs) return tooLongToWait(result);
      await sleep(delayMs);
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'RATE_LIMITED') throw error;
    return { kind: 'THROTTLED', retryAfterSeconds: error.retryAfterSeconds };
  }
};

/** A permit, waited for no longer than the query may take. */
const permitBefore = async (latest: number, call: Call): Promise<Permit> => {
  const permit = call.acquirePermit();
  if (latest === Number.POSITIVE_INFINITY) return await permit;
  permit.catch(() => {});
  return await withTimeout(Math.max(0, latest - performance.now()), permit, noPermitInTime);
};

const noPermitInTime = (): GatewayError =>
  new GatewayError('RATE_LIMITED', 'This key got no permit in time. Try again in a moment.');

const withReport = (result: HttpResult, reported: Reported | null): HttpResult => {
  if (reported === null) return result;
  if (result.kind === 'WAIT') return { ...result, otherwise: { ...result.otherwise, reported } };
  return { ...result, reported };
};

const tooLongToWait = ({ requestedMs, otherwise }: Wait): NoRecord => {
  if (requestedMs === null) return otherwise;
  const { reported } = otherwise;
  return { ...throttledFor(requestedMs), ...(reported === undefined ? {} : { reported }) };
};

const classifyLoss = (lost: Extract<Exchange, { kind: 'LOST' }>, everSent: boolean): Wait | NoRecord => {
  if (lost.reason === 'FORBIDDEN') return broken(everSent, 'it may not be sent any more');
  if (lost.sent) return { kind: 'UNKNOWN', ...lossDetails[lost.reason] };
  if (lost.reason === 'TIMEOUT') return broken(everSent, 'no connection in time');
  const detail = lost.code === undefined ? 'no connection' : `no connection (${lost.code})`;
  return { kind: 'WAIT', requestedMs: null, otherwise: broken(everSent, detail) };
};

const lossDetails: Record<Exclude<LossReason, 'FORBIDDEN'>, Pick<Unknown, 'code' | 'cause' | 'detail'>> = {
  TIMEOUT: { code: 'PROVIDER_TIMEOUT', cause: 'TIMEOUT', detail: 'no whole answer in time' },
  CONNECTION: {
    code: 'PROVIDER_UNAVAILABLE',
    cause: 'CONNECTION_LOST',
    detail: 'the connection was cut',
  },
  TOO_LARGE: {
    code: 'PROVIDER_ANSWER_UNREADABLE',
    cause: 'UNREADABLE',
    detail: 'the answer is too large',
  },
  UNREADABLE: {
    code: 'PROVIDER_ANSWER_UNREADABLE',
    cause: 'UNREADABLE',
    detail: 'the answer cannot be unpacked',
  },
};

/**
 * Where a 307 or 308 leads, as a path on the same origin; null for any other redirect. Only these two keep method
 * and body (RFC 9110 section 15.4), and only the same origin may see the key.
 */
const redirectPath = (baseUrl: URL, path: string, answer: HttpAnswer): string | null => {
  if (answer.status !== 307 && answer.status !== 308) return null;
  const location = answer.headers['location'];
  if (location === undefined) return null;
  const here = new URL(path, baseUrl.origin);
  if (!URL.canParse(location, here.href)) return null;
  const next = new URL(location, here.href);
  return next.origin === baseUrl.origin ? `${next.pathname}${next.search}` : null;
};

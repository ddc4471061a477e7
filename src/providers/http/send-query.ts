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
  throttledFor,
  type HttpResult,
  type Wait,
} from './http-result.js';

const redirectsMax = 3;

/** What one question came to: a body still to be read, or why there is none. */
export type QueryResult = Body | NoRecord;

/** How one provider is spoken to. */
export type HttpProfile = {
  /** The headers that carry the key. */
  keyHeaders: (key: string) => Record<string, string>;
  classify: Classify;
  /** What the headers say of money, on whatever answer; null where they say nothing. */
  readReport: (headers: HttpAnswer['headers']) => Reported | null;
  /** For one question with its redirects, retries and waits, from its first turn on. */
  totalTimeoutMs: number;
};

/**
 * Asks one question over HTTP, following redirects and asking again where the provider surely took nothing: a
 * connection that never came about, a 429, a 503. Whatever was written and not answered is UNKNOWN and is never
 * repeated. Every request first waits for its turn. `totalTimeoutMs` runs from the first turn, or the first connection
 * that could not be had, and covers all waits after it; `call.timeoutMs` runs from the start. Rejects only with what
 * `call.turn` rejects with, save RATE_LIMITED, which is THROTTLED.
 */
export const sendQuery = async (
  sender: Sender,
  call: Call,
  request: WireRequest,
  { keyHeaders, classify, readReport, totalTimeoutMs }: HttpProfile,
): Promise<QueryResult> => {
  const latest = performance.now() + (call.timeoutMs ?? Number.POSITIVE_INFINITY);
  let deadline: number | null = null;
  let everSent = false;

  const leftMs = (): number => {
    deadline ??= Math.min(latest, performance.now() + totalTimeoutMs);
    return deadline - performance.now();
  };

  const sendWithPermit = async (path: string): Promise<Exchange> => {
    const turn = () => permitBefore(latest, call);
    const exchange = await sender.send({ ...request, path }, keyHeaders(call.key), {
      acquirePermit: turn,
      latestMs: deadline ?? latest,
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
      if (!isRedirect) return withReport(classify(exchange, new Date()), reported);
      const next = redirectPath(sender.baseUrl, path, exchange);
      if (next === null) return broken(true, `HTTP ${exchange.status} to a place that is not followed`);
      path = next;
    }
    return broken(true, `more than ${redirectsMax} redirects`);
  };

  try {
    for (let count = 1; ; count += 1) {
      const result = await attempt();
      if (result.kind !== 'WAIT') return result;
      if (count >= attemptsMax) return result.otherwise;
      const delayMs = retryDelayMs(count, result.requestedMs, Math.random());
      if (deadline === null || performance.now() + delayMs >= deadline) return tooLongToWait(result);
      await sleep(delayMs);
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'RATE_LIMITED') throw error;
    return { kind: 'THROTTLED', retryAfterSeconds: error.retryAfterSeconds };
  }
};

/** A turn that comes later than the question may take is not waited for. */
const permitBefore = async (latest: number, call: Call): Promise<Permit> => {
  const permit = call.acquirePermit();
  if (latest === Number.POSITIVE_INFINITY) return await permit;
  permit.catch(() => {});
  return await withTimeout(Math.max(0, latest - performance.now()), permit, noPermitInTime);
};

const noPermitInTime = (): GatewayError =>
  new GatewayError('RATE_LIMITED', 'There was no turn for this key in time. Ask again in a moment.');

const withReport = (result: HttpResult, reported: Reported | null): HttpResult => {
  if (reported === null) return result;
  if (result.kind === 'WAIT') return { ...result, otherwise: { ...result.otherwise, reported } };
  return { ...result, reported };
};

const tooLongToWait = ({ requestedMs: askedMs, otherwise }: Wait): NoRecord => {
  if (askedMs === null) return otherwise;
  const { reported } = otherwise;
  return { ...throttledFor(askedMs), ...(reported === undefined ? {} : { reported }) };
};

const classifyLoss = (lost: Extract<Exchange, { kind: 'LOST' }>, everSent: boolean): Wait | NoRecord => {
  if (lost.sent) return { kind: 'UNKNOWN', ...lossDetails[lost.reason] };
  if (lost.reason === 'TIMEOUT') return broken(everSent, 'no connection in time');
  return { kind: 'WAIT', requestedMs: null, otherwise: broken(everSent, 'no connection') };
};

const lossDetails: Record<LossReason, Pick<Unknown, 'code' | 'detail'>> = {
  TIMEOUT: { code: 'PROVIDER_TIMEOUT', detail: 'no whole answer in time' },
  CONNECTION: { code: 'PROVIDER_UNAVAILABLE', detail: 'the connection was cut' },
  TOO_LARGE: { code: 'PROVIDER_ANSWER_UNREADABLE', detail: 'the answer is too large' },
  UNREADABLE: { code: 'PROVIDER_ANSWER_UNREADABLE', detail: 'the answer cannot be unpacked' },
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

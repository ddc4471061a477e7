import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import type { Call, NoRecord, Unknown } from '../provider.js';
import { broken, classifyAnswer, toSeconds, type Verdict, type Wait } from './classify-answer.js';
import type { Exchange, LossReason, Sender, WireRequest } from './create-sender.js';
import { attemptsMax, retryDelayMs } from './retry-delay.js';

const redirectsMax = 3;

/** What one question came to: a body of HTTP 200 still to be read, or why there is none. */
export type Asked = { kind: 'BODY'; body: unknown } | NoRecord;

/**
 * Asks one question over HTTP, following redirects and asking again where the provider surely took nothing: a
 * connection that never came about, a 429, a 503. Whatever was written and not answered is UNKNOWN and is never
 * repeated. Every request first waits for its turn; `totalTimeoutMs` runs from the first turn and covers all waits.
 * Rejects only with what `call.turn` rejects with, save RATE_LIMITED, which is THROTTLED.
 */
export const askFirmable = async (
  sender: Sender,
  call: Call,
  request: WireRequest,
  totalTimeoutMs: number,
): Promise<Asked> => {
  let deadline: number | null = null;
  let everSent = false;

  const sendInTurn = async (path: string): Promise<Exchange> => {
    await call.turn();
    deadline ??= performance.now() + totalTimeoutMs;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return { kind: 'LOST', sent: false, reason: 'TIMEOUT' };
    const exchange = await sender.send({ ...request, path }, call.key, leftMs);
    if (exchange.kind === 'ANSWERED' || exchange.sent) everSent = true;
    return exchange;
  };

  const attempt = async (): Promise<Exclude<Verdict, { kind: 'REDIRECT' }>> => {
    let path = `${sender.baseUrl.pathname.replace(/\/+$/, '')}${request.path}`;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const exchange = await sendInTurn(path);
      if (exchange.kind === 'LOST') return judgeLoss(exchange, everSent);
      const verdict = classifyAnswer(exchange, new Date());
      if (verdict.kind !== 'REDIRECT') return verdict;
      const next = redirectPath(sender.baseUrl, path, exchange);
      if (next === null) return broken(true, `HTTP ${exchange.status} to a place that is not followed`);
      path = next;
    }
    return broken(true, `more than ${redirectsMax} redirects`);
  };

  try {
    for (let count = 1; ; count += 1) {
      const verdict = await attempt();
      if (verdict.kind !== 'WAIT') return verdict;
      if (count >= attemptsMax) return verdict.otherwise;
      const delayMs = retryDelayMs(count, verdict.askedMs, Math.random());
      if (deadline === null || performance.now() + delayMs >= deadline) {
        return verdict.askedMs === null
          ? verdict.otherwise
          : { kind: 'THROTTLED', retryAfterSeconds: toSeconds(verdict.askedMs) };
      }
      await sleep(delayMs);
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'RATE_LIMITED') throw error;
    return { kind: 'THROTTLED', retryAfterSeconds: error.retryAfterSeconds };
  }
};

const judgeLoss = (lost: Extract<Exchange, { kind: 'LOST' }>, everSent: boolean): Wait | NoRecord => {
  if (lost.sent) return { kind: 'UNKNOWN', ...inDoubt[lost.reason] };
  if (lost.reason === 'TIMEOUT') return broken(everSent, 'no connection in time');
  return { kind: 'WAIT', askedMs: null, otherwise: broken(everSent, 'no connection') };
};

const inDoubt: Record<LossReason, Omit<Unknown, 'kind'>> = {
  TIMEOUT: { code: 'PROVIDER_TIMEOUT', detail: 'no whole answer in time' },
  CONNECTION: { code: 'PROVIDER_UNAVAILABLE', detail: 'the connection was cut' },
  TOO_LARGE: { code: 'PROVIDER_ANSWER_UNREADABLE', detail: 'the answer is too large' },
  UNREADABLE: { code: 'PROVIDER_ANSWER_UNREADABLE', detail: 'the answer cannot be unpacked' },
};

/**
 * Where a 307 or 308 leads, as a path on the same origin; null for any other redirect. Only these two keep method
 * and body (RFC 9110 section 15.4), and only the same origin may see the key.
 */
const redirectPath = (
  baseUrl: URL,
  path: string,
  answer: { status: number; location: string | null },
): string | null => {
  if (answer.status !== 307 && answer.status !== 308) return null;
  if (answer.location === null) return null;
  const here = new URL(path, baseUrl.origin);
  if (!URL.canParse(answer.location, here.href)) return null;
  const next = new URL(answer.location, here.href);
  return next.origin === baseUrl.origin ? `${next.pathname}${next.search}` : null;
};

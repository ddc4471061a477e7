import type { Broken, NoRecord } from '../provider.js';
import { type ErrorBody, readError } from './read-error.js';
import { isObject } from './read-fields.js';
import { askedDelayMs } from './retry-delay.js';

export type HttpAnswer = { status: number; retryAfter: string | null; text: string | null };

/** Worth asking again after a while; `otherwise` is what it came to where that is not done. */
export type Wait = { kind: 'WAIT'; askedMs: number | null; otherwise: NoRecord };

/** What an answer calls for: reading its body, following it, asking again, or nothing more. */
export type Verdict = { kind: 'BODY'; body: unknown } | { kind: 'REDIRECT' } | Wait | NoRecord;

const missText = /not found|\bno profiles?\b|\bno records?\b/i;
const throttleText = /rate.?limit|too many requests|throttl/i;
const creditsGoneText = new RegExp(
  [
    String.raw`\b(insufficient|not enough|out of|exhausted|exceeded|used up|depleted|run out of)\b[^.!]{0,40}\bcredits?\b`,
    String.raw`\bcredits?\b[^.!]{0,40}\b(insufficient|exhausted|exceeded|used up|depleted|ran out|run out|reached)\b`,
    String.raw`\b(no|0|zero) (more |remaining |available )?credits?\b(?! (was|were|have been|used|charged))`,
  ].join('|'),
  'i',
);

/** Statuses of a proxy that passed the question on and lost the answer: the provider may have taken it. */
const lostBehindProxy: ReadonlySet<number> = new Set([502, 504, 520, 524]);

/**
 * Says what an HTTP answer means in our words. Source: Firmable's published document, put right where the live API
 * was measured to do otherwise (a miss is a 500 with words, a throttle may be a 200, errors have three shapes).
 * No text of the answer is passed on: it may repeat the key or the address that was asked for.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): Verdict => {
  const { status } = answer;
  const body = parse(answer.text);
  if (status >= 300 && status < 400) return { kind: 'REDIRECT' };
  if (status >= 400) return classifyError(status, readError(body), answer.retryAfter, now);
  if (isRefusalInside(body)) {
    const error = readError(body);
    return classifyError(error.status ?? status, error, answer.retryAfter, now);
  }
  if (typeof body === 'object' && body !== null) return { kind: 'BODY', body };
  return unreadable(`HTTP ${status} without a JSON object`);
};

/** A hit that cannot be read: the provider may well have charged for it. */
export const unreadable = (detail: string): NoRecord => ({
  kind: 'UNKNOWN',
  code: 'PROVIDER_ANSWER_UNREADABLE',
  detail,
});

export const broken = (sent: boolean, detail: string): Broken => ({
  kind: 'BROKEN',
  code: 'PROVIDER_UNAVAILABLE',
  sent,
  detail,
});

const parse = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/** An error under HTTP 200: one that says so itself, or words about a miss or a throttle where a record's id is due. */
const isRefusalInside = (body: unknown): boolean => {
  if (!isObject(body)) return false;
  const { success, id, records, error } = body;
  if (success === false || success === 'false') return true;
  if ((id ?? records ?? null) !== null || (error ?? null) === null) return false;
  const { text, code, status } = readError(body);
  return status !== null || missText.test(text) || throttleText.test(`${code} ${text}`);
};

const classifyError = (
  status: number,
  error: ErrorBody,
  retryAfter: string | null,
  now: Date,
): Wait | NoRecord => {
  const askedMs = askedDelayMs(retryAfter, error.text, now);
  const throttled: Wait = {
    kind: 'WAIT',
    askedMs,
    otherwise: { kind: 'THROTTLED', retryAfterSeconds: toSeconds(askedMs) },
  };
  if (status === 402) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (throttleText.test(error.code ?? '')) return throttled;
  if (status === 404 || (mayBeMiss(status) && missText.test(error.text))) return { kind: 'NOT_FOUND' };
  if (creditsGoneText.test(`${error.code} ${error.text}`)) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (status === 429 || error.status === 429) return throttled;
  if (status === 401) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
  if (status === 403) return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
  if (status < 500 && throttleText.test(error.text)) return throttled;
  if (status === 503) return { kind: 'WAIT', askedMs, otherwise: broken(true, 'HTTP 503') };
  if (lostBehindProxy.has(status)) {
    return { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', detail: `HTTP ${status} of a proxy` };
  }
  return broken(true, status < 300 ? `HTTP ${status} that says it failed` : `HTTP ${status}`);
};

const mayBeMiss = (status: number): boolean =>
  status < 300 || status === 400 || status === 422 || status === 500;

/** Milliseconds as whole seconds, rounded up: earlier than asked would be turned away again. */
export const toSeconds = (delayMs: number | null): number | null =>
  delayMs === null ? null : Math.ceil(delayMs / 1000);

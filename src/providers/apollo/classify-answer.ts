import { isObject } from '../fields/read-fields.js';
import { retryAfterMs } from '../http/retry-delay.js';
import {
  broken,
  classifyFault,
  type HttpAnswer,
  parseJson,
  throttled,
  unreadable,
  type HttpResult,
} from '../http/http-result.js';
import { saysCreditsGone } from '../says-credits-gone.js';

/**
 * Classifies Apollo's HTTP responses. A miss is a 200 whose `organization` or `person` is null, empty or missing; a 401
 * is plain text; a 403 means that the key's scope or the plan does not include the endpoint. Source: Apollo's
 * OpenAPI document.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): HttpResult => {
  const { status } = answer;
  const body = parseJson(answer.text);
  if (status < 300) return classifyBody(status, body);
  if (status === 401) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
  const words = wordsOf(body);
  if (status === 402 || (status < 500 && saysCreditsGone(words))) {
    return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  }
  if (status === 403) return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
  if (status === 400 || status === 422) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
  const requestedMs = retryAfterMs(answer.headers['retry-after'], now);
  if (status === 429) return throttled(requestedMs ?? windowMs(words));
  return classifyFault(status, requestedMs);
};

const classifyBody = (status: number, body: unknown): HttpResult => {
  if (!isObject(body)) return unreadable(`HTTP ${status} without a JSON object`);
  const found = body['organization'] ?? body['person'] ?? body['credit_usage_stats'] ?? null;
  if (found !== null && !isEmpty(found)) return { kind: 'BODY', body };
  if ((body['error'] ?? body['error_code'] ?? null) === null) return { kind: 'NOT_FOUND' };
  return broken(true, `HTTP ${status} that says it failed`);
};

const isEmpty = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

const wordsOf = (body: unknown): string =>
  isObject(body)
    ? [body['error'], body['message']].filter((words) => typeof words === 'string').join(' · ')
    : '';

/** The longest wait for a rate limit without a header: its text names the window ("600 times per hour"). */
const windowMs = (words: string): number | null => {
  const unit = /\bper (minute|hour|day)\b/i.exec(words)?.[1]?.toLowerCase();
  if (unit === undefined) return null;
  return unit === 'minute' ? 60_000 : unit === 'hour' ? 3_600_000 : 86_400_000;
};

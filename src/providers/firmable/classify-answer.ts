import type { NoRecord } from '../provider.js';
import { isObject } from '../fields/read-fields.js';
import { retryAfterMs } from '../http/retry-delay.js';
import {
  classifyFault,
  type HttpAnswer,
  parseJson,
  throttled,
  unreadable,
  type HttpResult,
  type Wait,
} from '../http/http-result.js';
import { saysCreditsGone } from '../says-credits-gone.js';
import { requestedDelayMs } from './requested-delay.js';
import { type ErrorBody, readError } from './read-error.js';

const missText = /not found|\bno profiles?\b|\bno records?\b/i;
const throttleText = /rate.?limit|too many requests|throttl/i;

/**
 * Says what an HTTP answer means in our words. Source: Firmable's published document, put right where the live API
 * was measured to do otherwise (a miss is a 500 with words, a throttle may be a 200, errors have three shapes).
 * No text of the answer is passed on: it may repeat the key or the address that was asked for.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): HttpResult => {
  const { status, text } = answer;
  const body = parseJson(text);
  const headerMs = retryAfterMs(answer.headers['retry-after'], now);
  if (status >= 400) return classifyError(status, readError(body), headerMs);
  if (isRefusalInside(body)) {
    const error = readError(body);
    return classifyError(error.status ?? status, error, headerMs);
  }
  if (typeof body === 'object' && body !== null && text !== null) return { kind: 'BODY', body, json: text };
  return unreadable(`HTTP ${status} without a JSON object`);
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

const classifyError = (status: number, error: ErrorBody, headerMs: number | null): Wait | NoRecord => {
  const askedMs = headerMs ?? requestedDelayMs(error.text);
  if (status === 402) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (throttleText.test(error.code ?? '')) return throttled(askedMs);
  if (status === 404 || (mayBeMiss(status) && missText.test(error.text))) return { kind: 'NOT_FOUND' };
  if (saysCreditsGone(`${error.code} ${error.text}`)) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (status === 429 || error.status === 429) return throttled(askedMs);
  if (status === 401) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
  if (status === 403) return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
  if (status < 500 && throttleText.test(error.text)) return throttled(askedMs);
  // Its document: the request is wrong, and all that is of the caller's making in it is the identifier.
  if (status === 400 || status === 422) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
  return classifyFault(status, askedMs);
};

const mayBeMiss = (status: number): boolean =>
  status < 300 || status === 400 || status === 422 || status === 500;

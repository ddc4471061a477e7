import { retryAfterMs } from '../../platform/retry-after.js';
import type { NoRecord } from '../provider.js';
import { isObject } from '../fields/read-fields.js';
import {
  classifyFault,
  notTheProvider,
  type HttpAnswer,
  parseJson,
  throttled,
  unreadable,
  type HttpResult,
  type Wait,
} from '../http/http-result.js';
import { saysCreditsGone } from '../says-credits-gone.js';
import { type ErrorBody, readError } from './read-error.js';

const missText = /not found|\bno profiles?\b|\bno records?\b/i;
const throttleText = /rate.?limit|too many requests|throttl/i;

/**
 * Classifies Firmable's HTTP responses. Source: its published document, corrected where the live API was measured to
 * differ (a miss is a 500 with a text, a rate limit may be a 200, errors have three shapes). No text of the response is
 * passed on: it may repeat the key or the identifier.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): HttpResult => {
  const { status, text } = answer;
  const body = parseJson(text);
  const headerMs = retryAfterMs(answer.headers['retry-after'], now);
  if (status === 404) return isMissOf404(body) ? { kind: 'NOT_FOUND' } : notTheProvider('HTTP 404');
  if ((status === 400 || status === 422) && !isObject(body)) return notTheProvider(`HTTP ${status}`);
  if (status >= 400) return classifyError(status, readError(body), headerMs);
  if (isRefusalInside(body)) {
    const error = readError(body);
    return classifyError(error.status ?? status, error, headerMs);
  }
  if (typeof body === 'object' && body !== null && text !== null) return { kind: 'BODY', body, json: text };
  return unreadable(`HTTP ${status} without a JSON object`);
};

const errorFields: ReadonlySet<string> = new Set(['error', 'message', 'code', 'status', 'success']);
const unknownPathText =
  /^\W*(404|(page |path |route |url |resource |endpoint )?not found|cannot (get|post)\b.*|no route\b.*|route\b.*not found)\W*$/i;

/** Whether a 404 is a miss, in Firmable's shape of an error, and not a server that does not know the path. */
const isMissOf404 = (body: unknown): boolean => {
  if (!isObject(body) || !Object.keys(body).every((name) => errorFields.has(name))) return false;
  const { text } = readError(body);
  if (Object.keys(body).length === 0) return true;
  return (body['error'] ?? null) !== null && text.split(' · ').every((part) => !unknownPathText.test(part));
};

/** An error under HTTP 200: one that says so, or a text about a miss or a rate limit instead of a record's id. */
const isRefusalInside = (body: unknown): boolean => {
  if (!isObject(body)) return false;
  const { success, id, records, error } = body;
  if (success === false || success === 'false') return true;
  if ((id ?? records ?? null) !== null || (error ?? null) === null) return false;
  const { text, code, status } = readError(body);
  return status !== null || missText.test(text) || throttleText.test(`${code} ${text}`);
};

const classifyError = (status: number, error: ErrorBody, headerMs: number | null): Wait | NoRecord => {
  const requestedMs = headerMs ?? requestedDelayMs(error.text);
  if (status === 402) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (throttleText.test(error.code ?? '')) return throttled(requestedMs);
  if (status === 404 || (mayBeMiss(status) && missText.test(error.text))) return { kind: 'NOT_FOUND' };
  if (saysCreditsGone(`${error.code} ${error.text}`)) return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  if (status === 429 || error.status === 429) return throttled(requestedMs);
  if (status === 401) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
  if (status === 403) return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
  if (status < 500 && throttleText.test(error.text)) return throttled(requestedMs);
  // Documented as an invalid request, and the identifier is the only part of it that comes from the caller.
  if (status === 400 || status === 422) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
  return classifyFault(status, requestedMs);
};

const mayBeMiss = (status: number): boolean =>
  status < 300 || status === 400 || status === 422 || status === 500;

/** The wait that the text of Firmable's rate limit requests ("Retry in 36s."), in milliseconds; null where it has none. */
export const requestedDelayMs = (text: string): number | null => {
  const found =
    /\b(?:retry|try again)\s+(?:in|after)\s+(\d{1,9}(?:\.\d+)?)\s*(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?)?\b/i.exec(
      text,
    );
  if (found === null) return null;
  return Math.round(Number(found[1]) * unitMs(found[2]?.toLowerCase() ?? 's'));
};

const unitMs = (unit: string): number => {
  if (/^(ms|milli)/.test(unit)) return 1;
  return unit.startsWith('h') ? 3_600_000 : unit.startsWith('m') ? 60_000 : 1000;
};

import { retryAfterMs } from '../../platform/retry-after.js';
import { readReport } from './read-report.js';
import { isObject } from '../fields/read-fields.js';
import {
  classifyFault,
  notTheProvider,
  type HttpAnswer,
  parseJson,
  throttled,
  unreadable,
  type HttpResult,
} from '../http/http-result.js';

const windowMs = 60_000;

/**
 * Classifies the HTTP responses of People Data Labs by their status. A 404 is a miss, and free; a 400 is a query that it
 * does not understand. Source: its errors and status codes.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): HttpResult => {
  const body = parseJson(answer.text);
  const status = statusInside(body) ?? answer.status;
  if (status < 300) {
    if (!isObject(body) || answer.text === null) return unreadable(`HTTP ${status} without a JSON object`);
    return { kind: 'BODY', body, json: answer.text };
  }
  switch (status) {
    case 404:
      return isMiss(answer, body) ? { kind: 'NOT_FOUND' } : classifyFault(status, null);
    case 400:
      if (!isObject(body)) return notTheProvider('HTTP 400');
      return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
    case 401:
      return { kind: 'REFUSED', code: 'KEY_REFUSED' };
    case 402:
      return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
    case 403:
      return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
    case 429:
      return throttled(resetMs(answer.headers, now));
    default:
      return classifyFault(status, retryAfterMs(answer.headers['retry-after'], now));
  }
};

/**
 * Whether a 404 is a miss and not an unknown path: its error is of the type of a miss, or its headers report credits, as
 * only this provider's do.
 */
const isMiss = ({ headers }: HttpAnswer, body: unknown): boolean => {
  if (readReport(headers) !== null) return true;
  const error = isObject(body) ? body['error'] : null;
  return (
    isObject(error) &&
    (error['type'] === 'not_found' || /records?\b/i.test(JSON.stringify(error['message'] ?? '')))
  );
};

/** The status that the body repeats, where it is one of an error: a proxy may have put another one on the outside. */
const statusInside = (body: unknown): number | null => {
  const status = isObject(body) ? body['status'] : null;
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : null;
};

/**
 * The time until the key's window ends: at most a minute, the fixed length of a window. `x-ratelimit-reset` is by the
 * provider's clock, so it is compared with the `date` of the response.
 */
const resetMs = (headers: HttpAnswer['headers'], now: Date): number | null => {
  const requestedMs = retryAfterMs(headers['retry-after'], now);
  if (requestedMs !== null) return requestedMs;
  const reset = instantMs(headers['x-ratelimit-reset']?.trim() ?? '');
  if (reset === null) return null;
  // A small number is a duration, not an instant.
  if (reset < 3_600_000) return Math.min(reset, windowMs);
  const sentAt = Date.parse(headers['date'] ?? '');
  const from = Number.isNaN(sentAt) ? now.getTime() : sentAt;
  return Math.min(Math.max(0, reset - from), windowMs);
};

const instantMs = (text: string): number | null => {
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  // In UTC, even without a zone.
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  const instant = iso === null ? Number.NaN : Date.parse(`${iso[1]}T${iso[2]}${iso[3] ?? 'Z'}`);
  return Number.isNaN(instant) ? null : instant;
};

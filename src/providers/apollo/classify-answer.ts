import { retryAfterMs } from '../../platform/retry-after.js';
import { isObject } from '../fields/read-fields.js';
import {
  broken,
  classifyFault,
  notTheProvider,
  type HttpAnswer,
  parseJson,
  throttled,
  unreadable,
  type HttpResult,
} from '../http/http-result.js';
import { saysCreditsGone } from '../says-credits-gone.js';

/**
 * Classifies Apollo's HTTP responses. A miss is a 200 whose `organization` or `person` is null, empty or missing; a 401
 * or 403 is JSON with `error_details.code`, before 2026-09-18 a 401 was plain text. Source: Apollo's OpenAPI document and
 * changelog.
 */
export const classifyAnswer = (answer: HttpAnswer, now: Date): HttpResult => {
  const { status } = answer;
  const body = parseJson(answer.text);
  if (status < 300) return classifyBody(status, body, answer.text ?? '');
  const denied = status === 401 || status === 403 ? denialOf(body) : null;
  if (denied !== null) return { kind: 'REFUSED', code: denied };
  if (status === 401) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
  const words = wordsOf(body);
  if (
    status === 402 ||
    (status < 500 && (saysCreditsGone(words) || codeOf(body).endsWith('CREDITS_EXHAUSTED')))
  ) {
    return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
  }
  if (status === 403) return { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' };
  if ((status === 400 || status === 422) && !isObject(body)) return notTheProvider(`HTTP ${status}`);
  if (status === 400 || status === 422) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
  const requestedMs = retryAfterMs(answer.headers['retry-after'], now);
  if (status === 429) return throttled(requestedMs ?? windowMs(words));
  return classifyFault(status, requestedMs);
};

const classifyBody = (status: number, body: unknown, json: string): HttpResult => {
  if (!isObject(body)) return unreadable(`HTTP ${status} without a JSON object`);
  const found = body['organization'] ?? body['person'] ?? body['credit_usage_stats'] ?? null;
  if (found !== null && !isEmpty(found)) return { kind: 'BODY', body, json };
  const isError = (body['error'] ?? body['error_code'] ?? null) !== null;
  if (!isError && isMiss(body)) return { kind: 'NOT_FOUND' };
  if (!isError) return notTheProvider(`HTTP ${status} with other JSON`);
  return broken(true, `HTTP ${status} that says it failed`);
};

/** A miss has an empty body, or names its record; `{"message": …}` is what a proxy or a portal answers. */
const isMiss = (body: Record<string, unknown>): boolean =>
  Object.keys(body).length === 0 ||
  ['organization', 'person', 'waterfall', 'request_id'].some((name) => name in body);

/**
 * What a 401 or 403 denies: the address that the call comes from, an endpoint that the key's scope leaves out, or what the
 * plan leaves out. Null where it says none of them. `error_details.code` says it since 2026-09-18; before, the text did.
 */
const denialOf = (body: unknown): 'IP_NOT_ALLOWED' | 'KEY_SCOPE_MISSING' | 'PLAN_WITHOUT_API' | null => {
  const code = codeOf(body);
  const byCode = denials.find(({ codes }) => codes.test(code));
  if (byCode !== undefined || code !== '') return byCode?.means ?? null;
  const words = isObject(body) ? `${wordsOf(body)} ${textOf(body['error_code'])}` : '';
  return denials.find(({ text }) => text.test(words))?.means ?? null;
};

const codeOf = (body: unknown): string => {
  const details = isObject(body) ? body['error_details'] : null;
  return isObject(details) ? textOf(details['code']) : '';
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const denials = [
  {
    means: 'IP_NOT_ALLOWED',
    codes: /(^|[._-])IP([._-]|$)|(ALLOW|WHITE)_?LIST/i,
    text: /\bIP\b|\b(allow|white)[ -]?list/i,
  },
  {
    means: 'PLAN_WITHOUT_API',
    codes: /PLAN|SUBSCRIPTION|UPGRADE|BILLING\.(?!LIMIT)/i,
    text: /\bplan\b|\bupgrade\b|\bsubscription\b/i,
  },
  {
    means: 'KEY_SCOPE_MISSING',
    codes: /SCOPE|ENDPOINT|PERMISSION/i,
    text: /\bscopes?\b|\bnot authorized to access\b|API_INACCESSIBLE/i,
  },
] as const;

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

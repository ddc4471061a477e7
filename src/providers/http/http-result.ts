import type { Broken, NoRecord, Reported, Throttled, Unknown } from '../provider.js';

/** An HTTP response as a classifier gets it. Header names are in lower case; `text` is null where it could not be read. */
export type HttpAnswer = { status: number; headers: Readonly<Record<string, string>>; text: string | null };

/** To be retried after a wait; `otherwise` is the result where it is not. */
export type Wait = { kind: 'WAIT'; requestedMs: number | null; otherwise: NoRecord };

/** A body still to be read as a record; `json` is its text, where available. */
export type Body = { kind: 'BODY'; body: unknown; json?: string; reported?: Reported };

/** What a response leads to: a body to read, a retry, or a final result. */
export type HttpResult = Body | Wait | NoRecord;

/**
 * Classifies an HTTP response that is not a redirect. None of its text is passed on: it may repeat the key or the
 * identifier.
 */
export type Classify = (answer: HttpAnswer, now: Date) => HttpResult;

/** Statuses of a proxy that forwarded the request and lost the response: the provider may have processed it. */
const lostBehindProxy: ReadonlySet<number> = new Set([502, 504, 520, 524]);

/** Statuses of a server that does not know the path, or of a proxy that wants to be authenticated. */
const unknownPath: ReadonlySet<number> = new Set([404, 405, 407, 410, 421]);

/** Classifies a status that the provider's body does not explain. A 503 processed nothing and may pass. */
export const classifyFault = (status: number, requestedMs: number | null): Wait | NoRecord => {
  if (status === 503) return { kind: 'WAIT', requestedMs: requestedMs, otherwise: broken(true, 'HTTP 503') };
  if (lostBehindProxy.has(status)) {
    const detail = `HTTP ${status} of a proxy`;
    return { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', cause: 'SERVER_ERROR', detail };
  }
  if (unknownPath.has(status)) return notTheProvider(`HTTP ${status}`);
  return broken(true, status < 300 ? `HTTP ${status} that says it failed` : `HTTP ${status}`);
};

/** Rate limited: retried where the delay fits, else THROTTLED with it. */
export const throttled = (requestedMs: number | null): Wait => ({
  kind: 'WAIT',
  requestedMs: requestedMs,
  otherwise: throttledFor(requestedMs),
});

// The largest Int of GraphQL.
const secondsMax = 2 ** 31 - 1;

/** Whole seconds, rounded up: an earlier retry would be rate limited again. */
export const throttledFor = (requestedMs: number | null): Throttled => ({
  kind: 'THROTTLED',
  retryAfterSeconds: requestedMs === null ? null : Math.min(Math.ceil(requestedMs / 1000), secondsMax),
});

/** A success that cannot be read: the provider may have charged for it. */
export const unreadable = (detail: string): Unknown => ({
  kind: 'UNKNOWN',
  code: 'PROVIDER_ANSWER_UNREADABLE',
  cause: 'UNREADABLE',
  detail,
});

export const broken = (sent: boolean, detail: string): Broken => ({
  kind: 'BROKEN',
  code: 'PROVIDER_UNAVAILABLE',
  sent,
  detail,
});

/** The response of something else: the address of the provider is wrong, or a proxy or a portal answers in its place. */
export const notTheProvider = (detail: string): Broken => ({
  kind: 'BROKEN',
  code: 'PROVIDER_ADDRESS_WRONG',
  sent: true,
  detail: `${detail}, not of the provider`,
});

/** Statuses whose meaning does not depend on the body: a refused key, a rate limit, and every fault of a server. */
const meansWithoutBody = (status: number): boolean => status === 401 || status === 429 || status >= 500;

/** Whether the response is a web page, by its type or, where that is no JSON's, by its text. */
export const isForeignPage = ({ status, headers, text }: HttpAnswer): boolean => {
  if (meansWithoutBody(status)) return false;
  const type = headers['content-type'] ?? '';
  return /\bx?html\b/i.test(type) || (!/json/i.test(type) && /^\s*</.test(text ?? ''));
};

/** A body's JSON; undefined where it is not JSON. */
export const parseJson = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

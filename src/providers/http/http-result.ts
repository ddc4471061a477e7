import type { Broken, NoRecord, Reported, Throttled, Unknown } from '../provider.js';

/** An HTTP answer as a classifier sees it. Header names are in lower case; `text` is null where none could be read. */
export type HttpAnswer = { status: number; headers: Readonly<Record<string, string>>; text: string | null };

/** Worth asking again after a while; `otherwise` is what it came to where that is not done. */
export type Wait = { kind: 'WAIT'; requestedMs: number | null; otherwise: NoRecord };

/** A body still to be read as a record; `json` where its text is at hand. */
export type Body = { kind: 'BODY'; body: unknown; json?: string; reported?: Reported };

/** What an answer calls for: reading its body, asking again, or nothing more. */
export type HttpResult = Body | Wait | NoRecord;

/**
 * Says what an HTTP answer that is no redirect means in our words. No text of the answer is passed on: it may repeat
 * the key or the address that was asked for.
 */
export type Classify = (answer: HttpAnswer, now: Date) => HttpResult;

/** Statuses of a proxy that passed the question on and lost the answer: the provider may have taken it. */
const lostBehindProxy: ReadonlySet<number> = new Set([502, 504, 520, 524]);

/** What a status means that the provider's own words do not explain. A 503 took nothing and may pass. */
export const classifyFault = (status: number, askedMs: number | null): Wait | NoRecord => {
  if (status === 503) return { kind: 'WAIT', requestedMs: askedMs, otherwise: broken(true, 'HTTP 503') };
  if (lostBehindProxy.has(status)) {
    return { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', detail: `HTTP ${status} of a proxy` };
  }
  return broken(true, status < 300 ? `HTTP ${status} that says it failed` : `HTTP ${status}`);
};

/** Turned away for now: waited for where the delay fits, else THROTTLED with it. */
export const throttled = (askedMs: number | null): Wait => ({
  kind: 'WAIT',
  requestedMs: askedMs,
  otherwise: throttledFor(askedMs),
});

// What the API can tell.
const secondsMax = 2 ** 31 - 1;

/** Whole seconds, rounded up: earlier than asked would be turned away again. */
export const throttledFor = (askedMs: number | null): Throttled => ({
  kind: 'THROTTLED',
  retryAfterSeconds: askedMs === null ? null : Math.min(Math.ceil(askedMs / 1000), secondsMax),
});

/** A hit that cannot be read: the provider may well have charged for it. */
export const unreadable = (detail: string): Unknown => ({
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

/** A body's JSON; undefined where it is none. */
export const parseJson = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

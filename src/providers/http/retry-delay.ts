/** One attempt and two retries: a rate limit passes within a second or two, or not soon. */
export const attemptsMax = 3;

const firstDelayMs = 250;

/**
 * How long to wait before the next attempt, in milliseconds. `attempt` is the one that failed, from 1; `chance` is
 * in [0, 1).
 */
export const retryDelayMs = (attempt: number, hintMs: number | null, chance: number): number => {
  // Doubles each time; half of it is random, so that callers that failed together do not retry together.
  const ownMs = Math.round(firstDelayMs * 2 ** (attempt - 1) * (0.5 + chance / 2));
  // Never earlier than requested, and not all at the same instant after it.
  return hintMs === null ? ownMs : hintMs + Math.round(100 * chance);
};

/**
 * The wait that a Retry-After header requests (seconds or a date, RFC 9110 section 10.2.3), in milliseconds; null where
 * there is none.
 */
export const retryAfterMs = (header: string | undefined, now: Date): number | null => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
};

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

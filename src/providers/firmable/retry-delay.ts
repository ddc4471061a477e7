/** One question and two repetitions: Firmable's throttle opens again within a second or two, or not soon. */
export const attemptsMax = 3;

const firstDelayMs = 250;

/**
 * How long to wait before the next attempt, in milliseconds. `attempt` is the one that failed, from 1; `chance` is
 * in [0, 1).
 */
export const retryDelayMs = (attempt: number, hintMs: number | null, chance: number): number => {
  // Twice as patient each time; half of it by chance, so that callers turned away together do not return together.
  const ownMs = Math.round(firstDelayMs * 2 ** (attempt - 1) * (0.5 + chance / 2));
  // Never earlier than asked, and not all of them in the same instant after it.
  return hintMs === null ? ownMs : hintMs + Math.round(100 * chance);
};

/**
 * The wait that an answer asks for, in milliseconds: a Retry-After header (seconds or a date, RFC 9110 section
 * 10.2.3), else the text of Firmable's throttle ("Retry in 36s."). Null where neither says one.
 */
export const askedDelayMs = (header: string | null, text: string, now: Date): number | null =>
  fromHeader(header?.trim() ?? '', now) ?? fromText(text);

const fromHeader = (header: string, now: Date): number | null => {
  if (/^\d{1,9}(\.\d+)?$/.test(header)) return Math.round(Number(header) * 1000);
  const date = /^[A-Za-z]{3}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
};

const fromText = (text: string): number | null => {
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

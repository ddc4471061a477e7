/**
 * The wait that the text of Firmable's throttle asks for ("Retry in 36s."), in milliseconds; null where it says none.
 */
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

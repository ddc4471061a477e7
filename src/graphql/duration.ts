import { parseDurationSeconds } from '../platform/time.js';

const secondsMax = 100 * 365 * 86_400;

/**
 * Reads a length of time into whole seconds: a number of seconds (3600), a number with a unit (`30d`, `12h`, `15m`),
 * or ISO 8601 in weeks, days, hours, minutes and seconds (`P30D`, `PT12H`). Years and months are refused, as they
 * have no fixed length. Null for anything else, and for more than a hundred years.
 */
export const readDuration = (written: unknown): number | null => {
  const seconds =
    typeof written === 'number'
      ? written
      : typeof written === 'string'
        ? (parseDurationSeconds(written) ?? isoSeconds(written.trim()))
        : null;
  return seconds !== null && Number.isInteger(seconds) && seconds >= 0 && seconds <= secondsMax
    ? seconds
    : null;
};

const isoUnitSeconds = [604_800, 86_400, 3_600, 60, 1];

const isoSeconds = (written: string): number | null => {
  const parts =
    /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/i.exec(
      written,
    );
  if (parts === null || !/\d/.test(written)) return null;
  return isoUnitSeconds.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
};

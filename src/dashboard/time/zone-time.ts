// Not temporal-polyfill, which computes dates elsewhere: whole it weighs 33 kB compressed, more than the frame of the
// dashboard. The tests cover every zone and day.

/** A date on a calendar, without a clock. Months count from 1. */
export type Civil = { year: number; month: number; day: number };

const dayMs = 86_400_000;

/** The calendar date that the clocks of a time zone show at an instant. */
export const civilAt = (instant: Date, timeZone: string): Civil => {
  const [year = 0, month = 0, day = 0] = clockAt(instant, timeZone);
  return { year, month, day };
};

/**
 * The first instant of a date in a time zone, as PostgreSQL's date_trunc sees it: where clocks go back over midnight,
 * the first of the two midnights; where midnight is skipped, the instant of the skip.
 */
export const startOfDay = (date: Civil, timeZone: string): Date => {
  const midnight = Date.UTC(date.year, date.month - 1, date.day);
  const offsets = [midnight - dayMs, midnight + dayMs].map((at) => offsetAt(new Date(at), timeZone));
  const candidates = offsets.map((offset) => midnight - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((at) => at + offsetAt(new Date(at), timeZone) === midnight);
  return new Date(exact ?? midnight - (offsets[0] ?? 0));
};

/** So many days later, or earlier, on the calendar. */
export const addDays = (date: Civil, days: number): Civil =>
  civilOfUtc(new Date(Date.UTC(date.year, date.month - 1, date.day + days)));

/** The first of the month that lies so many months later, or earlier. */
export const firstOfMonth = (date: Civil, months = 0): Civil =>
  civilOfUtc(new Date(Date.UTC(date.year, date.month - 1 + months, 1)));

/** The Monday on or before a date. */
export const mondayOf = (date: Civil): Civil => {
  const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
};

/** `2026-11-23`, as date fields and addresses write it. */
export const writeCivil = ({ year, month, day }: Civil): string =>
  [`${year}`.padStart(4, '0'), `${month}`.padStart(2, '0'), `${day}`.padStart(2, '0')].join('-');

/** Reads what writeCivil writes; null for anything that is no date. */
export const readCivil = (text: string | null): Civil | null => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  if (found === null) return null;
  const date = civilOfUtc(new Date(`${found[0]}T00:00:00Z`));
  return writeCivil(date) === found[0] ? date : null;
};

/** The instant at which the clocks of a zone show `2026-11-23T17:36`, as fields of date and time write it; null for other text. */
export const readClock = (text: string, timeZone: string): Date | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const utc = Date.parse(`${text}Z`);
  if (Number.isNaN(utc)) return null;
  const near = utc - offsetAt(new Date(utc), timeZone);
  return new Date(utc - offsetAt(new Date(near), timeZone));
};

const civilOfUtc = (at: Date): Civil => ({
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
});

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
export const offsetAt = (instant: Date, timeZone: string): number => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = clockAt(instant, timeZone);
  const wholeSecond = Math.floor(instant.getTime() / 1_000) * 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond;
};

const clockAt = (instant: Date, timeZone: string): number[] => {
  const parts = clockOf(timeZone).formatToParts(instant);
  return fields.map((field) => Number(parts.find(({ type }) => type === field)?.value));
};

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
};

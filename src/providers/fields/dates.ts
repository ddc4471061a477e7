import type { Kind } from './read-fields.js';
import { words } from './value-kinds.js';

/** A year, and a month from 1 to 12 where the date has one. */
export type YearMonth = { year: number; month: number | null };

/** A date as far as it is known: `2016`, `2016-03`, `2016-03-01` or an instant; a bare year may be a number. */
export const yearMonth: Kind<YearMonth> = {
  expected: 'date',
  read: (value) => {
    const text = Number.isInteger(value) ? String(value) : words.read(value);
    if (text === null || text === undefined) return text;
    const found = /^(\d{4})(?:-(\d{2})(?:-\d{2})?(?:T.*)?)?$/.exec(text.trim());
    if (found === null) return undefined;
    const month = found[2] === undefined ? null : Number(found[2]);
    if (month !== null && (month < 1 || month > 12)) return undefined;
    return { year: Number(found[1]), month };
  },
};

/** Two dates as one span of years ("2008 - 2012", "2016 - Present"); null where neither is known. */
export const yearsBetween = (start: YearMonth | null, end: YearMonth | null): string | null => {
  if (start === null) return end === null ? null : String(end.year);
  return `${start.year} - ${end?.year ?? 'Present'}`;
};

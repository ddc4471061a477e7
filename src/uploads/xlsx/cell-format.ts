import { type DigitMask, maskOf, showDigits } from './digit-mask.js';

/** How a number is shown: as a date, a time, both, elapsed hours, by a mask of digits, or as it is. */
export type CellFormat = { date: boolean; time: boolean; elapsed: boolean; mask: DigitMask | null };

export const plainFormat: CellFormat = { date: false, time: false, elapsed: false, mask: null };

/** The formats that a workbook has without naming them: ECMA-376, part 1, 18.8.30. */
const builtIn = (id: number): CellFormat => {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return { ...plainFormat, date: true };
  if (id === 22) return { ...plainFormat, date: true, time: true };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
    return { ...plainFormat, time: true, elapsed: id === 46 };
  return plainFormat;
};

/** The format with this id, or with this code if the workbook has its own. */
export const formatOf = (id: number, code: string | undefined): CellFormat => {
  if (code === undefined) return builtIn(id);
  const mask = maskOf(code);
  if (mask !== null) return { ...plainFormat, mask };
  const [first = ''] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .split(';', 1);
  if (/general/i.test(first)) return plainFormat;
  const letters = first.replaceAll(/am\/pm|a\/p/gi, 'h').toLowerCase();
  const elapsed = /\[[hms]+\]/.test(letters);
  const time = elapsed || /[hs]/.test(letters);
  return { date: /[yd]/.test(letters) || (/m/.test(letters) && !time), time, elapsed, mask: null };
};

const dayMs = 86_400_000;

/**
 * A number as it is shown: dates as 2026-01-31, times as 13:45:00, both as 2026-01-31T13:45:00, elapsed hours as 36:00:00, whole
 * numbers by their mask, others in full. A time from 1 on has a date that its format hides, and is shown with it. `epoch1904`:
 * the day that dates are counted from. A text that is no number stays as it is, and so do more digits than a number can hold.
 */
export const showNumber = (text: string, format: CellFormat, epoch1904: boolean): string => {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return text;
  const plain = showPlain(text.trim(), number);
  if (format.mask !== null) return showDigits(plain, format.mask) ?? plain;
  const lastDay = 2_958_466;
  if ((!format.date && !format.time) || number < 0 || number >= lastDay) return plain;
  // Excel's 1900 has a 29th of February, so days before it are counted from another one.
  const early = !epoch1904 && number < 60 ? 1 : 0;
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const instant = new Date(epoch + Math.round(((number + early) * dayMs) / 1_000) * 1_000).toISOString();
  const [date = '', clock = ''] = instant.slice(0, 19).split('T');
  if (!format.date && number < 1) return clock;
  if (!format.date && format.elapsed) return showElapsed(number);
  if (!epoch1904 && Math.floor(number) === 60) return '1900-02-29';
  return dateAndTime(date, clock, format);
};

/** In hours, also where minutes or seconds are counted. */
const showElapsed = (days: number): string => {
  const seconds = Math.round(days * 86_400);
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return [Math.floor(seconds / 3_600), ...rest].join(':');
};

/** A midnight is a date, unless the format shows times. */
const dateAndTime = (date: string, clock: string, { time }: CellFormat): string =>
  time || clock !== '00:00:00' ? `${date}T${clock}` : date;

/**
 * A date that is written as ISO 8601, as it is shown; see `showNumber`. One with another offset than that of UTC, which cells
 * do not have, stays as it is.
 */
export const showDate = (text: string, format: CellFormat): string => {
  const [, date, minutes = '00:00', seconds = '00', fraction = '0'] =
    /^\s*(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(\.\d+)?)?Z?)?\s*$/.exec(text) ?? [];
  if (date === undefined) return text;
  const written = `${date}T${minutes}:${seconds}`;
  const nextSecond = Date.parse(`${written}Z`) + 1_000;
  if (Number.isNaN(nextSecond)) return text;
  const shown = Number(fraction) < 0.5 ? written : new Date(nextSecond).toISOString().slice(0, 19);
  const [day = '', clock = ''] = shown.split('T');
  return !format.date && format.time && firstDays.has(day) ? clock : dateAndTime(day, clock, format);
};

/** The days of a time without a date: those of the number 0, by the ways to count days. */
const firstDays: ReadonlySet<string> = new Set(['1899-12-30', '1899-12-31', '1904-01-01']);

/** A text has these digits for certain when it is read as a number and written again. */
const exactDigits = 15;
/** The most that a number can be asked for. */
const digitsMax = 100;

/**
 * Programs write up to 17 digits of a number, of which the last ones may be noise: 0.10000000000000001 is 0.1. A number with
 * other digits than it has when it is written like that was entered so, as identifiers and numbers of cards are.
 */
const showPlain = (text: string, number: number): string => {
  if (text.length <= exactDigits) return String(number);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? String(number) : text;
  if (!/^-?\d*\.\d+$/.test(text)) return String(number);
  const digits = text.replace(/^-?[0.]*/, '').replace('.', '').length;
  if (digits <= exactDigits) return String(number);
  return digits <= digitsMax && number.toPrecision(digits) === text ? String(number) : text;
};

/** The text of a string: characters that XML cannot have are written as _x000D_. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

import type { Kind } from './read-fields.js';

/** Text. White space alone is null. */
export const words: Kind<string> = {
  expected: 'string',
  read: (value) => (typeof value === 'string' ? cleanText(value) : undefined),
};

/** Text that may be a number: a phone number, a code, a rating, a handle. */
export const text: Kind<string> = {
  expected: 'string',
  read: (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : words.read(value)),
};

/** A number, or text that is one as a whole. */
export const number: Kind<number> = {
  expected: 'number',
  read: (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
    if (typeof value !== 'string') return undefined;
    const trimmed = value.trim();
    if (trimmed === '') return null;
    return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(trimmed) ? Number(trimmed) : undefined;
  },
};

const wholeUpTo = (max: number): Kind<number> => ({
  expected: 'integer',
  read: (value) => {
    const read = number.read(value);
    if (read === null || read === undefined) return read;
    return Number.isInteger(read) && Math.abs(read) <= max ? read : undefined;
  },
});

/** A whole number that fits 32 bits: employees, years, months. */
export const whole = wholeUpTo(2 ** 31 - 1);

/** A whole number that may be large: followers, views. */
export const count = wholeUpTo(Number.MAX_SAFE_INTEGER);

/** A boolean; other words are not guessed, because one of these fields is the Do Not Call Register. */
export const flag: Kind<boolean> = {
  expected: 'boolean',
  read: (value) => {
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === 0) return value === 1;
    if (typeof value !== 'string') return undefined;
    const word = value.trim().toLowerCase();
    if (word === '') return null;
    return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : undefined;
  },
};

/** A provider's id: printable, without spaces, at most 100 characters. A record without one is unusable. */
export const recordId: Kind<string> = {
  expected: 'id',
  read: (value) => {
    const id = Number.isSafeInteger(value) ? String(value) : value;
    return typeof id === 'string' && /^[\x21-\x7E]{1,100}$/.test(id.trim()) ? id.trim() : undefined;
  },
};

/** PostgreSQL cannot store NUL or half a surrogate pair as text: they are removed. */
const cleanText = (value: string): string | null => {
  // Checked first: nearly all texts are clean.
  const isClean = value.isWellFormed() && !value.includes('\0');
  const clean = isClean ? value : value.replaceAll('\0', '').toWellFormed();
  return clean.trim() === '' ? null : clean;
};

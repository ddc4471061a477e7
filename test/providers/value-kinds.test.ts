import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { words } from '../../src/providers/fields/value-kinds.js';

/** The same sign by sign: no NUL, the mark of a lost letter for half a pair, null where only white space is left. */
const cleaned = (value: string): string | null => {
  const signs = value.replaceAll('\0', '').match(/[\s\S]/gu) ?? [];
  const clean = signs.map((sign) => (/^[\uD800-\uDFFF]$/.test(sign) ? '\uFFFD' : sign)).join('');
  return /^\s*$/.test(clean) ? null : clean;
};

const stray = constantFrom(
  '',
  ' ',
  '\uFEFF',
  '\0',
  ' \0\n',
  '\uD83D',
  '\uD83D\0\uDE00',
  'x\uDE00',
  'Zoë 😀',
  '\u200B',
);

it('returns storable text when the text is arbitrary', () => {
  assert(
    property(oneof(string({ unit: 'binary' }), stray), stray, (value, end) => {
      expect(words.read(`${value}${end}`)).toBe(cleaned(`${value}${end}`));
    }),
    { numRuns: 1_000 },
  );
});

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cell } from '../../../src/usage/exports/table.js';
import { csvLines } from '../../../src/usage/exports/write-pages.js';

const csvCell = (cell: Cell): string => csvLines([[cell]]).replace(/\r\n$/, '');

/** Texts of the characters that have a meaning in spreadsheets. */
const hostileText = fc.string({
  unit: fc.constantFrom(...Array.from('=+-@\t\r\n\'",; a1＝＋－＠|\u00a0\ufeffé名')),
  maxLength: 12,
});
const isFormula = /^[\s"]*[=+\-@＝＋－＠]/;

it.each([
  ['=1+1', "'=1+1"],
  ['+61 400 000 000', "'+61 400 000 000"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  [' =1', `" '=1"`],
  ['\t=1', `"'\t'=1"`],
  ['\r=1', `"'\r'=1"`],
  ['a;=1', `"a;'=1"`],
  ['one\r\n\r\ntwo\n=1', `"one\r\n\r\ntwo\n'=1"`],
  ["'t Hart", "''t Hart"],
  ['a "b", c', '"a ""b"", c"'],
  ['O’Neil - Smith', 'O’Neil - Smith'],
  ['', ''],
])('writes the text %j as %j', (text, written) => {
  expect(csvCell(text)).toBe(written);
});

it('keeps numbers, credits, instants and booleans when they are negative, too', () => {
  const cells = [-1, -5n, 12_345_678_901_234_567_890n, 1.5, true, false, null, new Date(0)];
  expect(cells.map(csvCell)).toEqual([
    '-1',
    '-5',
    '12345678901234567890',
    '1.5',
    'true',
    'false',
    '',
    '1970-01-01T00:00:00.000Z',
  ]);
});

it('writes no formula when a cell is a list or an object', () => {
  expect(csvCell(['=a', 'b', '=c'])).toBe(`"'=a; b; '=c"`);
  expect(csvCell([{ number: '+61', isDoNotCall: true }])).toBe(
    `"[{""number"":""'+61"",""isDoNotCall"":true}]"`,
  );
});

it('writes no formula when a spreadsheet splits at another separator or ignores quotes', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 5 }), (texts) => {
      const line = csvLines([texts]);
      const pieces = [',', ';', '\t'].flatMap((separator) =>
        line.split(/\r|\n/).flatMap((part) => part.split(separator)),
      );
      expect(pieces.filter((piece) => isFormula.test(piece))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

// Quadratic time would need minutes: the timeout fails the test.
it('takes time in proportion to its length when a text is all separators or spaces', {
  timeout: 20_000,
}, () => {
  const long = 300_000;
  for (const text of ['\t'.repeat(long), ' '.repeat(long), `${' '.repeat(long)}=1`]) {
    expect(csvCell(text).length).toBeGreaterThanOrEqual(long);
  }
});

it('restores a text when its cell is parsed and one apostrophe is removed', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const [row = []]: string[][] = parse(csvLines([['x', text, 'y']]));
      expect((row[1] ?? '').replace(/(?<=(?:^|[;,\t\r\n"])\s*)'/g, '')).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../../src/enrichment/imports/read-csv.js';
import { csvCell } from '../../../src/usage/exports/csv-cell.js';

/** Texts that are likely to hurt: made of the very characters that mean something to a spreadsheet. */
const nasty = fc.string({
  unit: fc.constantFrom(...Array.from('=+-@\t\r\n\'",; a1＝＋－＠|\u00a0\ufeffé名')),
  maxLength: 12,
});
const isFormula = /^[\s"]*[=+\-@＝＋－＠]/;

test.each([
  ['=1+1', "'=1+1"],
  ['+61 400 000 000', "'+61 400 000 000"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  [' =1', `" '=1"`],
  ['\t=1', `"'\t'=1"`],
  ['\r=1', `"'\r'=1"`],
  ['a;=1', `"a;'=1"`],
  ["'t Hart", "''t Hart"],
  ['a "b", c', '"a ""b"", c"'],
  ['O’Neil - Smith', 'O’Neil - Smith'],
  ['', ''],
])('the text %j is written as %j', (text, written) => {
  expect(csvCell(text)).toBe(written);
});

test('numbers, credits, instants and truth stay what they are, below zero too', () => {
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

test('lists of texts are one text, other objects are JSON, and neither begins a formula', () => {
  expect(csvCell(['=a', 'b', '=c'])).toBe(`"'=a; b; '=c"`);
  expect(csvCell([{ number: '+61', isDoNotCall: true }])).toBe(
    `"[{""number"":""'+61"",""isDoNotCall"":true}]"`,
  );
});

test('no text begins a formula, whichever separator a spreadsheet splits at, heeding quotes or not', () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 5 }), (texts) => {
      const line = texts.map(csvCell).join(',');
      const pieces = [',', ';', '\t'].flatMap((separator) =>
        line.split(/\r|\n/).flatMap((part) => part.split(separator)),
      );
      expect(pieces.filter((piece) => isFormula.test(piece))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('a long text of nothing but separators and spaces costs no more than its length', () => {
  const started = performance.now();
  for (const text of ['\t'.repeat(300_000), ' '.repeat(300_000), `${' '.repeat(300_000)}=1`]) csvCell(text);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('a text is had back by reading the cell and taking one apostrophe off', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const [, row] = readCsv(`a,b,c\r\nx,${csvCell(text)},y\r\n`) ?? [];
      const cell = row?.cells[1] ?? '';
      expect(cell.replace(/(?<=(?:^|[;,\t\r\n"])\s*)'/g, '')).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

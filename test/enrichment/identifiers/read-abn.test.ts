import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAbn } from '../../../src/enrichment/identifiers/read-abn.js';
import { refusalOf, valueOf } from './value-of.js';

describe('an ABN', () => {
  it.each([
    ['47065475149', '47065475149'],
    ['47 065 475 149', '47065475149'],
    [' 47-065-475-149 ', '47065475149'],
    ['ABN 47 065 475 149', '47065475149'],
    ['abn: 47065475149', '47065475149'],
    ['A.B.N. 47 065 475 149', '47065475149'],
    ['ABN No. 47065475149', '47065475149'],
    ['47\u00a0065\u00a0475\u00a0149', '47065475149'],
    ['AU53004085616', '53004085616'],
    ['53004085616.0', '53004085616'],
    ['53004085616.00', '53004085616'],
    ["'53004085616", '53004085616'],
    ['="53004085616"', '53004085616'],
    ['53,004,085,616', '53004085616'],
    ['53,004,085,616.00', '53004085616'],
    ['53.004.085.616', '53004085616'],
    ['５３００４０８５６１６', '53004085616'],
    ['\u200b53004085616\ufeff', '53004085616'],
    ['53004085616,', '53004085616'],
    ['5.3004085616E+10', '53004085616'],
    ['5,3004085616e10', '53004085616'],
    ['5.3004085616e+010', '53004085616'],
    ['53004085616E0', '53004085616'],
    ['53004085616.0E+00', '53004085616'],
    ['53.004085616E9', '53004085616'],
    ['53 004 085 616 (Harbourline)', '53004085616'],
    ['ABN 53004085616 (Harbourline Pty. Ltd.)', '53004085616'],
    ['ABN 53 004 085 616 / ACN 004 085 616', '53004085616'],
  ])('reads %j as %j', (spelling, abn) => {
    expect(valueOf(readAbn(spelling))).toBe(abn);
  });

  it.each(['47065475148', '74065475149', '4706547514', '470654751490', '065475149', 'x', '', '٤٧٠٦٥٤٧٥١٤٩'])(
    'refuses %j',
    (text) => {
      expect(valueOf(readAbn(text))).toBeNull();
    },
  );

  it.each([
    ['004085616', /^This is an ACN, .* Its ABN is usually 53004085616: check that at abr\.business\.gov\.au/],
    ['ACN 004 085 616', /^This is an ACN,/],
    ['4085616', /^This may be an ACN without its leading zeros \(004085616\)/],
    ['9429041535110', /^This is an NZBN/],
    ['NZBN 9429 0415 3511 0', /^This is an NZBN/],
    ['9429041535111', /^This has thirteen digits, like an NZBN/],
    ['5.3004E+10', /^A spreadsheet has rounded this number/],
    ['5,3004E10', /^A spreadsheet has rounded this number/],
    ['5.3004e+010', /^A spreadsheet has rounded this number/],
    ['53004E6', /^A spreadsheet has rounded this number/],
    ['47065475148E0', /two of which are check digits/],
    ['53004085616.5E0', /two of which are check digits/],
    ['0053004085616', /eleven digits, and this has 13/],
    ['53004085616 / 47065475149', /^This has more than one ABN/],
    ['53 004 085 616/47 065 475 149', /^This has more than one ABN/],
    ['53004000000', /^A spreadsheet has rounded this number/],
    ['00000000000', /two of which are check digits/],
    ['123456789', /^This has nine digits, like an ACN or a tax file number/],
    ['530040856', /ACN|nine digits/],
    ['5300408561', /eleven digits, and this has 10/],
    ['47065475148', /two of which are check digits/],
    ['53004085616; 47065475149', /^This has more than one ABN/],
    ['n/a', /^This is not an ABN/],
    ['1'.repeat(5_000), /longer than 4000 characters/],
  ])('says of %j what it is', (text, reason) => {
    expect(refusalOf(readAbn(text))).toMatch(reason);
  });

  it('refuses it when one digit is wrong, however it is spaced', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), fc.nat(11), (place, shift, gap) => {
        const digits = '47065475149'.split('');
        digits[place] = String((Number(digits[place]) + shift) % 10);
        digits.splice(gap, 0, ' ');
        expect(valueOf(readAbn(digits.join('')))).toBeNull();
      }),
    );
  });
});

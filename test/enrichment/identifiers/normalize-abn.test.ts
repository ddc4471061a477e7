import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeAbn } from '../../../src/enrichment/identifiers/normalize-abn.js';

describe('an ABN', () => {
  it.each([
    ['47065475149', '47065475149'],
    ['47 065 475 149', '47065475149'],
    [' 47-065-475-149 ', '47065475149'],
    ['ABN 47 065 475 149', '47065475149'],
    ['abn: 47065475149', '47065475149'],
    ['47\u00a0065\u00a0475\u00a0149', '47065475149'],
  ])('reads %j as %j', (spelling, abn) => {
    expect(normalizeAbn(spelling)).toBe(abn);
  });

  it.each(['47065475148', '74065475149', '4706547514', '470654751490', '065475149', 'x', '', '٤٧٠٦٥٤٧٥١٤٩'])(
    'returns null when the text is %j',
    (text) => {
      expect(normalizeAbn(text)).toBeNull();
    },
  );

  it('returns null when one digit is wrong, however it is spaced', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), fc.nat(11), (place, shift, gap) => {
        const digits = '47065475149'.split('');
        digits[place] = String((Number(digits[place]) + shift) % 10);
        digits.splice(gap, 0, ' ');
        expect(normalizeAbn(digits.join(''))).toBeNull();
      }),
    );
  });
});

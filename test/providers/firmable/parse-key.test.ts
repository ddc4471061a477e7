import { expect, test } from 'vitest';
import { isSandboxKey, parseKey } from '../../../src/providers/firmable/parse-key.js';

test.each([
  'fbl_abcdefgh',
  '  fbl_abcdefgh\n',
  'Bearer fbl_abcdefgh',
  'bearer   fbl_abcdefgh',
  '"fbl_abcdefgh"',
  '“fbl_abcdefgh”',
  '‘Bearer fbl_abcdefgh’',
  'Bearer "fbl_abcdefgh"',
  '\uFEFF`fbl_abcdefgh`\u00A0',
])('%j is a key', (pasted) => {
  expect(parseKey(pasted)).toBe('fbl_abcdefgh');
});

test.each([
  '',
  'fbl_',
  'fbl_short',
  'fgw_abcdefghijkl',
  'fbl_abc defgh',
  'fbl_abcdefgh\r\nx-evil: 1',
  `fbl_${'a'.repeat(201)}`,
  'sk_abcdefghijk',
])('%j is none', (pasted) => {
  expect(parseKey(pasted)).toBeNull();
});

test('sandbox keys are told by their beginning', () => {
  expect([isSandboxKey('fbl_sandbox_demo'), isSandboxKey('fbl_sandboxer1')]).toEqual([true, false]);
});

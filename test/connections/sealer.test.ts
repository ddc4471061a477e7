import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer } from '../../src/connections/sealer.js';

const [first, second] = [randomBytes(32), randomBytes(32)] as const;
const plain = Buffer.from('fbl_a_key');

test('what is sealed opens in its place, and twice the same is sealed differently', () => {
  const sealer = createSealer([first]);
  const sealed = sealer.seal('here', plain);
  expect(sealer.open('here', sealed)).toEqual(plain);
  expect(sealer.seal('here', plain)).not.toEqual(sealed);
  expect(sealed.includes(plain)).toBe(false);
});

test('it opens nowhere else, under no other secret, and not when a single bit is turned', () => {
  const sealer = createSealer([first]);
  const sealed = sealer.seal('here', plain);
  expect(sealer.open('there', sealed)).toBeNull();
  expect(createSealer([second]).open('here', sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at++) {
    const turned = Buffer.from(sealed);
    turned[at] = turned[at]! ^ 1;
    expect(sealer.open('here', turned)).toBeNull();
    expect(sealer.open('here', sealed.subarray(0, at))).toBeNull();
  }
});

test('the first secret seals, all of them open', () => {
  const old = createSealer([first]).seal('here', plain);
  const both = createSealer([second, first]);
  expect(both.open('here', old)).toEqual(plain);
  expect(both.isUnderFirst(old)).toBe(false);
  expect(both.isUnderFirst(both.seal('here', plain))).toBe(true);
  expect(createSealer([second]).open('here', both.seal('here', plain))).toEqual(plain);
});

test('a secret of another length, and none at all, are refused', () => {
  expect(() => createSealer([randomBytes(31)])).toThrow(/32 bytes/);
  expect(() => createSealer([])).toThrow(/ENCRYPTION_KEYS/);
});

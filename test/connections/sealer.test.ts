import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealer, type SealContext } from '../../src/connections/sealer.js';
import { sealVersion1 } from './seal-version-1.js';

const [first, second] = [randomBytes(32), randomBytes(32)] as const;
const plain = Buffer.from('fbl_a_key');
const context: SealContext = { workspaceId: 'w1', kind: 'connection', id: 'c1' };
const otherContexts: SealContext[] = [
  { ...context, workspaceId: 'w2' },
  { ...context, id: 'c2' },
  { ...context, kind: 'webhook-secret' },
  { ...context, kind: 'stored-response' },
  { ...context, kind: 'fingerprint-key' },
];

describe('the sealer', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const sealer = createSealer([first]);
    const sealed = sealer.seal(context, plain);
    expect(sealer.open(context, sealed)).toEqual(plain);
    expect(sealer.seal(context, plain)).not.toEqual(sealed);
    expect(sealed.includes(plain)).toBe(false);
    expect(sealed[0]).toBe(2);
  });

  it.each(otherContexts)('does not open a value that was moved to $kind $workspaceId $id', (other) => {
    const sealer = createSealer([first]);
    expect(sealer.open(other, sealer.seal(context, plain))).toBeNull();
  });

  it('does not open a value when a single bit is changed, when it is cut short, or under another key', () => {
    const sealer = createSealer([first]);
    const sealed = sealer.seal(context, plain);
    expect(createSealer([second]).open(context, sealed)).toBeNull();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(sealer.open(context, changed)).toBeNull();
      expect(sealer.open(context, sealed.subarray(0, at))).toBeNull();
    }
  });

  it('seals under the first key and opens under all', () => {
    const old = createSealer([first]).seal(context, plain);
    const both = createSealer([second, first]);
    expect(both.open(context, old)).toEqual(plain);
    expect(both.isCurrent(old)).toBe(false);
    expect(both.isCurrent(both.seal(context, plain))).toBe(true);
    expect(createSealer([second]).open(context, both.seal(context, plain))).toEqual(plain);
  });

  it('throws when a key has another length, or when there is none', () => {
    expect(() => createSealer([randomBytes(31)])).toThrow(/32 bytes/);
    expect(() => createSealer([])).toThrow(/ENCRYPTION_KEYS/);
  });
});

describe('a value of version 1', () => {
  const sealer = createSealer([first]);
  const sealed = sealVersion1(first, 'key of w1 c1', 'fbl_a_key');

  it('opens in its row, and is not current although its key is', () => {
    expect(sealer.open(context, sealed)).toEqual(plain);
    expect(sealer.isCurrent(sealed)).toBe(false);
  });

  it('does not open in another row, or with another version byte', () => {
    expect(sealer.open({ ...context, workspaceId: 'w2' }, sealed)).toBeNull();
    expect(sealer.open({ ...context, id: 'c2' }, sealed)).toBeNull();
    for (const version of [0, 2, 3]) {
      const changed = Buffer.from(sealed);
      changed[0] = version;
      expect(sealer.open(context, changed)).toBeNull();
    }
  });

  it('opens as the fingerprint key when it is that', () => {
    const fingerprintKey = sealVersion1(first, 'fingerprint key', 'fbl_a_key');
    const own: SealContext = { workspaceId: '', kind: 'fingerprint-key', id: '' };
    expect(sealer.open(own, fingerprintKey)).toEqual(plain);
    expect(sealer.open(context, fingerprintKey)).toBeNull();
  });
});

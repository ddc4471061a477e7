import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createSnapshotCache, decodeSnapshot } from '../../src/enrichment/snapshot-cache.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { companyBody } from '../../src/sandbox/firmable/company-body.js';
import { flagshipCompany } from '../../src/sandbox/world/flagship.js';

const sample = companyBody(flagshipCompany(), 'AU');

/** Bodies of one kind, each another text. */
const kinds: Record<string, (number: number) => object> = {
  'a usual record': (number) => ({ ...sample, name: `Company ${number}` }),
  'a long text': (number) => ({ ...sample, description: `no ${number} `.repeat(500) }),
  'a text beyond Latin-1': (number) => ({ ...sample, description: `${number}番 `.repeat(500) }),
  'a long list': (number) => ({ keywords: Array.from({ length: 300 }, (_, at) => `${number} of ${at}`) }),
};

const placeOf = (number: number) => ({
  workspaceId: 'w'.repeat(36),
  accountId: 'a'.repeat(36),
  lookupKey: `company:domain:c${number}.example`,
  variant: 'AU',
});

const snapshotOf = (number: number, body: object) => {
  const id = `f${String(number).padStart(12, '0')}`;
  const snapshot = decodeSnapshot(
    { read: readCompany, nameOf: ({ name }) => name },
    {
      // As it comes from a socket.
      body: Buffer.from(JSON.stringify({ ...body, id })).toString('utf8'),
      version: { unlockId: `unlock ${number}`.padEnd(36), fetchedAt: `2026-11-29 12:00:00.${number}+00` },
      fetchedAt: new Date(),
    },
  );
  if (snapshot === null) throw new Error('it cannot be read');
  return snapshot;
};

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

const usedBytes = (): number => {
  if (typeof collectGarbage !== 'function') throw new Error('there is no gc');
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

it.each(Object.keys(kinds))('takes no more memory than its limit, with %s in each snapshot', (kind) => {
  const limit = 20_000_000;
  const cache = createSnapshotCache(limit);
  const fill = (from: number, count: number): void => {
    for (let number = from; number < from + count; number += 1) {
      cache.companies.set(placeOf(number), snapshotOf(number, kinds[kind]!(number)));
    }
  };
  fill(0, 100);
  const before = usedBytes();
  const ofFirst = cache.size().bytes;
  fill(100, 5_000);
  const { snapshots, bytes } = cache.size();
  expect(snapshots).toBeLessThan(5_000);
  expect(bytes).toBeLessThanOrEqual(limit);
  const used = usedBytes() - before;
  const counted = bytes - ofFirst;
  // Other tests of the process leave and free some memory.
  expect(used).toBeLessThan(counted * 1.1);
  expect(used).toBeGreaterThan(counted * 0.7);
  expect(cache.companies.get(placeOf(5_099))?.record.id).toBe('f000000005099');
  expect(cache.companies.get(placeOf(0))).toBeNull();
});

it('keeps nothing without bytes, and nothing that is larger than all of it', () => {
  const off = createSnapshotCache(0);
  off.companies.set(placeOf(1), snapshotOf(1, sample));
  expect(off.companies.get(placeOf(1))).toBeNull();
  expect(off.size()).toEqual({ snapshots: 0, bytes: 0 });
  const small = createSnapshotCache(5_000);
  small.companies.set(placeOf(1), snapshotOf(1, { description: 'x'.repeat(10_000) }));
  expect(small.size()).toEqual({ snapshots: 0, bytes: 0 });
});

it('freezes the records that lookups share', () => {
  const cache = createSnapshotCache(1_000_000);
  cache.companies.set(placeOf(1), snapshotOf(1, sample));
  const kept = cache.companies.get(placeOf(1))!;
  const { record } = kept;
  for (const [target, field] of [
    [record, 'name'],
    [record.locations!, '0'],
    [record.socialMedia!, 'twitter'],
    [record.nextGen!, 'website'],
  ] as const) {
    expect(Reflect.set(target, field, 'changed')).toBe(false);
  }
});

it('keeps companies and people apart', () => {
  const cache = createSnapshotCache(1_000_000);
  cache.companies.set(placeOf(1), snapshotOf(1, sample));
  expect(cache.people.get(placeOf(1))).toBeNull();
});

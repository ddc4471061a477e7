import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createSnapshotCache } from '../../src/enrichment/snapshot-cache.js';
import { bodiesOf, placeOf, sample, snapshotOf } from './snapshots-of-kinds.js';

const program = path.join(import.meta.dirname, 'fill-snapshot-cache.ts');

it.each(Object.keys(bodiesOf))(
  'takes no more memory than its limit, with %s in each snapshot',
  async (kind) => {
    const options = ['--expose-gc', '--import', 'tsx', program, kind];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const { snapshots, limit, bytes, counted, used, oldest, newest } = JSON.parse(stdout);
    expect(snapshots).toBeLessThan(5_000);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(used).toBeLessThan(counted * 1.1);
    expect(used).toBeGreaterThan(counted * 0.7);
    expect(newest).toBe('f000000005099');
    expect(oldest).toBeNull();
  },
);

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

import { createSnapshotCache } from '../../src/enrichment/snapshot-cache.js';
import { bodiesOf, placeOf, snapshotOf } from './snapshots-of-kinds.js';

// snapshot-memory.test.ts runs it with a kind of bodies, in a process of its own: what else lives there would be measured too.
const bodyOf = bodiesOf[process.argv[2] ?? ''];
if (bodyOf === undefined || gc === undefined) throw new Error('It needs a kind of bodies and --expose-gc.');

const usedBytes = (): number => {
  for (let times = 0; times < 3; times += 1) gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const limit = 20_000_000;
const cache = createSnapshotCache(limit);
const fill = (from: number, to: number): void => {
  for (let number = from; number < to; number += 1)
    cache.companies.set(placeOf(number), snapshotOf(number, bodyOf(number)));
};
fill(0, 100);
const usedBefore = usedBytes();
const countedBefore = cache.size().bytes;
fill(100, 5_100);
const { snapshots, bytes } = cache.size();
console.log(
  JSON.stringify({
    snapshots,
    limit,
    bytes,
    counted: bytes - countedBefore,
    used: usedBytes() - usedBefore,
    oldest: cache.companies.get(placeOf(0)),
    newest: cache.companies.get(placeOf(5_099))?.record.id,
  }),
);

import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import { forgetRecord } from '../../src/ledger/forget-record.js';
import { newId } from '../../src/platform/ids.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { TestDatabase } from '../support/database.js';
import { type CachedInstances, lookUp, openInstances } from './cached-instances.js';
import { openStore } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await openStore();
});

const domains = ['one.example', 'two.example', 'three.example', 'four.example', 'five.example'];
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

type Instance = 'first' | 'second';
type Action =
  | { kind: 'LOOK_UP'; instance: Instance; at: number[]; maxAgeSeconds: number | null }
  /** The domain leads to this record from now on, which has this name. */
  | { kind: 'CHANGE'; at: number; id: number; name: number }
  | { kind: 'FORGET'; id: number }
  /** By hand, in the database, without a new `fetched_at`. */
  | { kind: 'OVERWRITE'; name: number };

const instance = fc.constantFrom<Instance>('first', 'second');
const at = fc.nat(domains.length - 1);
const id = fc.nat(ids.length - 1);
const name = fc.nat(1_000);
const actions = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('LOOK_UP' as const),
        instance,
        at: fc.array(at, { minLength: 1, maxLength: 6 }),
        maxAgeSeconds: fc.constantFrom(null, null, null, 0),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('CHANGE' as const), at, id, name }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('FORGET' as const), id }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('OVERWRITE' as const), name }) },
  ),
  { minLength: 10, maxLength: 40 },
);

/** What a caller sees of a record that is known, whichever instance answers. */
const shown = ({ outcome, record, raw, parts, snapshots, receipt }: LookupResult<CompanyRecord>) => ({
  outcome,
  record,
  raw: raw(),
  parts,
  snapshots,
  unlockedAt: receipt.unlockedAt,
  fetchedAt: receipt.fetchedAt,
  identifierSource: receipt.identifierSource,
  recordName: receipt.recordName,
});

const run = async (
  { world, uncached, admin, request, calls, ...instances }: CachedInstances,
  history: readonly Action[],
): Promise<void> => {
  const { sql } = store.database;
  for (const action of history) {
    switch (action.kind) {
      case 'CHANGE':
        world.set(domains[action.at]!, { id: ids[action.id]!, name: `name ${action.name}` });
        break;
      case 'FORGET':
        await forgetRecord({ database: store.database }, admin, {
          recordKey: `company:id:FIRMABLE~${ids[action.id]}`,
        }).catch(() => {});
        break;
      case 'OVERWRITE':
        await sql`
          update snapshots set body = (body::jsonb || jsonb_build_object('name', ${`by hand ${action.name}`}::text))::text
          where workspace_id = ${admin.workspaceId}`;
        break;
      case 'LOOK_UP': {
        const wanted = action.at.map((one) => domains[one]!);
        const callsBefore = calls();
        const app = instances[action.instance].gateway;
        const results = await lookUp(app, request(), wanted, action.maxAgeSeconds);
        const areKnown = results.every(({ receipt }) => receipt.fromSnapshot);
        if (areKnown) expect(calls()).toBe(callsBefore);
        // What was fetched is what the next lookup finds; where the record moved within this list, the last one counts.
        const again = await lookUp(app, request(), wanted);
        const expected = await lookUp(uncached.gateway, request(), wanted);
        expect(again.map(shown)).toEqual(expected.map(shown));
        if (areKnown) expect(results.map(shown)).toEqual(expected.map(shown));
      }
    }
  }
};

it.each([
  ['has room for all', 10_000_000],
  ['has room for two records', 8_000],
])(
  'answers as without a cache in any history of two instances, when it %s',
  async (_, bytesMax) => {
    const property = fc.asyncProperty(actions, async (history) => {
      const instances = await openInstances(store, bytesMax);
      for (const [index, domain] of domains.entries()) {
        instances.world.set(domain, { id: ids[index]!, name: `name ${index}` });
      }
      await run(instances, history);
    });
    await expect(fc.assert(property, { numRuns: 12 })).resolves.toBeUndefined();
  },
  300_000,
);

it('keeps what single lookups return, and nothing of the list of a job', async () => {
  const { world, first, request } = await openInstances(store, 10_000_000);
  for (const [index, domain] of domains.entries()) world.set(domain, { id: ids[index]!, name: domain });
  const kept = () => first.gateway.enrichmentDeps.snapshotCache.size().snapshots;
  const job = { id: newId(), row: 1 };
  for (let times = 0; times < 2; times += 1)
    for (const domain of domains) await lookUp(first.gateway, { ...request(), job }, [domain]);
  expect(kept()).toBe(0);
  await lookUp(first.gateway, request(), domains.slice(0, 1));
  expect(kept()).toBe(1);
  const results = await lookUp(first.gateway, { ...request(), job }, domains.slice(0, 1));
  expect(results[0]).toMatchObject({ outcome: 'FOUND', record: { name: domains[0] } });
});

it('writes one entry for each lookup of a list that it answers, with what was saved', async () => {
  const { world, first, request, admin, calls } = await openInstances(store, 10_000_000);
  for (const [index, domain] of domains.entries()) world.set(domain, { id: ids[index]!, name: domain });
  await lookUp(first.gateway, request(), domains);
  await lookUp(first.gateway, request(), domains);
  expect(first.gateway.enrichmentDeps.snapshotCache.size().snapshots).toBe(domains.length);
  const tallied = request();
  const results = await lookUp(first.gateway, tallied, [...domains, domains[0]!]);
  expect(tallied.tally).toEqual({ charged: 0n, saved: 5n, reserved: 0n });
  expect(calls()).toBe(domains.length);
  const entries = await store.database.sql`
    select id, lookup_id, outcome, charge, credits::int, saved::int, from_snapshot, step, unlock_id is not null as unlocked
    from entries where workspace_id = ${admin.workspaceId} order by id`;
  const written = { outcome: 'FOUND', charge: 'ALREADY_UNLOCKED', credits: 0, saved: 1, from_snapshot: true };
  expect(entries.slice(-domains.length)).toEqual(
    results
      .slice(0, domains.length)
      .map(({ receipt: { id: entryId } }) => ({
        ...written,
        id: entryId,
        lookup_id: entryId,
        step: 1,
        unlocked: true,
      }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  );
  expect(results.at(-1)).toBe(results[0]);
});

it('never returns a record that another instance has forgotten, while both look it up', async () => {
  const { world, first, second, request, admin } = await openInstances(store, 10_000_000);
  for (const [index, domain] of domains.entries())
    world.set(domain, { id: ids[index]!, name: `old ${domain}` });
  const pairs = domains.slice(0, 2);
  for (let round = 0; round < 20; round += 1) {
    await lookUp(first.gateway, request(), pairs);
    await lookUp(first.gateway, request(), pairs);
    await lookUp(second.gateway, request(), pairs);
    for (const [index, domain] of pairs.entries()) {
      world.set(domain, { id: ids[index]!, name: `round ${round} of ${domain}` });
    }
    const running = [first, second, first].map(({ gateway }) => lookUp(gateway, request(), pairs));
    await Promise.all(
      pairs.map((_, index) =>
        forgetRecord({ database: store.database }, admin, { recordKey: `company:id:FIRMABLE~${ids[index]}` }),
      ),
    );
    const later = await Promise.all(
      [first, second, second].map(({ gateway }) => lookUp(gateway, request(), pairs)),
    );
    for (const results of later) {
      expect(results.map(({ record }) => record?.name)).toEqual(
        pairs.map((domain) => `round ${round} of ${domain}`),
      );
    }
    await Promise.all(running);
  }
}, 120_000);

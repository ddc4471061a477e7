import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Reservation, SnapshotVersion } from '../../src/ledger/types.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  buy,
  createAccount,
  entriesOf,
  found,
  openLedger,
  requestFor,
  reservationsOf,
  type TestAccount,
} from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
});
afterAll(async () => {
  await ledger.close(1_000);
  await store.close();
});

type Hit = Extract<Reservation, { status: 'HIT' }>;
const hit = async (
  account: TestAccount,
  lookupKey: string,
  cached: SnapshotVersion | null = null,
): Promise<Hit> => {
  const reserved = await ledger.reserve(requestFor(account, lookupKey, { cached }));
  if (reserved.status !== 'HIT') throw new Error(`it is ${reserved.status}`);
  return reserved;
};

/** The unlocks of a list, whose lookups have these snapshots. */
const recordHits = (
  { workspaceId, accountId }: TestAccount,
  lookups: [lookupKey: string, cached: SnapshotVersion][],
  { maxAgeSeconds = 3_600, variant = 'AU' } = {},
) => {
  const { labels } = requestFor({ workspaceId, accountId }, 'a');
  return ledger.recordHits({
    workspaceId,
    accountId,
    variant,
    maxAgeSeconds,
    labels,
    lookups: lookups.map(([lookupKey, cached]) => ({ id: newId(), lookupKey, cached })),
  });
};

it('leaves out the body of the snapshot that the request has, and writes the entry all the same', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '{"n": 1}' });
  const first = await hit(account, 'a');
  expect(first.body).toBe('{"n": 1}');
  expect(await hit(account, 'a', first.version)).toEqual({ ...first, body: null });
  expect((await entriesOf(store.database, account)).slice(1)).toMatchObject([
    { charge: 'ALREADY_UNLOCKED', saved: 1, fromSnapshot: true },
    { charge: 'ALREADY_UNLOCKED', saved: 1, fromSnapshot: true },
  ]);
});

it('returns the body of a snapshot that was fetched since, to the microsecond', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '"old"' });
  const { version } = await hit(account, 'a');
  await store.database.sql`
    update snapshots set body = '"new"', fetched_at = fetched_at + interval '1 microsecond'
    where workspace_id = ${account.workspaceId}`;
  const later = await hit(account, 'a', version);
  expect(later.body).toBe('"new"');
  expect(later.fetchedAt.getTime() - new Date(version.fetchedAt).getTime()).toBeLessThan(2);
  expect(await recordHits(account, [['a', version]])).toEqual([null]);
  expect(await recordHits(account, [['a', later.version]])).toMatchObject([{ recordKey: 'record' }]);
});

it('returns the body of a snapshot that was overwritten by hand', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '"whole"' });
  const { version } = await hit(account, 'a');
  await store.database.sql`update snapshots set body = '"less"' where workspace_id = ${account.workspaceId}`;
  expect(await recordHits(account, [['a', version]])).toEqual([null]);
  const later = await hit(account, 'a', version);
  expect(later.body).toBe('"less"');
  // What changes nothing else keeps the version.
  await store.database
    .sql`update snapshots set name = 'n', body = body where workspace_id = ${account.workspaceId}`;
  expect((await hit(account, 'a', later.version)).body).toBeNull();
});

it('distinguishes records whose snapshots are of one statement', async () => {
  const account = createAccount();
  const [one, other] = [requestFor(account, 'a'), requestFor(account, 'b')];
  await Promise.all([ledger.reserve(one), ledger.reserve(other)]);
  await Promise.all([
    ledger.settle(found(one, 'record a', { body: '"a"' })),
    ledger.settle(found(other, 'record b', { body: '"b"' })),
  ]);
  const [a, b] = [await hit(account, 'a'), await hit(account, 'b')];
  expect(a.version.fetchedAt).toBe(b.version.fetchedAt);
  expect((await hit(account, 'b', a.version)).body).toBe('"b"');
  expect(
    await recordHits(account, [
      ['b', a.version],
      ['a', a.version],
    ]),
  ).toMatchObject([null, { recordKey: 'record a' }]);
});

it('records no hit for what is forgotten, too old, of another variant or of another account', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '"a"' });
  const { version } = await hit(account, 'a');
  const before = await entriesOf(store.database, account);
  const other = createAccount(account.workspaceId);
  expect(await recordHits(other, [['a', version]])).toEqual([null]);
  expect(await recordHits(account, [['a', version]], { variant: 'NZ' })).toEqual([null]);
  expect(await recordHits(account, [['a', version]], { maxAgeSeconds: -1 })).toEqual([null]);
  await store.database.sql`delete from snapshots where workspace_id = ${account.workspaceId}`;
  expect(await recordHits(account, [['a', version]])).toEqual([null]);
  expect(await entriesOf(store.database, account)).toEqual(before);
  expect(await ledger.reserve(requestFor(account, 'a', { cached: version }))).toMatchObject({
    status: 'RESERVED',
    credits: 0n,
  });
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  buy,
  createAccount,
  ended,
  entriesOf,
  found,
  limitWorkspace,
  openLedger,
  requestFor,
  reservationsOf,
  spentBy,
} from './setup.js';
import { again, buyByPage, domain, expectVerified, leadsTo, parent, subsidiary } from './shared-domain.js';

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

describe('a lookup again by the key', () => {
  it('costs nothing when the provider answers with the known record', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    const request = again(account);
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n });
    expect(await ledger.settle(found(request, parent, { aliases: [domain] }))).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      credits: 0n,
      saved: 1n,
    });
    expect(await leadsTo(store.database, account, domain)).toBe(`${parent} RESOLVED`);
  });

  it('returns REFETCH with the budget and without an entry when it is full, and the record is free by its own id', async () => {
    const workspace = await createWorkspace(store.database);
    const account = createAccount(workspace.id);
    const counters = await limitWorkspace(store.database, workspace.id, 1);
    await buyByPage(ledger, account, parent);
    expect(await ledger.reserve(again(account))).toMatchObject({
      status: 'REFETCH',
      budget: { limit: 1n, spent: 1n, reserved: 0n },
    });
    expect(await ledger.reserve(again(account, { looksUpAgain: false }))).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
    });
    expect(await entriesOf(store.database, account)).toHaveLength(1);
    expect(await counters()).toEqual({ reserved: 0, spent: 1 });
  });

  it('waits for a call in flight, and learns whether that one fetches by the record', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    const refetch = requestFor(account, domain, { maxAgeSeconds: -1 });
    await ledger.reserve(refetch);
    expect(await ledger.reserve(again(account))).toMatchObject({
      status: 'WAIT',
      reservationId: refetch.id,
      refetched: { recordKey: parent, source: 'REPORTED' },
    });
    await ledger.settle(ended(refetch, 'FAILED'));
    const [first, second] = await Promise.all([
      ledger.reserve(again(account)),
      ledger.reserve(again(account)),
    ]);
    expect([first, second]).toMatchObject([{ status: 'RESERVED' }, { status: 'WAIT', refetched: null }]);
  });

  it('presumes a charge when its result is unknown, which only a call by the same key resolves', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    const lost = again(account);
    await ledger.reserve(lost);
    expect(await ledger.settle(ended(lost, 'UNKNOWN'))).toMatchObject({ charge: 'PRESUMED', credits: 1n });
    const pending = [{ id: lost.id, state: 'PENDING_CONFIRMATION' }];

    await store.database.sql`select resolve_presumed_charges(1000)`;
    await buyByPage(ledger, account, parent);
    const refetch = requestFor(account, domain, { maxAgeSeconds: -1 });
    await ledger.reserve(refetch);
    await ledger.settle(found(refetch, parent, { aliases: [domain] }));
    expect(await reservationsOf(store.database, account)).toMatchObject(pending);

    const request = again(account, { mayCharge: false });
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 0n });
    await ledger.settle(found(request, subsidiary));
    expect(await reservationsOf(store.database, account)).toEqual([]);
    expect(await spentBy(store.database, account)).toBe(2);
    await expectVerified(store.database, account);
  });

  it('is charged again, and finds either record, where a provider charges for every fetch', async () => {
    const account = createAccount();
    await buy(ledger, requestFor(account, 'x', { refetchCredits: 1n }), parent, {
      aliases: [domain],
      charged: 1n,
    });
    for (const record of [subsidiary, parent]) {
      const request = again(account, { refetchCredits: 1n });
      expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n });
      expect(await ledger.settle(found(request, record, { charged: 1n }))).toMatchObject({
        charge: 'CHARGED',
      });
      expect(await leadsTo(store.database, account, domain)).toBe(`${record} RESOLVED`);
    }
    await expectVerified(store.database, account);
  });
});

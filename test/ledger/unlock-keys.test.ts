import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { declareUnlocks } from '../../src/ledger/declare-unlocks.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { buy, createAccount, found, openLedger, requestFor, spentBy } from './setup.js';
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

describe('which record a key leads to', () => {
  it('is the only record that reports it', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    expect(await leadsTo(store.database, account, domain)).toBe(`${parent} REPORTED`);
    expect(await ledger.reserve(requestFor(account, domain))).toMatchObject({
      status: 'HIT',
      unlock: { recordKey: parent, source: 'REPORTED' },
    });
  });

  it('is none when two records report it, and the provider decides', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    await buyByPage(ledger, account, subsidiary);
    expect(await leadsTo(store.database, account, domain)).toBeNull();
    const request = requestFor(account, domain);
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n, unlock: null });
    const settled = await ledger.settle(found(request, subsidiary, { aliases: [domain] }));
    expect(settled).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0n });
    expect(await leadsTo(store.database, account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await spentBy(store.database, account)).toBe(2);
    await expectVerified(store.database, account);
  });

  it.each([
    ['before', [subsidiary, parent]],
    ['after', [parent, subsidiary]],
  ] as const)('stays the resolved one when others report it %s', async (_, others) => {
    const account = createAccount();
    await buyByPage(ledger, account, others[0]);
    const request = again(account);
    await ledger.reserve(request);
    await ledger.settle(found(request, 'company:id:f3', { aliases: [domain] }));
    await buyByPage(ledger, account, others[1]);
    await buyByPage(ledger, account, others[0]);
    expect(await leadsTo(store.database, account, domain)).toBe('company:id:f3 RESOLVED');
  });

  it('is the declared one until another record reports it, and the resolved one for good', async () => {
    const account = createAccount((await createWorkspace(store.database)).id);
    const records = [{ recordKey: parent, lookupKeys: [parent, domain] }];
    await declareUnlocks(
      store,
      { ...account, operation: 'COMPANY', provider: 'FIRMABLE', sandbox: false, price: 1n, records },
      () => Promise.resolve(),
    );
    expect(await leadsTo(store.database, account, parent)).toBe(`${parent} DECLARED`);
    expect(await leadsTo(store.database, account, domain)).toBe(`${parent} DECLARED`);
    await buyByPage(ledger, account, subsidiary);
    expect(await leadsTo(store.database, account, domain)).toBeNull();
    await buy(ledger, requestFor(account, domain), parent, { aliases: [domain] });
    expect(await leadsTo(store.database, account, domain)).toBe(`${parent} RESOLVED`);
    await expectVerified(store.database, account);
  });

  it('is another one when the provider resolves it again', async () => {
    const account = createAccount();
    await buy(ledger, requestFor(account, domain), parent, { aliases: [domain] });
    const request = again(account);
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n });
    expect(await ledger.settle(found(request, subsidiary))).toMatchObject({ charge: 'CHARGED', credits: 1n });
    expect(await leadsTo(store.database, account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await leadsTo(store.database, account, parent)).toBe(`${parent} RESOLVED`);
    await expectVerified(store.database, account);
  });

  it("keeps a record's own key when a renamed record is answered by it", async () => {
    const account = createAccount();
    await buy(ledger, requestFor(account, parent), parent);
    await buy(ledger, requestFor(account, subsidiary), subsidiary);
    const stale = requestFor(account, parent, { maxAgeSeconds: -1 });
    await ledger.reserve(stale);
    await ledger.settle(found(stale, subsidiary));
    expect(await leadsTo(store.database, account, subsidiary)).toBe(`${subsidiary} RESOLVED`);
    expect(await leadsTo(store.database, account, parent)).toBe(`${parent} RESOLVED`);
    await expectVerified(store.database, account);
  });

  it('does not become resolved when a known record is fetched by its own id', async () => {
    const account = createAccount();
    await buyByPage(ledger, account, parent);
    const request = requestFor(account, domain, { maxAgeSeconds: -1 });
    expect(await ledger.reserve(request)).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
      unlock: { recordKey: parent },
    });
    await ledger.settle(found(request, parent, { aliases: [domain] }));
    expect(await leadsTo(store.database, account, domain)).toBe(`${parent} REPORTED`);
  });

  it('takes one batch of settlements as it takes them one by one', async () => {
    const account = createAccount();
    const requests = [
      requestFor(account, `company:linkedin:${parent}`),
      requestFor(account, domain),
      requestFor(account, 'company:abn:1'),
    ];
    await Promise.all(requests.map((request) => ledger.reserve(request)));
    await Promise.all(
      requests.map((request, index) =>
        ledger.settle(found(request, index === 0 ? parent : subsidiary, { aliases: [domain] })),
      ),
    );
    expect(await leadsTo(store.database, account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await spentBy(store.database, account)).toBe(2);
    await expectVerified(store.database, account);
  });
});

it('decides alike when two instances settle one key for two records at the same time', async () => {
  const other = openLedger(store.database);
  for (let round = 0; round < 20; round += 1) {
    const account = createAccount();
    const [au, nz] = ['AU', 'NZ'].map((variant) => requestFor(account, domain, { variant }));
    await Promise.all([ledger.reserve(au!), other.reserve(nz!)]);
    await Promise.all([
      ledger.settle(found(au!, parent, { aliases: [domain] })),
      other.settle(found(nz!, subsidiary, { aliases: [domain] })),
    ]);
    expect([`${parent} RESOLVED`, `${subsidiary} RESOLVED`]).toContain(
      await leadsTo(store.database, account, domain),
    );
    expect(await spentBy(store.database, account)).toBe(2);
    await expectVerified(store.database, account);
  }
  await other.close(1_000);
});

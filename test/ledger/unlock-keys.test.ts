import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { declareUnlocks } from '../../src/ledger/declare-unlocks.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { buy, createAccount, found, openLedger, requestFor, spentBy, type TestAccount } from './setup.js';

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

const domain = 'company:domain:shared.example';
const parent = 'company:id:f1';
const subsidiary = 'company:id:f2';

const buyParent = (account: TestAccount): Promise<void> =>
  buy(ledger, requestFor(account, 'company:linkedin:parent'), parent, { aliases: [domain] });
const buySubsidiary = (account: TestAccount): Promise<void> =>
  buy(ledger, requestFor(account, 'company:linkedin:subsidiary'), subsidiary, { aliases: [domain] });
const again = (account: TestAccount, more: Parameters<typeof requestFor>[2] = {}) =>
  requestFor(account, domain, { looksUpAgain: true, maxAgeSeconds: -1, ...more });

/** The record that the key leads to, and how; null where it leads to none. */
const leadsTo = async ({ workspaceId, accountId }: TestAccount, key: string): Promise<string | null> => {
  const [row] = await store.database.sql<{ text: string }[]>`
    select u.record_key || ' ' || k.source as text
    from unlock_of_key(${workspaceId}, ${accountId}, ${key}) k
    join unlocks u on u.workspace_id = ${workspaceId} and u.id = k.unlock_id`;
  return row?.text ?? null;
};

const agrees = async (account: TestAccount): Promise<void> => {
  expect((await verifyLedger(store.database, { workspaceId: account.workspaceId })).disagreements).toEqual(
    [],
  );
};

describe('which record a key leads to', () => {
  it('is the only record that reports it', async () => {
    const account = createAccount();
    await buyParent(account);
    expect(await leadsTo(account, domain)).toBe(`${parent} REPORTED`);
    expect(await ledger.reserve(requestFor(account, domain))).toMatchObject({
      status: 'HIT',
      unlock: { recordKey: parent, source: 'REPORTED' },
    });
  });

  it('is none when two records report it, and the provider decides', async () => {
    const account = createAccount();
    await buyParent(account);
    await buySubsidiary(account);
    expect(await leadsTo(account, domain)).toBeNull();
    const request = requestFor(account, domain);
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n, unlock: null });
    const settled = await ledger.settle(found(request, subsidiary, { aliases: [domain] }));
    expect(settled).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0n });
    expect(await leadsTo(account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await spentBy(store.database, account)).toBe(2);
    await agrees(account);
  });

  it.each([
    ['before', [buySubsidiary, buyParent]],
    ['after', [buyParent, buySubsidiary]],
  ] as const)('stays the resolved one when others report it %s', async (_, others) => {
    const account = createAccount();
    await others[0](account);
    const request = again(account);
    await ledger.reserve(request);
    await ledger.settle(found(request, 'company:id:f3', { aliases: [domain] }));
    await others[1](account);
    await others[0](account);
    expect(await leadsTo(account, domain)).toBe('company:id:f3 RESOLVED');
  });

  it('is the declared one until another record reports it, and the resolved one for good', async () => {
    const account = createAccount((await createWorkspace(store.database)).id);
    await declareUnlocks(store, {
      ...account,
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      sandbox: false,
      price: 1n,
      records: [{ recordKey: parent, lookupKeys: [parent, domain] }],
    });
    expect(await leadsTo(account, parent)).toBe(`${parent} DECLARED`);
    expect(await leadsTo(account, domain)).toBe(`${parent} DECLARED`);
    await buySubsidiary(account);
    expect(await leadsTo(account, domain)).toBeNull();
    await buy(ledger, requestFor(account, domain), parent, { aliases: [domain] });
    expect(await leadsTo(account, domain)).toBe(`${parent} RESOLVED`);
    await agrees(account);
  });

  it('is another one when the provider resolves it again', async () => {
    const account = createAccount();
    await buy(ledger, requestFor(account, domain), parent, { aliases: [domain] });
    const request = again(account);
    expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n });
    expect(await ledger.settle(found(request, subsidiary))).toMatchObject({ charge: 'CHARGED', credits: 1n });
    expect(await leadsTo(account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await leadsTo(account, parent)).toBe(`${parent} RESOLVED`);
    await agrees(account);
  });

  it("keeps a record's own key when a renamed record is answered by it", async () => {
    const account = createAccount();
    await buy(ledger, requestFor(account, parent), parent);
    await buy(ledger, requestFor(account, subsidiary), subsidiary);
    const stale = requestFor(account, parent, { maxAgeSeconds: -1 });
    await ledger.reserve(stale);
    await ledger.settle(found(stale, subsidiary));
    expect(await leadsTo(account, subsidiary)).toBe(`${subsidiary} RESOLVED`);
    expect(await leadsTo(account, parent)).toBe(`${parent} RESOLVED`);
    await agrees(account);
  });

  it('does not become resolved when a known record is fetched by its own id', async () => {
    const account = createAccount();
    await buyParent(account);
    const request = requestFor(account, domain, { maxAgeSeconds: -1 });
    expect(await ledger.reserve(request)).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
      unlock: { recordKey: parent },
    });
    await ledger.settle(found(request, parent, { aliases: [domain] }));
    expect(await leadsTo(account, domain)).toBe(`${parent} REPORTED`);
  });

  it('takes one batch of settlements as it takes them one by one', async () => {
    const account = createAccount();
    const requests = [
      requestFor(account, 'company:linkedin:parent'),
      requestFor(account, domain),
      requestFor(account, 'company:abn:1'),
    ];
    await Promise.all(requests.map((request) => ledger.reserve(request)));
    await Promise.all(
      requests.map((request, index) =>
        ledger.settle(found(request, index === 0 ? parent : subsidiary, { aliases: [domain] })),
      ),
    );
    expect(await leadsTo(account, domain)).toBe(`${subsidiary} RESOLVED`);
    expect(await spentBy(store.database, account)).toBe(2);
    await agrees(account);
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
    expect([`${parent} RESOLVED`, `${subsidiary} RESOLVED`]).toContain(await leadsTo(account, domain));
    expect(await spentBy(store.database, account)).toBe(2);
    await agrees(account);
  }
  await other.close(1_000);
});

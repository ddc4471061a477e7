import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { connect, openDatabase, type Database } from '../../src/platform/database.js';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { startProxy, type Proxy } from './proxy.js';
import {
  askFor,
  ended,
  entriesOf,
  found,
  createAccount,
  openLedger,
  reservationsOf,
  spentBy,
  touchConnections,
} from './setup.js';

let store: TestDatabase;
let proxy: Proxy;
/** Reaches the database over the proxy. */
let road: Database;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  proxy = await startProxy(store.address);
  road = openDatabase(proxy.address, { connectionsMax: 4 });
  ledger = openLedger(road);
  await prepareStatements();
});
afterEach(async () => {
  await proxy.open();
  await touchConnections(road);
  await ledger.close(1_000);
  await road.close();
  await proxy.close();
});

/**
 * A statement goes out in two steps on a connection that meets it for the first time, and the second waits for an
 * answer: from here on each is sent at once on every connection.
 */
const prepareStatements = async (): Promise<void> => {
  await touchConnections(road);
  const asks = [1, 2].map(() => askFor(createAccount(), 'a'));
  await Promise.all(asks.map((ask) => reserveBatch(road.sql, 60, [ask])));
  await Promise.all(asks.map((ask) => settleBatch(road.sql, [ended(ask, 'FAILED')])));
};

const patiently = { timeout: 10_000, interval: 20 };

test('no store, no spend: with the database down an ask is refused within two seconds, and works when it is back', async () => {
  const account = createAccount();
  await proxy.shut();
  const startedMs = performance.now();
  expect(await outcomeOf(ledger.reserve(askFor(account, 'a')))).toBe('LEDGER_UNAVAILABLE');
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  await proxy.open();
  await vi.waitFor(async () => {
    expect(await ledger.reserve(askFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
  }, patiently);
});

test('a database that takes the reservation and does not answer: refused in time, and released when it does', async () => {
  const account = createAccount();
  proxy.holdAnswers();
  const startedMs = performance.now();
  expect(await outcomeOf(ledger.reserve(askFor(account, 'a')))).toBe('LEDGER_UNAVAILABLE');
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
  await proxy.open();
  await vi.waitFor(async () => expect(await reservationsOf(store.database, account)).toEqual([]), patiently);
  expect(await spentBy(store.database, account)).toBe(0);
});

test('a reservation whose answer is lost with the connection is released: nothing was sent under it', async () => {
  const account = createAccount();
  proxy.holdAnswers();
  const refused = outcomeOf(ledger.reserve(askFor(account, 'a')));
  await vi.waitFor(
    async () => expect(await reservationsOf(store.database, account)).toHaveLength(1),
    patiently,
  );
  proxy.cut();
  await proxy.open();
  expect(await refused).toBe('LEDGER_UNAVAILABLE');
  await vi.waitFor(async () => expect(await reservationsOf(store.database, account)).toEqual([]), patiently);
  expect(await spentBy(store.database, account)).toBe(0);
});

test('a reservation that is written only after its connection was lost is released as well', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  const lock = connect(store.address, { max: 1 });
  // The lock of the subject, as reserve_credits takes it: the statement waits for it.
  await lock`select pg_advisory_lock(hashtextextended(concat(${account.accountId}::text, ' a AU'), 0))`;
  const refused = outcomeOf(ledger.reserve(ask));
  await vi.waitFor(async () => {
    const waiting = await store.database.sql`
      select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
    expect(waiting).toHaveLength(1);
  }, patiently);
  proxy.cut();
  expect(await refused).toBe('LEDGER_UNAVAILABLE');
  await lock.end();
  await vi.waitFor(async () => expect(await entriesOf(store.database, account)).toHaveLength(1), patiently);
  expect(await reservationsOf(store.database, account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(0);
});

test('nothing unaccounted: what was bought is settled when the database is back, once', async () => {
  const account = createAccount();
  const asks = ['a', 'b', 'c'].map((subject) => askFor(account, subject));
  await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  await proxy.shut();
  const settling = Promise.all(asks.map((ask) => ledger.settle(found(ask, ask.lookupKey))));
  expect(await entriesOf(store.database, account)).toEqual([]);
  await proxy.open();
  expect((await settling).map(({ charge }) => charge)).toEqual(['CHARGED', 'CHARGED', 'CHARGED']);
  expect(await spentBy(store.database, account)).toBe(3);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

test('a settlement whose answer is lost after it was written is not written twice, and its caller hears the truth', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  proxy.holdAnswers();
  const settling = ledger.settle(found(ask, 'record'));
  await vi.waitFor(async () => expect(await entriesOf(store.database, account)).toHaveLength(1), patiently);
  proxy.cut();
  await proxy.open();
  const settled = await settling;
  expect(await entriesOf(store.database, account)).toMatchObject([{ charge: 'CHARGED', credits: 1 }]);
  expect(settled).toMatchObject({ charge: 'CHARGED', credits: 1n });
});

test('connections terminated again and again lose no settlement and write none twice', async () => {
  const account = createAccount();
  const asks = Array.from({ length: 60 }, (_, index) => askFor(account, `s${index}`));
  await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  // Small groups, so that there are many statements to be torn out of.
  const busy = openLedger(road, { ledgerBatchMax: 2 });
  const settling = Promise.all(asks.map((ask) => busy.settle(found(ask, ask.lookupKey))));
  for (let count = 0; count < 5; count += 1) {
    await store.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and application_name = 'firmable-gateway' and query ~ 'from settle_credits[(]'`;
  }
  await settling;
  expect(await entriesOf(store.database, account)).toHaveLength(60);
  expect(await spentBy(store.database, account)).toBe(60);
});

test('closing waits for the settlement under way, and no longer than it was told', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  await proxy.shut();
  const settling = ledger.settle(ended(ask, 'FAILED')).catch(() => 'given up');
  const startedMs = performance.now();
  await ledger.close(300);
  expect(performance.now() - startedMs).toBeGreaterThan(250);
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(await settling).toBe('given up');
  // The reservation itself tells of the doubt.
  expect(await reservationsOf(store.database, account)).toMatchObject([{ id: ask.id, state: 'HELD' }]);
});

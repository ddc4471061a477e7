import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { connect, openDatabase, type Database } from '../../src/platform/database.js';
import { reserveOne } from '../../src/ledger/reserve-one.js';
import { settleOne } from '../../src/ledger/settle-one.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { startProxy, type Proxy } from './proxy.js';
import {
  requestFor,
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
/** Connects to the database through the proxy. */
let remote: Database;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  proxy = await startProxy(store.address);
  remote = openDatabase(proxy.address, { connectionsMax: 4 });
  ledger = openLedger(remote);
  await prepareStatements();
});
afterEach(async () => {
  await proxy.open();
  await touchConnections(remote);
  await ledger.close(1_000);
  await remote.close();
  await proxy.close();
});

/**
 * A connection sends a new statement in two steps, and the second waits for a response: after this each connection
 * sends the statements at once.
 */
const prepareStatements = async (): Promise<void> => {
  await touchConnections(remote);
  const requests = [1, 2].map(() => requestFor(createAccount(), 'a'));
  await Promise.all(requests.map((request) => reserveOne(remote.sql, 60, request)));
  await Promise.all(requests.map((request) => settleOne(remote.sql, ended(request, 'FAILED'))));
};

const slowly = { timeout: 10_000, interval: 20 };

it('refuses in time when the database is down, and works when it is back', async () => {
  const account = createAccount();
  await proxy.shut();
  expect(await outcomeOf(ledger.reserve(requestFor(account, 'a')))).toBe('LEDGER_UNAVAILABLE');
  await proxy.open();
  await vi.waitFor(async () => {
    expect(await ledger.reserve(requestFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
  }, slowly);
});

it('refuses in time when the database does not answer, and releases the reservation when it does', async () => {
  const account = createAccount();
  proxy.holdAnswers();
  expect(await outcomeOf(ledger.reserve(requestFor(account, 'a')))).toBe('LEDGER_UNAVAILABLE');
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
  await proxy.open();
  await vi.waitFor(async () => expect(await reservationsOf(store.database, account)).toEqual([]), slowly);
  expect(await spentBy(store.database, account)).toBe(0);
});

it('releases a reservation whose response was lost with the connection', async () => {
  const account = createAccount();
  proxy.holdAnswers();
  const refused = outcomeOf(ledger.reserve(requestFor(account, 'a')));
  await vi.waitFor(async () => expect(await reservationsOf(store.database, account)).toHaveLength(1), slowly);
  proxy.cut();
  await proxy.open();
  expect(await refused).toBe('LEDGER_UNAVAILABLE');
  await vi.waitFor(async () => expect(await reservationsOf(store.database, account)).toEqual([]), slowly);
  expect(await spentBy(store.database, account)).toBe(0);
});

it('releases a reservation that is committed after its connection was lost', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  const lock = connect(store.address, { max: 1 });
  // The lock of the lookup key that reserve_one acquires: the statement waits for it.
  await lock`select pg_advisory_lock(hashtextextended(concat(${account.accountId}::text, ' a AU'), 0))`;
  const refused = outcomeOf(ledger.reserve(request));
  await vi.waitFor(async () => {
    const waiting = await store.database.sql`
      select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
    expect(waiting).toHaveLength(1);
  }, slowly);
  proxy.cut();
  expect(await refused).toBe('LEDGER_UNAVAILABLE');
  await lock.end();
  await vi.waitFor(async () => expect(await entriesOf(store.database, account)).toHaveLength(1), slowly);
  expect(await reservationsOf(store.database, account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(0);
});

it('settles what was bought, once, when the database is back', async () => {
  const account = createAccount();
  const requests = ['a', 'b', 'c'].map((subject) => requestFor(account, subject));
  await Promise.all(requests.map((request) => ledger.reserve(request)));
  await proxy.shut();
  const settling = Promise.all(requests.map((request) => ledger.settle(found(request, request.lookupKey))));
  expect(await entriesOf(store.database, account)).toEqual([]);
  await proxy.open();
  expect((await settling).map(({ charge }) => charge)).toEqual(['CHARGED', 'CHARGED', 'CHARGED']);
  expect(await spentBy(store.database, account)).toBe(3);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('does not write a settlement twice when its response was lost, and returns its entry', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  proxy.holdAnswers();
  const settling = ledger.settle(found(request, 'record'));
  await vi.waitFor(async () => expect(await entriesOf(store.database, account)).toHaveLength(1), slowly);
  proxy.cut();
  await proxy.open();
  const settled = await settling;
  expect(await entriesOf(store.database, account)).toMatchObject([{ charge: 'CHARGED', credits: 1 }]);
  expect(settled).toMatchObject({ charge: 'CHARGED', credits: 1n });
});

it('loses no settlement and writes none twice when connections are terminated repeatedly', async () => {
  const account = createAccount();
  const requests = Array.from({ length: 60 }, (_, index) => requestFor(account, `s${index}`));
  await Promise.all(requests.map((request) => ledger.reserve(request)));
  // Small batches, so that many statements are interrupted.
  const busy = openLedger(remote, { ledgerBatchMax: 2 });
  const settling = Promise.all(requests.map((request) => busy.settle(found(request, request.lookupKey))));
  for (let count = 0; count < 5; count += 1) {
    await store.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and application_name like 'firmable-gateway %' and query ~ 'from settle_(one|credits)[(]'`;
  }
  await settling;
  expect(await entriesOf(store.database, account)).toHaveLength(60);
  expect(await spentBy(store.database, account)).toBe(60);
});

it('waits for the settlement in progress when it is closed, at most for the given time', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  await proxy.shut();
  const settling = ledger.settle(ended(request, 'FAILED')).catch(() => 'given up');
  await ledger.close(300);
  expect(await settling).toBe('given up');
  // The reservation expires, and its charge is presumed.
  expect(await reservationsOf(store.database, account)).toMatchObject([{ id: request.id, state: 'HELD' }]);
});

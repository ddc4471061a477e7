import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  requestFor,
  entriesOf,
  found,
  limitWorkspace,
  createAccount,
  openLedger,
  type TestAccount,
  reservationsOf,
} from './setup.js';

let store: TestDatabase;
let databases: Database[];
let ledgers: Ledger[];
beforeAll(async () => {
  store = await createTestDatabase();
  databases = [1, 2].map(() => openDatabase(store.address, { connectionsMax: 4 }));
  ledgers = databases.map((database) => openLedger(database));
});
afterAll(async () => {
  await Promise.all(ledgers.map((ledger) => ledger.close(1_000)));
  await Promise.all(databases.map((database) => database.close()));
  await store.close();
});

const identifiers = ['id', 'domain', 'linkedin', 'abn'];

const chargesOf = async (account: TestAccount): Promise<string[]> =>
  (await entriesOf(store.database, account)).map(({ charge }) => charge).toSorted();

it('charges a record once when one batch finds it by four identifiers', async () => {
  const account = createAccount();
  const requests = identifiers.map((subject) => requestFor(account, subject));
  await Promise.all(requests.map((request) => ledgers[0]!.reserve(request)));
  const settled = await Promise.all(
    requests.map((request) => ledgers[0]!.settle(found(request, 'id', { aliases: identifiers }))),
  );
  expect(settled.reduce((sum, { credits }) => sum + credits, 0n)).toBe(1n);
  expect(await chargesOf(account)).toEqual([
    'ALREADY_UNLOCKED',
    'ALREADY_UNLOCKED',
    'ALREADY_UNLOCKED',
    'CHARGED',
  ]);
});

it('makes one charge, and one call for each identifier, when two instances use mixed identifiers', async () => {
  const account = createAccount();
  let calls = 0;
  const reserveUntilResolved = async (ledger: Ledger, request: ReservationRequest): Promise<bigint> => {
    for (;;) {
      const reserved = await ledger.reserve(request);
      if (reserved.status === 'HIT') return 0n;
      if (reserved.status === 'WAIT') {
        await ledger.wait({ ...request, id: reserved.reservationId });
      } else {
        calls += 1;
        return (await ledger.settle(found(request, 'id', { aliases: identifiers }))).credits;
      }
    }
  };
  const requests = Array.from({ length: 200 }, (_, index) => requestFor(account, identifiers[index % 4]!));
  const paid = await Promise.all(
    requests.map((request, index) => reserveUntilResolved(ledgers[Math.floor(index / 4) % 2]!, request)),
  );
  expect(paid.reduce((sum, credits) => sum + credits, 0n)).toBe(1n);
  expect(calls).toBeLessThanOrEqual(identifiers.length);
  expect((await chargesOf(account)).filter((charge) => charge === 'CHARGED')).toHaveLength(1);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('reserves exactly one of 300 requests for one lookup key over two instances', async () => {
  const account = createAccount();
  const requests = Array.from({ length: 300 }, () => requestFor(account, 'one'));
  const answers = await Promise.all(requests.map((request, index) => ledgers[index % 2]!.reserve(request)));
  expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 'WAIT')).toHaveLength(299);
});

it('does not deadlock when batches have the same lookup keys in opposite order', async () => {
  const account = createAccount();
  const subjects = Array.from({ length: 100 }, (_, index) => `s${index}`);
  const rounds = await Promise.all(
    [subjects, subjects.toReversed(), subjects, subjects.toReversed()].map((order, index) =>
      Promise.all(order.map((subject) => ledgers[index % 2]!.reserve(requestFor(account, subject)))),
    ),
  );
  expect(rounds.flat().filter(({ status }) => status === 'RESERVED')).toHaveLength(100);
});

it('admits exactly 37 of 300 requests to a limit of 37 when two instances send them in small batches', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 37);
  const hurried = databases.map((database) => openLedger(database, { ledgerBatchMax: 4 }));
  const requests = Array.from({ length: 300 }, (_, index) => requestFor(account, `s${index}`));
  const answers = await Promise.all(requests.map((request, index) => hurried[index % 2]!.reserve(request)));
  expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(37);
  expect(answers.filter(({ status }) => status === 'BUDGET_RESERVED')).toHaveLength(263);
  expect(await counters()).toEqual({ reserved: 37, spent: 0 });
});

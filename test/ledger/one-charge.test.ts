import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  askFor,
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

test('never pay twice: a record found by four identifiers in one group is charged once', async () => {
  const account = createAccount();
  const asks = identifiers.map((subject) => askFor(account, subject));
  await Promise.all(asks.map((ask) => ledgers[0]!.reserve(ask)));
  const settled = await Promise.all(
    asks.map((ask) => ledgers[0]!.settle(found(ask, 'id', { aliases: identifiers }))),
  );
  expect(settled.reduce((sum, { credits }) => sum + credits, 0n)).toBe(1n);
  expect(await chargesOf(account)).toEqual([
    'ALREADY_UNLOCKED',
    'ALREADY_UNLOCKED',
    'ALREADY_UNLOCKED',
    'CHARGED',
  ]);
});

test('never pay twice: over two instances at once, by mixed identifiers, one charge and one call each', async () => {
  const account = createAccount();
  let calls = 0;
  const askUntilAnswered = async (ledger: Ledger, ask: ReservationRequest): Promise<bigint> => {
    for (;;) {
      const reserved = await ledger.reserve(ask);
      if (reserved.status === 'HIT') return 0n;
      if (reserved.status === 'WAIT') {
        await ledger.wait({ ...ask, id: reserved.reservationId });
      } else {
        calls += 1;
        return (await ledger.settle(found(ask, 'id', { aliases: identifiers }))).credits;
      }
    }
  };
  const asks = Array.from({ length: 200 }, (_, index) => askFor(account, identifiers[index % 4]!));
  const paid = await Promise.all(
    asks.map((ask, index) => askUntilAnswered(ledgers[Math.floor(index / 4) % 2]!, ask)),
  );
  expect(paid.reduce((sum, credits) => sum + credits, 0n)).toBe(1n);
  expect(calls).toBeLessThanOrEqual(identifiers.length);
  expect((await chargesOf(account)).filter((charge) => charge === 'CHARGED')).toHaveLength(1);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

test('one call in all: of 300 asks for one subject over two instances exactly one is reserved', async () => {
  const account = createAccount();
  const asks = Array.from({ length: 300 }, () => askFor(account, 'one'));
  const answers = await Promise.all(asks.map((ask, index) => ledgers[index % 2]!.reserve(ask)));
  expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 'WAIT')).toHaveLength(299);
});

test('groups that meet the same subjects in opposite order do not block each other', async () => {
  const account = createAccount();
  const subjects = Array.from({ length: 100 }, (_, index) => `s${index}`);
  const rounds = await Promise.all(
    [subjects, subjects.toReversed(), subjects, subjects.toReversed()].map((order, index) =>
      Promise.all(order.map((subject) => ledgers[index % 2]!.reserve(askFor(account, subject)))),
    ),
  );
  expect(rounds.flat().filter(({ status }) => status === 'RESERVED')).toHaveLength(100);
});

test('never over budget: a limit of 37 admits exactly 37 of 300 asks that two instances bring in small groups', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 37);
  const hurried = databases.map((database) => openLedger(database, { ledgerBatchMax: 4 }));
  const asks = Array.from({ length: 300 }, (_, index) => askFor(account, `s${index}`));
  const answers = await Promise.all(asks.map((ask, index) => hurried[index % 2]!.reserve(ask)));
  expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(37);
  expect(answers.filter(({ status }) => status === 'OVER_BUDGET')).toHaveLength(263);
  expect(await counters()).toEqual({ reserved: 37, spent: 0 });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Sql } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { askFor, entriesOf, found, createAccount, openLedger } from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
/** The statements that the ledger has begun. */
let statements: string[] = [];
beforeAll(async () => {
  store = await createTestDatabase();
  const sql = new Proxy(store.database.sql, {
    apply: (target: Sql, self, args: unknown[]) => {
      if (Array.isArray(args[0])) statements.push(args[0].join('?'));
      return Reflect.apply(target, self, args) as unknown;
    },
  });
  ledger = openLedger({ ...store.database, sql }, { ledgerBatchMax: 150 });
});
afterAll(async () => {
  await ledger.close(1_000);
  await store.close();
});

/** The end of the present turn of the event loop: no timer, no answer of the database. */
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a lone ask has its statement in the same turn of the event loop: nothing is waited for', async () => {
  statements = [];
  const work = ledger.reserve(askFor(createAccount(), 'a'));
  await endOfTurn();
  expect(statements).toHaveLength(1);
  await work;
});

test('a lone settlement has its statement in the same turn of the event loop', async () => {
  const ask = askFor(createAccount(), 'a');
  await ledger.reserve(ask);
  statements = [];
  const work = ledger.settle(found(ask, 'record'));
  await endOfTurn();
  expect(statements).toHaveLength(1);
  await work;
});

test('callers that are answered together go on together: none of them goes ahead alone', async () => {
  const account = createAccount();
  const asks = Array.from({ length: 20 }, (_, index) => askFor(account, `s${index}`));
  statements = [];
  await Promise.all(
    asks.map(async (ask) => {
      await ledger.reserve(ask);
      await ledger.settle(found(ask, ask.lookupKey));
    }),
  );
  expect(statements).toHaveLength(2);
});

test('asks that arrive while a statement is under way share the next one, up to the limit of a group', async () => {
  const account = createAccount();
  const asks = Array.from({ length: 301 }, (_, index) => askFor(account, `s${index}`));
  statements = [];
  const answers = await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  expect(answers.every(({ status }) => status === 'RESERVED')).toBe(true);
  expect(statements).toHaveLength(3);

  statements = [];
  const settled = await Promise.all(asks.map((ask) => ledger.settle(found(ask, ask.lookupKey))));
  expect(settled.every(({ charge }) => charge === 'CHARGED')).toBe(true);
  expect(statements).toHaveLength(3);
  expect(await entriesOf(store.database, account)).toHaveLength(301);
});

test('refusals are entered in groups as well', async () => {
  const account = createAccount();
  statements = [];
  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      ledger.recordEntry({
        ...askFor(account, `s${index}`),
        outcome: 'REFUSED',
        unlock: null,
        problem: 'FORBIDDEN',
        latencyMs: 1,
      }),
    ),
  );
  expect(statements).toHaveLength(1);
  expect(await entriesOf(store.database, account)).toHaveLength(100);
  const [early] = await store.database.sql<{ count: number }[]>`
    select count(*)::int from entries where workspace_id = ${account.workspaceId} and recorded_at < occurred_at`;
  expect(early).toEqual({ count: 0 });
});

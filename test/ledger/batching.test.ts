import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Sql } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { requestFor, entriesOf, found, createAccount, openLedger } from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
/** The statements that the ledger has sent. */
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

/** The end of this iteration of the event loop, before any timer or response. */
const endOfIteration = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('sends a single request in the same iteration of the event loop', async () => {
  statements = [];
  const work = ledger.reserve(requestFor(createAccount(), 'a'));
  await endOfIteration();
  expect(statements).toHaveLength(1);
  await work;
});

it('sends a single settlement in the same iteration of the event loop', async () => {
  const request = requestFor(createAccount(), 'a');
  await ledger.reserve(request);
  statements = [];
  const work = ledger.settle(found(request, 'record'));
  await endOfIteration();
  expect(statements).toHaveLength(1);
  await work;
});

it('batches the settlements of callers that were answered together', async () => {
  const account = createAccount();
  const requests = Array.from({ length: 20 }, (_, index) => requestFor(account, `s${index}`));
  statements = [];
  await Promise.all(
    requests.map(async (request) => {
      await ledger.reserve(request);
      await ledger.settle(found(request, request.lookupKey));
    }),
  );
  expect(statements).toHaveLength(2);
});

it('batches requests that arrive during a statement, up to the batch limit', async () => {
  const account = createAccount();
  const requests = Array.from({ length: 301 }, (_, index) => requestFor(account, `s${index}`));
  statements = [];
  const answers = await Promise.all(requests.map((request) => ledger.reserve(request)));
  expect(answers.every(({ status }) => status === 'RESERVED')).toBe(true);
  expect(statements).toHaveLength(3);

  statements = [];
  const settled = await Promise.all(
    requests.map((request) => ledger.settle(found(request, request.lookupKey))),
  );
  expect(settled.every(({ charge }) => charge === 'CHARGED')).toBe(true);
  expect(statements).toHaveLength(3);
  expect(await entriesOf(store.database, account)).toHaveLength(301);
});

it('writes refusals in batches', async () => {
  const account = createAccount();
  statements = [];
  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      ledger.recordEntry({
        ...requestFor(account, `s${index}`),
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

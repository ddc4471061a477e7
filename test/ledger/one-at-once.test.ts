import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { settleOne } from '../../src/ledger/settle-one.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  buy,
  createAccount,
  ended,
  entriesOf,
  found,
  openLedger,
  limitWorkspace,
  requestFor,
  reservationsOf,
} from './setup.js';

let store: TestDatabase;
let databases: Database[];
/** Two instances for each way of writing one reservation or settlement, none of which shares a statement. */
let ledgers: Ledger[];
beforeAll(async () => {
  store = await createTestDatabase();
  databases = [1, 2].map(() => openDatabase(store.address, { connectionsMax: 24 }));
  ledgers = databases.flatMap((database) =>
    (['ONE', 'BATCH'] as const).map((alone) =>
      openLedger(database, { ledgerBatchMax: 1, alone, reserveTimeoutMs: 20_000 }),
    ),
  );
});
afterAll(async () => {
  await Promise.all(ledgers.map((ledger) => ledger.close(1_000)));
  await Promise.all(databases.map((database) => database.close()));
  await store.close();
});

const settlementsWaiting = async (): Promise<number> => {
  const rows = await store.database.sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%settle_one%'`;
  return rows.length;
};

const identifiers = ['id', 'domain', 'linkedin', 'abn'];

it.each([
  ['one key', ['id']],
  ['four identifiers', identifiers],
])(
  'charges a record once when many callers use %s, alone and in batches, over two pools',
  async (_, keys) => {
    for (let round = 0; round < 10; round += 1) {
      const account = createAccount();
      const calls: string[] = [];
      const lookUp = async (ledger: Ledger, lookupKey: string): Promise<bigint> => {
        for (;;) {
          const request = requestFor(account, lookupKey);
          const reserved = await ledger.reserve(request);
          if (reserved.status === 'HIT') return 0n;
          if (reserved.status === 'WAIT') {
            await ledger.wait({ ...request, id: reserved.reservationId });
            continue;
          }
          calls.push(lookupKey);
          return (await ledger.settle(found(request, 'id', { aliases: identifiers }))).credits;
        }
      };
      const paid = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          lookUp(ledgers[index % 4]!, keys[Math.floor(index / 4) % keys.length]!),
        ),
      );
      expect(paid.reduce((sum, credits) => sum + credits, 0n)).toBe(1n);
      expect(calls).toHaveLength(new Set(calls).size);
      const charges = (await entriesOf(store.database, account)).map(({ charge }) => charge);
      expect(charges.filter((charge) => charge === 'CHARGED')).toHaveLength(1);
      expect(await reservationsOf(store.database, account)).toEqual([]);
    }
  },
);

it.each(['ONE', 'BATCH'])('takes no charge for a record that %s is about to buy', async (first) => {
  const account = createAccount();
  const [buyer, other] = ['domain', 'abn'].map((key) => requestFor(account, key));
  for (const request of [buyer!, other!]) await ledgers[0]!.reserve(request);
  const settlement = found(buyer!, 'id', { aliases: identifiers });
  let second: ReturnType<typeof settleOne> | undefined;
  await store.database.sql.begin(async (tx) => {
    // Both take a client; a transaction is one.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const sql = tx as unknown as Database['sql'];
    await (first === 'ONE' ? settleOne(sql, settlement) : settleBatch(sql, [settlement]));
    second = settleOne(databases[0]!.sql, found(other!, 'id', { aliases: identifiers }));
    await expect.poll(settlementsWaiting, { timeout: 10_000, interval: 5 }).toBe(1);
  });
  expect(await second).toMatchObject({ settled: true, charge: 'ALREADY_UNLOCKED', credits: 0n, saved: 1n });
  expect((await entriesOf(store.database, account)).map(({ charge }) => charge).toSorted()).toEqual([
    'ALREADY_UNLOCKED',
    'CHARGED',
  ]);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('counts every lookup once when budgets that count from the start are created while lookups run alone', async () => {
  const { id: workspaceId } = await createWorkspace(store.database);
  const account = createAccount(workspaceId);
  const stop = new AbortController();
  let [reserved, spent] = [0, 0];
  const lookUp = async (worker: number): Promise<void> => {
    for (let turn = 0; !stop.signal.aborted; turn += 1) {
      const ledger = ledgers[(worker + turn) % 4]!;
      const request = requestFor(account, newId());
      expect((await ledger.reserve(request)).status).toBe('RESERVED');
      const kind = (worker + turn) % 3;
      if (kind === 0) reserved += 1;
      if (kind === 1) await ledger.settle(ended(request, 'NOT_FOUND'));
      if (kind !== 2) continue;
      await ledger.settle(found(request, request.lookupKey));
      spent += 1;
    }
  };
  const lookups = Array.from({ length: 12 }, (_, worker) => lookUp(worker));
  const budgets = Array.from({ length: 12 }, newId);
  for (const id of budgets) {
    await store.database.sql.begin(async (sql) => {
      await sql`
        insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
        values (${workspaceId}, ${id}, ${id}, 'WORKSPACE', 'TOTAL', 'UTC', 1000000, 'HARD', '{}')`;
      await sql`select count_from_period_start(${workspaceId}, ${id})`;
    });
    // The lookups between this budget and its end are plain ones again.
    if (id !== budgets.at(-1)) {
      await store.database.sql`update budgets set deleted_at = now() where id = ${id}`;
    }
  }
  stop.abort();
  await Promise.all(lookups);
  const counted = await store.database.sql`
    select spent::int, reserved::int from budget_periods where budget_id = ${budgets.at(-1)!}`;
  expect([...counted]).toEqual([{ spent, reserved }]);
  expect((await verifyLedger(store.database, { workspaceId })).disagreements).toEqual([]);
});

it('admits exactly 37 of 120 lookups to two limits of 37 when they run alone, by both ways', async () => {
  const { id: workspaceId } = await createWorkspace(store.database);
  const account = createAccount(workspaceId);
  const counters = [
    await limitWorkspace(store.database, workspaceId, 37),
    await limitWorkspace(store.database, workspaceId, 37, 'the same'),
  ];
  const requests = Array.from({ length: 120 }, (_, index) => requestFor(account, `s${index}`));
  const answers = await Promise.all(requests.map((request, index) => ledgers[index % 4]!.reserve(request)));
  expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(37);
  expect(answers.filter(({ status }) => status === 'BUDGET_RESERVED')).toHaveLength(83);
  const reserved = requests.filter((_, index) => answers[index]?.status === 'RESERVED');
  await Promise.all(
    reserved.map((request, index) => ledgers[index % 4]!.settle(found(request, request.lookupKey))),
  );
  for (const counter of counters) expect(await counter()).toEqual({ reserved: 0, spent: 37 });
  expect((await verifyLedger(store.database, { workspaceId })).disagreements).toEqual([]);
});

it('writes plain lookups without the functions of batches', async () => {
  const alone = await createTestDatabase();
  try {
    const { sql } = alone.database;
    for (const name of ['reserve_credits', 'settle_credits']) {
      const [made] = await sql<{ text: string }[]>`
        select pg_get_functiondef(p.oid) as text from pg_proc p where p.proname = ${name}`;
      const failing = made!.text.replace(
        '\nbegin\n',
        "\nbegin\n  raise exception 'the batch function is called';\n",
      );
      expect(failing).not.toBe(made!.text);
      await sql.unsafe(failing);
    }
    const ledger = openLedger(alone.database);
    const account = createAccount((await createWorkspace(alone.database)).id);
    await buy(ledger, requestFor(account, 'a'), 'A', { aliases: ['a', 'a2'] });
    expect(await ledger.reserve(requestFor(account, 'a2'))).toMatchObject({ status: 'HIT' });
    const counters = await limitWorkspace(alone.database, account.workspaceId, 100);
    for (const outcome of ['NOT_FOUND', 'FAILED', 'REFUSED'] as const) {
      const request = requestFor(account, 'b');
      await ledger.reserve(request);
      await ledger.settle(ended(request, outcome));
    }
    await buy(ledger, requestFor(account, 'c'), 'C');
    expect(await counters()).toEqual({ reserved: 0, spent: 1 });
    expect((await entriesOf(alone.database, account)).map(({ charge }) => charge)).toEqual([
      'CHARGED',
      'ALREADY_UNLOCKED',
      'NOT_FOUND',
      'NONE',
      'NONE',
      'CHARGED',
    ]);
    await ledger.close(1_000);
  } finally {
    await alone.close();
  }
});

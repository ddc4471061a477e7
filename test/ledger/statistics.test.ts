import { expect, it } from 'vitest';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { reserveOne } from '../../src/ledger/reserve-one.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { settleOne } from '../../src/ledger/settle-one.js';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase } from '../support/database.js';
import { requestFor, buy, createAccount, found, openLedger } from './setup.js';

it('does not scan settled reservations for each request after an ANALYZE that saw only those', async () => {
  const store = await createTestDatabase();
  const { sql } = store.database;
  await sql`alter table reservations set (autovacuum_enabled = false)`;
  const ledger = openLedger(store.database);
  const account = createAccount();
  const records = Array.from({ length: 600 }, (_, number) => `company:id:f${number}`);
  await Promise.all(records.map((record) => buy(ledger, requestFor(account, record), record)));
  await sql`analyze reservations`;

  // A connection without cached plans.
  const fresh = openDatabase(store.address, { connectionsMax: 1 });
  const readSoFar = async (): Promise<number> => {
    await fresh.sql`select pg_stat_force_next_flush()`;
    const [row] = await fresh.sql<{ entries: number }[]>`
      select sum(idx_tup_read)::int as entries from pg_stat_user_indexes where relname = 'reservations'`;
    return row?.entries ?? Number.NaN;
  };
  const before = await readSoFar();
  const request = requestFor(account, 'company:id:f600');
  await reserveBatch(fresh.sql, 60, [request]);
  const reserved = await readSoFar();
  expect(reserved - before).toBeLessThan(10);
  await settleBatch(fresh.sql, [found(request, 'company:id:f600')]);
  const settled = await readSoFar();
  expect(settled - reserved).toBeLessThan(10);

  const alone = requestFor(account, 'company:id:f601');
  await reserveOne(fresh.sql, 60, alone);
  await settleOne(fresh.sql, found(alone, 'company:id:f601'));
  expect((await readSoFar()) - settled).toBeLessThan(20);

  await ledger.close(1_000);
  await fresh.close();
  await store.close();
});

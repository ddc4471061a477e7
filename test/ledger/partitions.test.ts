import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPartitions } from '../../src/ledger/maintenance.js';
import { openDatabase } from '../../src/platform/database.js';
import { databaseErrorCode } from '../../src/platform/database-errors.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { writeEntries } from '../usage/setup.js';
import { requestFor, buy, createAccount, openLedger } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

/** An id with the timestamp of that instant. */
const idAt = (at: string): string => {
  const time = Date.parse(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`;
};

const partitionOf = async (id: string): Promise<string | undefined> => {
  const [row] = await store.database.sql<{ name: string }[]>`
    select tableoid::regclass::text as name from entries where id = ${id}`;
  return row?.name;
};

const partitions = async (): Promise<string[]> => {
  const rows = await store.database.sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'entries'::regclass order by 1`;
  return rows.map(({ name }) => name);
};

const monthName = (ahead: number): string => {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
  return `entries_${month.toISOString().slice(0, 7).replace('-', '_')}`;
};

it('has partitions for this month and the next three from the start, and creates none twice', async () => {
  const months = [0, 1, 2, 3].map(monthName);
  expect(await partitions()).toEqual(expect.arrayContaining(months));
  expect(await createPartitions(store.database.sql)).toBe(0);
  const workspaceId = newId();
  const [id = ''] = await writeEntries(store.database, workspaceId, [{}]);
  expect(await partitionOf(id)).toBe(monthName(0));
});

it('creates a missing partition once when several instances try', async () => {
  await store.database.sql.unsafe(`drop table ${monthName(3)}`);
  const made = await Promise.all(Array.from({ length: 4 }, () => createPartitions(store.database.sql)));
  expect(made.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await partitions()).toContain(monthName(3));
});

it('fails instead of waiting for a reader of entries, so that no lookup waits behind it', async () => {
  const ledger = openLedger(store.database);
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record');
  await store.database.sql.unsafe(`drop table ${monthName(3)}`);
  const other = openDatabase(store.address, { connectionsMax: 2 });
  await other.sql.begin(async (reading) => {
    await reading`select count(*) from entries`;
    const making = createPartitions(store.database.sql).catch(databaseErrorCode);
    await expect(ledger.reserve(requestFor(account, 'a'))).resolves.toMatchObject({ status: 'HIT' });
    expect(await making).toBe('55P03');
  });
  await other.close();
  expect(await createPartitions(store.database.sql)).toBe(1);
});

it('writes an entry of a month without a partition to the default partition', async () => {
  const workspaceId = newId();
  const id = idAt('2031-05-17T12:00:00Z');
  await writeEntries(store.database, workspaceId, [{ id, occurredAt: new Date('2031-05-17T12:00:00Z') }]);
  expect(await partitionOf(id)).toBe('entries_other');
  await store.database.sql`select create_entry_partitions('2031-05-01', 0)`;
  const ahead = await store.database.sql<{ made: number }[]>`
    select create_entry_partitions(now(), (select (extract(year from age(timestamptz '2031-06-02', now())) * 12
      + extract(month from age(timestamptz '2031-06-02', now())))::int + 1)) as made`;
  expect(ahead[0]?.made).toBeGreaterThan(40);
  expect(await partitions()).not.toContain('entries_2031_05');
  expect(await partitionOf(id)).toBe('entries_other');
});

it('refuses to change or empty any partition', async () => {
  const workspaceId = newId();
  const [id = ''] = await writeEntries(store.database, workspaceId, [{}]);
  for (const change of [
    `update ${monthName(0)} set credits = 5 where id = '${id}'`,
    `delete from ${monthName(0)} where id = '${id}'`,
    `truncate ${monthName(0)}`,
    'truncate entries_other',
    'truncate entries',
  ]) {
    await expect(store.database.sql.unsafe(change)).rejects.toThrow('append-only');
  }
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../../src/platform/connection-pool.js';
import { connect, type Sql } from '../../src/platform/database.js';
import { createPreparedTexts } from '../../src/platform/prepared-texts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ empty: true });
});
afterAll(() => test.close());

/** One connection, so that all queries of a test share its prepared statements. */
const withPool = async (options: { prepare: boolean }, run: (sql: Sql) => Promise<void>): Promise<void> => {
  const quiet = { fetch_types: false, onnotice: () => {} };
  const { sql } = openPool((own) => connect(test.address, { ...quiet, ...options, ...own }), 1);
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
};

const preparedIn = async (sql: Sql): Promise<string[]> => {
  const rows = await sql.unsafe<{ statement: string }[]>('select statement from pg_prepared_statements');
  return rows.map(({ statement }) => statement);
};

const repeat = async (times: number, run: () => Promise<unknown>): Promise<void> => {
  for (let time = 0; time < times; time += 1) await run();
};

it('prepares a statement that is sent for the fifth time', async () => {
  await withPool({ prepare: true }, async (sql) => {
    const add = (number: number) => sql.unsafe<{ sum: number }[]>('select $1::int + 1 as sum', [number]);
    for (let number = 1; number <= 4; number += 1) expect(await add(number)).toEqual([{ sum: number + 1 }]);
    expect(await preparedIn(sql)).toEqual([]);
    for (let number = 5; number <= 20; number += 1) expect(await add(number)).toEqual([{ sum: number + 1 }]);
    expect(await preparedIn(sql)).toEqual(['select $1::int + 1 as sum']);
  });
});

it('prepares 100 statements at most, and runs all', async () => {
  await withPool({ prepare: true }, async (sql) => {
    for (let place = 0; place < 120; place += 1) {
      await repeat(6, async () => {
        expect(await sql.unsafe(`select $1::int as n${place}`, [place])).toEqual([{ [`n${place}`]: place }]);
      });
    }
    expect(await preparedIn(sql)).toHaveLength(100);
  });
});

it('prepares nothing behind a pooler', async () => {
  await withPool({ prepare: false }, async (sql) => {
    await repeat(10, () => sql.unsafe('select $1::int as number', [1]));
    expect(await preparedIn(sql)).toEqual([]);
  });
});

it('runs a text of several statements as often as it is sent', async () => {
  await withPool({ prepare: true }, async (sql) => {
    await repeat(10, () => sql.unsafe('select 1; select 2'));
    expect(await preparedIn(sql)).toEqual([]);
  });
});

it('reads the columns of a table that was changed after a statement was prepared', async () => {
  await withPool({ prepare: true }, async (sql) => {
    await sql.unsafe('create table changing (id int)');
    await sql.unsafe('insert into changing values (1)');
    const read = () => sql.unsafe('select * from changing where id = $1', [1]);
    await repeat(10, read);
    await test.database.sql`alter table changing add column name text default 'new'`;
    expect(await read()).toEqual([{ id: 1, name: 'new' }]);
    expect(await read()).toEqual([{ id: 1, name: 'new' }]);
  });
});

it('counts no text that is longer than 20,000 characters', () => {
  const isPrepared = createPreparedTexts();
  const counted = (text: string) => Array.from({ length: 5 }, () => isPrepared(text)).at(-1);
  expect(counted('x'.repeat(19_999))).toBe(true);
  expect(counted('x'.repeat(20_000))).toBe(false);
});

it('forgets the counts of texts when too many others came', () => {
  const isPrepared = createPreparedTexts();
  const text = 'select $1';
  for (let time = 1; time <= 4; time += 1) expect(isPrepared(text)).toBe(false);
  for (let place = 0; place < 200; place += 1) isPrepared(String(place).padEnd(10_000));
  expect(isPrepared(text)).toBe(false);
});

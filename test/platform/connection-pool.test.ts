import { randomBytes } from 'node:crypto';
import { sql as text } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type DatabaseAddress, openDatabase } from '../../src/platform/database.js';
import { openPool } from '../../src/platform/connection-pool.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const quiet = { fetch_types: false, onnotice: () => {} };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ empty: true });
});
afterAll(() => test.close());

/** Of this database alone: the server is shared with whatever tests run beside this one. */
const cutAll = (name: string) => test.database.sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name like ${name}`;

it('resolves or rejects every query, each with its own rows, while the server closes connections', async () => {
  const { sql: victim } = openPool(
    (own) => connect(test.address, { ...quiet, ...own, connection: { application_name: 'victim' } }),
    2,
  );
  const send = async (number: number, triesLeft: number): Promise<string> => {
    const query = victim<{ number: number }[]>`select ${number}::int as number`.then(
      ([row]) => (row?.number === number ? 'answered' : 'wrong'),
      () => 'failed',
    );
    const end = await Promise.race([query, sleep(10_000, 'hung', { ref: false })]);
    return end === 'failed' && triesLeft > 0 ? await send(number, triesLeft - 1) : end;
  };

  const sent: Promise<string>[] = [];
  for (let cut = 0; cut < 100; cut += 1) {
    const cutting = cutAll('victim');
    if (cut % 3 !== 0) await cutting;
    await sleep(cut % 4);
    for (let one = 0; one <= cut % 5; one += 1) sent.push(send(sent.length, 3));
    await sleep(cut % 7);
    await cutting;
  }
  const ends = await Promise.all(sent);
  expect(ends.filter((end) => end === 'hung' || end === 'wrong')).toEqual([]);
  expect(await send(-1, 10)).toBe('answered');
  await victim.end();
});

it('parses dates as Drizzle has set after the server closed its connections', async () => {
  const database = openDatabase(test.address);
  const read = () => database.db.execute(text`select timestamptz '2026-03-01 00:00:00+00' as at`);
  const [before] = await read();
  await cutAll('firmable-gateway %').catch(() => {});
  await expect.poll(() => read().catch(() => []), { timeout: 10_000 }).toEqual([before]);
  await database.close();
});

/** A pool as an account that may open two connections. */
const openLimitedPool = async () => {
  const role = `limited_${randomBytes(4).toString('hex')}`;
  await test.database.sql.unsafe(`create role ${role} login connection limit 2`);
  const address = asUser(test.address, role);
  return {
    pool: openPool((own) => connect(address, { ...quiet, ...own }), 6),
    remove: () => test.database.sql.unsafe(`drop role ${role}`),
  };
};

const asUser = (address: DatabaseAddress, user: string): DatabaseAddress => {
  if ('socketDir' in address) return { ...address, user };
  const url = new URL(address.url);
  url.username = user;
  return { url: url.href };
};

it('answers every query with the connections it has when the server refuses more', async () => {
  const { pool, remove } = await openLimitedPool();
  const queries = Array.from(
    { length: 40 },
    (_, number) => pool.sql`select ${number}::int as number from pg_sleep(0.05)`,
  );
  const rows = await Promise.all(queries);
  expect(rows.map(([row]) => row?.['number'])).toEqual(queries.map((_, number) => number));
  await pool.sql.end();
  await remove();
});

it('waits when the server is full until another gives a connection back, for two seconds', async () => {
  const { pool, remove } = await openLimitedPool();
  const user = pool.sql.options.user;
  const hoarders = [1, 2].map(() => connect(asUser(test.address, user), { ...quiet, max: 1 }));
  await Promise.all(hoarders.map((one) => one`select 1`));
  await expect(pool.sql`select 1`).rejects.toMatchObject({ code: '53300' });
  const waiting = pool.sql`select 1 as one`.execute();
  await hoarders[0]?.end();
  expect(await waiting).toEqual([{ one: 1 }]);
  await hoarders[1]?.end();
  await pool.sql.end();
  await remove();
});

it('closes idle connections but one while light traffic goes on', async () => {
  const name = `idle ${randomBytes(4).toString('hex')}`;
  const { sql } = openPool(
    (own) => connect(test.address, { ...quiet, ...own, connection: { application_name: name } }),
    6,
  );
  const count = async (): Promise<number> => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = ${name}`;
    return row?.count ?? 0;
  };
  await Promise.all(Array.from({ length: 6 }, () => sql`select pg_sleep(0.2)`));
  expect(await count()).toBe(6);
  await expect.poll(count, { timeout: 30_000, interval: 100 }).toBe(1);
  await sql.end();
});

it('closes connections above a lower maximum, and opens them again above a higher one', async () => {
  const { sql, setMax } = openPool((own) => connect(test.address, { ...quiet, ...own }), 4);
  const together = async (): Promise<number> => {
    const rows = await Promise.all(
      Array.from(
        { length: 8 },
        () => sql<{ pid: number }[]>`select pg_backend_pid() as pid from pg_sleep(0.1)`,
      ),
    );
    return new Set(rows.map(([row]) => row?.pid)).size;
  };
  expect(await together()).toBe(4);
  setMax(1);
  expect(await together()).toBe(1);
  setMax(3);
  expect(await together()).toBe(3);
  await sql.end();
});

it('rejects a transaction whose connection the server closes', async () => {
  const { sql } = openPool((own) => connect(test.address, { ...quiet, ...own }), 2);
  const work = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await test.database.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
    await tx`select pg_sleep(10)`;
  });
  await expect(work).rejects.toMatchObject({ code: expect.any(String) });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
});

it('rejects what transactions still send when their connections close at any moment', async () => {
  const name = 'closed at any moment';
  const { sql } = openPool(
    (own) => connect(test.address, { ...quiet, ...own, connection: { application_name: name } }),
    2,
  );
  let lost = 0;
  const cutting = new AbortController();
  const work = async (): Promise<void> => {
    while (!cutting.signal.aborted) {
      const made = sql.begin(async (tx) => {
        await tx`select 1`;
        await tx`select pg_sleep(0.0005)`;
      });
      await made.catch(() => (lost += 1));
    }
  };
  const working = [work(), work(), work()];
  for (let cut = 0; cut < 300; cut += 1) {
    await test.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${name} and datname = current_database()`;
    await sleep(cut % 12);
  }
  cutting.abort();
  await Promise.all(working);
  // An uncaught error fails the run.
  expect(lost).toBeGreaterThan(0);
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
}, 30_000);

it('refuses queries after its end', async () => {
  const { sql } = openPool((own) => connect(test.address, { ...quiet, ...own }), 1);
  await sql`select 1`;
  await sql.end();
  await expect(sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
});

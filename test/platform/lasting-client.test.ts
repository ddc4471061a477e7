import { sql as text } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, openDatabase } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ empty: true });
});
afterAll(() => test.close());

/** Of this database alone: the server is shared with whatever tests run beside this one. */
const cutAll = (name: string) => test.database.sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = ${name}`;

it('resolves or rejects every query, each with its own rows, while the server closes connections', async () => {
  const victim = connect(test.address, {
    max: 2,
    idle_timeout: 0,
    backoff: () => 0.01,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'victim' },
  });
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
  await cutAll('firmable-gateway').catch(() => {});
  await expect.poll(() => read().catch(() => []), { timeout: 10_000 }).toEqual([before]);
  await database.close();
});

it('refuses queries after its end', async () => {
  const client = connect(test.address, { max: 1, onnotice: () => {} });
  await client`select 1`;
  await client.end();
  await expect(client`select 1`).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
});

import { sql as text } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase } from '../support/database.js';

it('reads committed rows in both clients when the server’s default isolation is another', async () => {
  const test = await createTestDatabase({ empty: true });
  const [row] = await test.database.sql<{ name: string }[]>`select current_database() as name`;
  await test.database.sql.unsafe(
    `alter database ${row?.name} set default_transaction_isolation = 'repeatable read'`,
  );
  const database = openDatabase(test.address);
  try {
    const readCommitted = [{ transaction_isolation: 'read committed' }];
    expect(await database.sql`show transaction_isolation`).toEqual(readCommitted);
    expect(await database.db.execute(text`show transaction_isolation`)).toEqual(readCommitted);
  } finally {
    await database.close();
    await test.close();
  }
});

it('lets the server compile no statement', async () => {
  const test = await createTestDatabase({ empty: true });
  const database = openDatabase(test.address);
  try {
    for (const db of [database.db, database.reports])
      expect(await db.execute(text`show jit`)).toEqual([{ jit: 'off' }]);
  } finally {
    await database.close();
    await test.close();
  }
});

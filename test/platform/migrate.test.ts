import { expect, it } from 'vitest';
import { connect } from '../../src/platform/database.js';
import { refuseOldServer } from '../../src/platform/inspect-server.js';
import { migrate, migrationsCurrent } from '../../src/platform/migrate.js';
import { createTestDatabase } from '../support/database.js';

it('migrates one empty database when several instances start at the same time', async () => {
  const test = await createTestDatabase({ empty: true });
  try {
    expect(await migrationsCurrent(test.database)).toBe(false);
    await Promise.all(Array.from({ length: 6 }, () => migrate(test.address)));
    expect(await migrationsCurrent(test.database)).toBe(true);
  } finally {
    await test.close();
  }
});

it('refuses a database and leaves it alone when a newer release has changed it', async () => {
  const test = await createTestDatabase();
  try {
    await test.database.sql`
      insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`;
    await expect(migrate(test.address)).rejects.toThrow(/newer release of the gateway: start that release/);
    expect(await migrationsCurrent(test.database)).toBe(false);
  } finally {
    await test.close();
  }
});

it('connects to one database by socket folder and by URL', async () => {
  const test = await createTestDatabase();
  const byUrl = connect({ url: test.url }, { max: 1 });
  try {
    const [here] = await test.database.sql`select current_database() as name`;
    const [there] = await byUrl`select current_database() as name`;
    expect(there).toEqual(here);
  } finally {
    await byUrl.end();
    await test.close();
  }
});

it('refuses a server when it is older than PostgreSQL 15', () => {
  expect(() => refuseOldServer(140_012)).toThrow(/PostgreSQL 14, .* 15 or newer: upgrade the server/);
  expect(() => refuseOldServer(150_000)).not.toThrow();
});

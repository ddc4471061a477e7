import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, migrationsCurrent, readSchema } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeSchema } from './describe-schema.js';
import { openOldDatabase } from './old-database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await openOldDatabase();
  await migrate(store.address);
});
afterAll(() => store.close());

it('equals a new database when it was upgraded', async () => {
  const fresh = await createTestDatabase();
  try {
    expect(await describeSchema(store.database.sql)).toEqual(await describeSchema(fresh.database.sql));
    expect(await migrationsCurrent(store.database)).toBe(true);
  } finally {
    await fresh.close();
  }
});

it('upgrades once when several instances start at the same time', async () => {
  const old = await openOldDatabase();
  try {
    expect(await migrationsCurrent(old.database)).toBe(false);
    await Promise.all(Array.from({ length: 4 }, () => migrate(old.address)));
    expect(await migrationsCurrent(old.database)).toBe(true);
  } finally {
    await old.close();
  }
});

it('leaves the database as it was when the upgrade fails', async () => {
  const old = await openOldDatabase();
  try {
    const schema = await describeSchema(old.database.sql);
    const failing = { ...readSchema() };
    failing.upgradeToBaseline += 'select 1 / 0;';
    await expect(migrate(old.address, failing)).rejects.toThrow('division by zero');
    expect(await describeSchema(old.database.sql)).toEqual(schema);
  } finally {
    await old.close();
  }
});

it('refuses a database older than the last migration before the baseline, and leaves it alone', async () => {
  const old = await openOldDatabase();
  try {
    await old.database.sql`
      delete from drizzle.__drizzle_migrations where created_at = (
        select max(created_at) from drizzle.__drizzle_migrations)`;
    await expect(migrate(old.address)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/too old for this release: start the last release before 0.1.0 once/),
    });
    const [table] = await old.database.sql`select to_regclass('aliases') is not null as kept`;
    expect(table).toEqual({ kept: true });
  } finally {
    await old.close();
  }
});

import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { createVault } from '../../src/connections/vault.js';
import type { Database } from '../../src/platform/database.js';
import { createTestDatabase } from '../support/database.js';

test('instances starting at once agree on one fingerprint key', async () => {
  const { database, close } = await createTestDatabase();
  const secrets = [randomBytes(32)];
  const gate = await database.sql.reserve();
  await gate`begin`;
  await gate`lock table vault in exclusive mode`;
  const starting = Array.from({ length: 6 }, () =>
    createVault({ database, secrets }).fingerprint('FIRMABLE', 'fbl_one'),
  );
  // All have found no key and made one of their own.
  await vi.waitUntil(async () => (await waiting(database)) === 6, { timeout: 10_000 });
  await gate`commit`;
  gate.release();
  const prints = await Promise.all(starting);
  const print = await createVault({ database, secrets }).fingerprint('FIRMABLE', 'fbl_one');
  for (const other of prints) expect(other).toEqual(print);
  await close();
});

const waiting = async ({ db }: Database): Promise<number> => {
  const [row] = await db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from pg_locks where relation = 'vault'::regclass and not granted`,
  );
  return row?.waiting ?? 0;
};

test('a fingerprint tells keys and providers apart, and another secret is noticed at start', async () => {
  const { database, close } = await createTestDatabase();
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  const print = await vault.fingerprint('FIRMABLE', 'fbl_one');
  expect(print).toHaveLength(32);
  expect(await vault.fingerprint('FIRMABLE', 'fbl_two')).not.toEqual(print);
  expect(await vault.fingerprint('APOLLO', 'fbl_one')).not.toEqual(print);
  await expect(vault.check()).resolves.toBeUndefined();
  await expect(createVault({ database, secrets: [randomBytes(32)] }).check()).rejects.toThrow(
    /ENCRYPTION_KEYS/,
  );
  await close();
});

test('a sealed key opens for its own workspace and connection only', async () => {
  const { database, close } = await createTestDatabase();
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  const place = { workspaceId: 'w1', connectionId: 'c1' };
  const sealed = vault.seal(place, 'fbl_one');
  expect(vault.open(place, sealed)).toBe('fbl_one');
  for (const other of [
    { ...place, workspaceId: 'w2' },
    { ...place, connectionId: 'c2' },
  ]) {
    expect(() => vault.open(other, sealed)).toThrow(/ENCRYPTION_KEYS/);
  }
  await close();
});

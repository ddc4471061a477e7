import { randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { SealContext } from '../../src/connections/sealer.js';
import { createVault } from '../../src/connections/vault.js';
import type { Database } from '../../src/platform/database.js';
import { createTestDatabase } from '../support/database.js';

it('creates one fingerprint key when several instances start at once', async () => {
  const { database, close } = await createTestDatabase();
  const secrets = [randomBytes(32)];
  const gate = await database.sql.reserve();
  await gate`begin`;
  await gate`lock table vault in exclusive mode`;
  const starting = Array.from({ length: 6 }, () =>
    createVault({ database, secrets }).fingerprint('FIRMABLE', 'fbl_one'),
  );
  // Each has found no key and created one of its own.
  await vi.waitUntil(async () => (await waiting(database)) === 6, { timeout: 10_000 });
  await gate`commit`;
  gate.release();
  const prints = await Promise.all(starting);
  const print = await createVault({ database, secrets }).fingerprint('FIRMABLE', 'fbl_one');
  for (const other of prints) expect(other).toEqual(print);
  await close();
});

// Through the other client: the six have all connections of theirs.
const waiting = async ({ sql }: Database): Promise<number> => {
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_locks where relation = 'vault'::regclass and not granted`;
  return row?.waiting ?? 0;
};

it('gives each key of each provider its own fingerprint, and throws at start when the keys are not those of the database', async () => {
  const { database, close } = await createTestDatabase();
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  const print = await vault.fingerprint('FIRMABLE', 'fbl_one');
  expect(print).toHaveLength(32);
  expect(await vault.fingerprint('FIRMABLE', 'fbl_two')).not.toEqual(print);
  expect(await vault.fingerprint('APOLLO', 'fbl_one')).not.toEqual(print);
  expect(await vault.followDatabase()).toBe(vault.keyIds[0]);
  await expect(createVault({ database, secrets: [randomBytes(32)] }).followDatabase()).rejects.toThrow(
    /ENCRYPTION_KEYS/,
  );
  await close();
});

it('opens a sealed text in its own context only', async () => {
  const { database, close } = await createTestDatabase();
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  const context: SealContext = { workspaceId: 'w1', kind: 'connection', id: 'c1' };
  const sealed = vault.seal(context, 'fbl_one');
  expect(vault.open(context, sealed)).toBe('fbl_one');
  expect(vault.open({ ...context, workspaceId: 'w2' }, sealed)).toBeNull();
  expect(vault.open({ ...context, id: 'c2' }, sealed)).toBeNull();
  expect(vault.open({ ...context, kind: 'webhook-secret' }, sealed)).toBeNull();
  await close();
});

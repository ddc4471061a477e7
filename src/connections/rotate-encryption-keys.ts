import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import type { Vault } from './vault.js';

export type RotationCount = {
  /** Keys that were sealed anew under the first secret. */
  rotated: number;
  /** Keys that were under it already. */
  unchanged: number;
  /** Keys that none of the secrets opens: their connections need a rotated key, or the lost secret. */
  unopenable: number;
  fingerprintKeyRotated: boolean;
};

const rowsMax = 200;

/**
 * Seals everything under the first secret, for the operator who replaces a secret; the old one may go once this has
 * run with no key left unopenable. Safe beside running instances (a key rotated meanwhile is left alone), safe to
 * break off and to repeat. Throws UNAVAILABLE where the secrets are not this database's.
 */
export const rotateEncryptionKeys = async ({
  database,
  vault,
}: {
  database: Database;
  vault: Vault;
}): Promise<RotationCount> => {
  const count = {
    rotated: 0,
    unchanged: 0,
    unopenable: 0,
    fingerprintKeyRotated: await vault.rotateFingerprintKey(),
  };
  let after: SealedKey | undefined;
  for (;;) {
    const keys = await sealedKeysAfter(database, after);
    for (const key of keys) count[await rotateOne({ database, vault }, key)] += 1;
    after = keys.at(-1);
    if (after === undefined) return count;
  }
};

type SealedKey = { workspaceId: string; id: string; keySealed: Buffer | null };

const sealedKeysAfter = ({ db }: Database, after: SealedKey | undefined): Promise<SealedKey[]> =>
  db
    .select({ workspaceId: connections.workspaceId, id: connections.id, keySealed: connections.keySealed })
    .from(connections)
    .where(
      and(
        isNotNull(connections.keySealed),
        after === undefined
          ? undefined
          : sql`(${connections.workspaceId}, ${connections.id}) > (${after.workspaceId}::uuid, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(connections.workspaceId), asc(connections.id))
    .limit(rowsMax);

const rotateOne = async (
  { database, vault }: { database: Database; vault: Vault },
  { workspaceId, id, keySealed }: SealedKey,
): Promise<'rotated' | 'unchanged' | 'unopenable'> => {
  if (keySealed === null) return 'unchanged';
  const place = { workspaceId, connectionId: id };
  const key = openOrNull(vault, place, keySealed);
  if (key === null) return 'unopenable';
  if (vault.isUnderFirstSecret(keySealed)) return 'unchanged';
  await database.db
    .update(connections)
    .set({ keySealed: vault.seal(place, key) })
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.id, id),
        eq(connections.keySealed, keySealed),
      ),
    );
  return 'rotated';
};

const openOrNull = (
  vault: Vault,
  place: { workspaceId: string; connectionId: string },
  sealed: Buffer,
): string | null => {
  try {
    return vault.open(place, sealed);
  } catch {
    return null;
  }
};

import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { budgets } from '../../schema/index.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import { openWebhookSecret, placeOfSecret } from '../alerts/webhook-secret.js';

type Sealing = Pick<Vault, 'open' | 'seal' | 'isUnderFirstSecret'>;

/**
 * Seals the webhook secrets of all budgets under the first of ENCRYPTION_KEYS, as `rotateEncryptionKeys` of the connections does for
 * keys; `unopenable` ones need the lost secret, or their webhook set anew. Safe beside running instances, to break off
 * and to repeat.
 */
export const rotateWebhookSecrets = async (deps: {
  database: Database;
  vault: Sealing;
}): Promise<{ rotated: number; unchanged: number; unopenable: number }> => {
  const count = { rotated: 0, unchanged: 0, unopenable: 0 };
  const rows = await deps.database.db
    .select({ workspaceId: budgets.workspaceId, id: budgets.id, sealed: budgets.webhookSecretSealed })
    .from(budgets)
    .where(isNotNull(budgets.webhookSecretSealed))
    .orderBy(asc(budgets.workspaceId), asc(budgets.id));
  for (const row of rows) count[await rotateOne(deps, row)] += 1;
  return count;
};

const rotateOne = async (
  { database, vault }: { database: Database; vault: Sealing },
  { workspaceId, id, sealed }: { workspaceId: string; id: string; sealed: Buffer | null },
): Promise<'rotated' | 'unchanged' | 'unopenable'> => {
  if (sealed === null) return 'unchanged';
  const place = placeOfSecret(workspaceId, id);
  const secret = openWebhookSecret(vault, place, sealed);
  if (secret === null) return 'unopenable';
  if (vault.isUnderFirstSecret(sealed)) return 'unchanged';
  // Only where it is still the same: a webhook taken away or set meanwhile is left alone.
  await database.db
    .update(budgets)
    .set({ webhookSecretSealed: vault.seal(place, secret) })
    .where(
      and(eq(budgets.workspaceId, workspaceId), eq(budgets.id, id), eq(budgets.webhookSecretSealed, sealed)),
    );
  return 'rotated';
};

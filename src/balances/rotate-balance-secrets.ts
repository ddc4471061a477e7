import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { balancePlans } from '../../schema/index.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import { openWebhookSecret, placeOfSecret } from '../alerts/webhook-secret.js';

/**
 * Seals the webhook secrets of all balances under the first of ENCRYPTION_KEYS, as is done for those of budgets;
 * `unopenable` ones need the lost secret, or their webhook set anew. Safe beside running instances, to break off and to
 * repeat.
 */
export const rotateBalanceSecrets = async ({
  database: { db },
  vault,
}: {
  database: Database;
  vault: Pick<Vault, 'open' | 'seal' | 'isUnderFirstSecret'>;
}): Promise<{ rotated: number; unchanged: number; unopenable: number }> => {
  const count = { rotated: 0, unchanged: 0, unopenable: 0 };
  const rows = await db
    .select({
      workspaceId: balancePlans.workspaceId,
      accountId: balancePlans.accountId,
      sealed: balancePlans.webhookSecretSealed,
    })
    .from(balancePlans)
    .where(isNotNull(balancePlans.webhookSecretSealed))
    .orderBy(asc(balancePlans.workspaceId), asc(balancePlans.accountId));
  for (const { workspaceId, accountId, sealed } of rows) {
    const place = placeOfSecret(workspaceId, accountId);
    const secret = openWebhookSecret(vault, place, sealed);
    if (sealed === null || secret === null) {
      count.unopenable += 1;
    } else if (vault.isUnderFirstSecret(sealed)) {
      count.unchanged += 1;
    } else {
      // Only where it is still the same: a webhook taken away or set meanwhile is left alone.
      await db
        .update(balancePlans)
        .set({ webhookSecretSealed: vault.seal(place, secret) })
        .where(
          and(
            eq(balancePlans.workspaceId, workspaceId),
            eq(balancePlans.accountId, accountId),
            eq(balancePlans.webhookSecretSealed, sealed),
          ),
        );
      count.rotated += 1;
    }
  }
  return count;
};

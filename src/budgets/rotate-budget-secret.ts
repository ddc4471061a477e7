import { budgets } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import { type RotatedSecret, rotateWebhookSecret } from '../alerts/webhook-endpoints.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { budgetNotFound, isBudget } from './budget.js';

/**
 * Replaces the webhook secret of a budget; the previous one signs beside it for 24 hours. Throws FORBIDDEN, NOT_FOUND,
 * or INVALID_INPUT if the budget has no webhook.
 */
export const rotateBudgetSecret = async (
  { database: { db }, vault }: { database: Database; vault: Pick<Vault, 'seal'> },
  caller: Caller,
  id: string,
): Promise<RotatedSecret> => {
  authorize(caller, 'manageBudgets');
  const { workspaceId } = caller;
  if (!isId(id)) throw budgetNotFound();
  const [budget] = await db.select({ id: budgets.id }).from(budgets).where(isBudget(workspaceId, id));
  if (budget === undefined) throw budgetNotFound();
  const rotated = await db.transaction(async (tx) => {
    const subject = { workspaceId, kind: 'BUDGET', subjectId: budget.id } as const;
    const done = await rotateWebhookSecret(tx, vault, subject);
    if (done !== null) {
      await recordChange(tx, caller, {
        action: 'budget.rotateSecret',
        subject: toPublicId('budget', budget.id),
        before: null,
        after: { secretReplaced: true, previousExpiresAt: done.previousExpiresAt },
      });
    }
    return done;
  });
  if (rotated !== null) return rotated;
  throw new GatewayError('INVALID_INPUT', 'The budget has no webhook: set its webhookUrl first.', {
    field: ['budget'],
  });
};

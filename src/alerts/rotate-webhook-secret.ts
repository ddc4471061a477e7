import { and, eq, sql } from 'drizzle-orm';
import { alertDestinations } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { destinationNotFound, isDestination, webhookSecretContext } from './destination.js';
import { newWebhookSecret } from './signature.js';

/** For how long the previous secret signs beside the new one. */
const overlapHours = 24;

export type RotatedSecret = { webhookSecret: string; previousExpiresAt: Date };

/**
 * Replaces the secret of a signed webhook. The previous one signs beside it for 24 hours, so that a receiver can change over.
 * Throws FORBIDDEN, NOT_FOUND, or INVALID_INPUT for another kind.
 */
export const rotateWebhookSecret = async (
  deps: { database: Pick<Database, 'db'>; vault: Pick<Vault, 'seal'> },
  caller: Caller,
  id: string,
): Promise<RotatedSecret> => {
  authorize(caller, 'manageAlerts');
  const { workspaceId } = caller;
  if (!isId(id)) throw destinationNotFound();
  const webhookSecret = newWebhookSecret();
  const rotated = await deps.database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(alertDestinations)
      .set({
        secretSealed: deps.vault.seal(webhookSecretContext({ workspaceId, id }), webhookSecret),
        previousSecretSealed: sql`${alertDestinations.secretSealed}`,
        previousSecretExpiresAt: sql`clock_timestamp() + make_interval(hours => ${overlapHours})`,
      })
      .where(and(isDestination(workspaceId, id), eq(alertDestinations.kind, 'WEBHOOK')))
      .returning({ previousExpiresAt: alertDestinations.previousSecretExpiresAt });
    const previousExpiresAt = row?.previousExpiresAt ?? null;
    if (previousExpiresAt === null) return null;
    await recordChange(tx, caller, {
      action: 'alertDestination.rotateSecret',
      subject: toPublicId('destination', id),
      before: null,
      after: { secretReplaced: true, previousExpiresAt },
    });
    return { webhookSecret, previousExpiresAt };
  });
  if (rotated !== null) return rotated;
  const found = await deps.database.db.$count(alertDestinations, isDestination(workspaceId, id));
  if (found === 0) throw destinationNotFound();
  throw new GatewayError(
    'INVALID_INPUT',
    'Only a destination of kind WEBHOOK is signed: name one of that kind.',
    { field: ['id'] },
  );
};

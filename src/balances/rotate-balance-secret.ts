import { authorize, type Caller } from '../access/caller.js';
import { type RotatedSecret, rotateWebhookSecret } from '../alerts/webhook-endpoints.js';
import { requireConnection } from '../connections/read-connections.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';

/**
 * Replaces the webhook secret of the account behind a connection; the previous one signs beside it for 24 hours. Throws
 * FORBIDDEN, NOT_FOUND, or INVALID_INPUT if the account has no webhook.
 */
export const rotateBalanceSecret = async (
  deps: { database: Database; vault: Pick<Vault, 'seal'> },
  caller: Caller,
  connectionId: string,
): Promise<RotatedSecret> => {
  authorize(caller, 'manageBalances');
  const { accountId } = await requireConnection(deps, caller, connectionId, ['connection']);
  const subject = { workspaceId: caller.workspaceId, kind: 'BALANCE', subjectId: accountId } as const;
  const rotated = await rotateWebhookSecret(deps.database.db, deps.vault, subject);
  if (rotated !== null) return rotated;
  throw new GatewayError('INVALID_INPUT', 'The account has no webhook: set its webhookUrl first.', {
    field: ['connection'],
  });
};

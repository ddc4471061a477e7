import { createHmac, randomBytes } from 'node:crypto';
import type { SealContext } from '../connections/sealer.js';
import type { Vault } from '../connections/vault.js';

/** What the deliveries to one webhook are signed with: 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64url')}`;

/** The row that holds the secret of a budget's or an account's webhook. */
export const webhookSecretContext = (workspaceId: string, ownerId: string): SealContext => ({
  workspaceId,
  kind: 'webhook-secret',
  id: ownerId,
});

/** Opens a webhook's secret; null when there is none, or the present ENCRYPTION_KEYS do not open it. */
export const openWebhookSecret = (
  vault: Pick<Vault, 'open'>,
  context: SealContext,
  sealed: Uint8Array | null,
): string | null => (sealed === null ? null : vault.open(context, sealed));

/**
 * The value of the signature header: HMAC-SHA-256 of `timestamp.body` under the whole secret as it was shown. The
 * timestamp (seconds) is signed too, so that a receiver can refuse what was recorded and is played back.
 */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

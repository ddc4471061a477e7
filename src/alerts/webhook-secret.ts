import { createHmac, randomBytes } from 'node:crypto';
import type { KeyPlace, Vault } from '../connections/vault.js';

/** What the deliveries to one webhook are signed with: 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64url')}`;

/** Ids never meet, so the secret of a budget or an account has a place in the vault like a connection's key. */
export const placeOfSecret = (workspaceId: string, ownerId: string): KeyPlace => ({
  workspaceId,
  connectionId: ownerId,
});

/** Opens a webhook's secret; null where there is none, or the present ENCRYPTION_KEYS do not open it. */
export const openWebhookSecret = (
  vault: Pick<Vault, 'open'>,
  place: KeyPlace,
  sealed: Uint8Array | null,
): string | null => {
  if (sealed === null) return null;
  try {
    return vault.open(place, sealed);
  } catch {
    return null;
  }
};

/**
 * The value of the signature header: HMAC-SHA-256 of `timestamp.body` under the whole secret as it was shown. The
 * timestamp (seconds) is signed too, so that a receiver can refuse what was recorded and is played back.
 */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

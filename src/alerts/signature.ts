import { createHmac, randomBytes } from 'node:crypto';

/** A new secret of a webhook: `whsec_` and 32 random bytes in base64, as Standard Webhooks writes it. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * The value of the header webhook-signature by the Standard Webhooks convention
 * (https://www.standardwebhooks.com): `v1,` and the base64 HMAC-SHA-256 of `<id>.<timestamp>.<body>`, one for each
 * secret, separated by a space. `timestamp` is in seconds. Secrets of 0009 and before are in base64url, which decodes
 * to the same bytes.
 */
export const signaturesOf = (
  secrets: readonly string[],
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
): string =>
  secrets
    .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ');

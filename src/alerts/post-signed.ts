import { request } from 'undici';
import { signaturesOf } from './signature.js';

/**
 * Posts one message as JSON, signed with each secret. Returns the status; null if no response came in time. Redirects
 * are not followed: an ADMIN sets the address, and what is signed for one host is not for another.
 */
export const postSigned = async (
  message: object,
  to: { id: string; url: string; secrets: readonly string[]; timeoutMs: number },
): Promise<number | null> => {
  const body = JSON.stringify(message);
  const timestamp = Math.floor(Date.now() / 1_000).toString();
  const signal = AbortSignal.timeout(to.timeoutMs);
  try {
    const response = await request(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'firmable-gateway',
        'webhook-id': to.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signaturesOf(to.secrets, { id: to.id, timestamp, body }),
      },
      body,
      signal,
    });
    // Only the status matters. A body that is long or never ends is dropped.
    await response.body.dump({ limit: 16_384, signal }).catch(() => {});
    return response.statusCode;
  } catch {
    return null;
  }
};

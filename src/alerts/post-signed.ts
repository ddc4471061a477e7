import { request } from 'undici';
import { signatureOf } from './webhook-secret.js';

/**
 * Posts one message as JSON, signed. Answers the status, or null where none came in time. Redirects are not followed: an
 * address that moved is for an ADMIN to set, and what is signed for one host is not for another.
 */
export const postSigned = async (
  message: object,
  to: { url: string; secret: string; timeoutMs: number },
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
        'x-firmable-gateway-timestamp': timestamp,
        'x-firmable-gateway-signature': signatureOf(to.secret, timestamp, body),
      },
      body,
      signal,
    });
    // The status is all that counts: an answer that is long or never ends is hung up on.
    await response.body.dump({ limit: 16_384, signal }).catch(() => {});
    return response.statusCode;
  } catch {
    return null;
  }
};

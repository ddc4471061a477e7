import { GatewayError } from '../errors.js';
import { decodeHeader } from './decode-header.js';

/**
 * Idempotency-Key: the caller's own name for one change, 1 to 200 printable characters; null where the header is
 * absent. Throws BAD_REQUEST otherwise.
 */
export const readIdempotencyKey = (header: string | null): string | null => {
  if (header === null) return null;
  const key = decodeHeader(header).trim();
  if (/^\P{C}{1,200}$/u.test(key)) return key;
  throw new GatewayError(
    'BAD_REQUEST',
    'Idempotency-Key must be 1 to 200 printable characters: send, for example, a new UUID for each change.',
  );
};

import { GatewayError } from '../errors.js';

/**
 * X-Max-Credits: the most that this request may spend, a whole number from 0 on; null where the header is absent.
 * Throws BAD_REQUEST for anything else, because a limit that is misread is no limit.
 */
export const readCreditLimit = (header: string | null): bigint | null => {
  if (header === null) return null;
  const written = header.trim();
  if (/^\d{1,15}$/.test(written)) return BigInt(written);
  throw new GatewayError(
    'BAD_REQUEST',
    'X-Max-Credits is not a whole number from 0 on: send, for example, X-Max-Credits: 5.',
  );
};

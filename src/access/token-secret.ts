import { createHash, randomBytes } from 'node:crypto';

/** `fgw_` and at least 40 characters of base64url; ours have 43, which are 256 bits. */
export const tokenShape = /^fgw_[A-Za-z0-9_-]{40,250}$/;

/** The name of the token that GATEWAY_BOOTSTRAP_TOKEN sets. */
export const bootstrapName = 'bootstrap';

/** A new token from 256 random bits. */
export const newSecret = (): string => `fgw_${randomBytes(32).toString('base64url')}`;

// Without salt or stretching: all of it is random, so it cannot be guessed.
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The part of the hash that finds a row; the rest is compared in constant time. */
export const hashPrefixOf = (hash: Buffer): Buffer => hash.subarray(0, 8);

/** The columns of a secret in its row. */
export const hashColumns = (secret: string): { hash: Buffer; hashPrefix: Buffer; hint: string } => {
  const hash = hashOf(secret);
  return { hash, hashPrefix: hashPrefixOf(hash), hint: secret.slice(-4) };
};

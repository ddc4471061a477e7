import type { Permit } from '../../src/providers/provider.js';

/** The turn of a key that may send whenever it likes. */
export const anyTime: Permit = { isExpired: () => false };

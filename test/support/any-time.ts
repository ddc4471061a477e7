import type { Permit } from '../../src/providers/provider.js';

/** A permit that does not expire. */
export const anyTime: Permit = { isExpired: () => false };

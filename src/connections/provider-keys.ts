import type { Problem } from '../errors.js';

/** What connections need to know about providers' keys. */
export type ProviderKeys = {
  /**
   * Strips what is often pasted with a key (`Bearer `, quotes). Throws INVALID_KEY_FORMAT with where to find the right
   * key, also for a sandbox key while the sandbox is off.
   */
  parse: (provider: string, pasted: string) => { key: string; sandbox: boolean };
  /** Verifies the key with its provider, at no cost; null when the provider accepts it. */
  verify: (provider: string, key: string) => Promise<Problem | null>;
};

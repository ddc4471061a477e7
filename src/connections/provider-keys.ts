import type { Problem } from '../errors.js';

/** What connections must know of keys, told by whoever knows the providers. */
export type ProviderKeys = {
  /**
   * Takes off what people paste along with a key (`Bearer `, quotes). Throws INVALID_KEY_FORMAT with where to find
   * the right one, also for a sandbox key while the sandbox is off.
   */
  parse: (provider: string, pasted: string) => { key: string; sandbox: boolean };
  /** Asks the provider whether it takes the key, at no cost; null where it does. */
  verify: (provider: string, key: string) => Promise<Problem | null>;
};

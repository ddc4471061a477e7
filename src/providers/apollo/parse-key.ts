import { cleanKey, isMarkedKey } from '../clean-key.js';

// About 22 characters; those of other providers are longer or bear a mark.
const keyShape = /^[A-Za-z0-9_-]{16,48}$/;
const sandboxShape = /^apollo_sandbox_[A-Za-z0-9_-]{1,100}$/;

/** Where a person finds a key. Source: Apollo's page on creating API keys. */
export const keyHelp =
  'In Apollo: Settings → Integrations → Apollo API → API keys → Create new key, with the endpoints ' +
  'organizations/enrich and people/match, or as a master key, which can also read the balance.';

/** A key of the built-in sandbox that anybody may use. */
export const sandboxKey = 'apollo_sandbox_demo';

/** The key in what a person pasted; null where it cannot be one of Apollo. */
export const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  if (sandboxShape.test(key)) return key;
  return keyShape.test(key) && !isMarkedKey(key) ? key : null;
};

/** Keys with this beginning belong to the built-in sandbox and never leave the machine. */
export const isSandboxKey = (key: string): boolean => key.startsWith('apollo_sandbox_');

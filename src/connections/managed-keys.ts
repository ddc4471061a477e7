import { GatewayError } from '../errors.js';
import type { ProviderKeys } from './provider-keys.js';

/** The operator's key for each provider that has one: workspaces without a key of their own may use it. */
export type ManagedKeys = Readonly<Partial<Record<string, { key: string; sandbox: boolean }>>>;

/**
 * Reads the operator's keys, given with the variable that each comes from. Throws one UNAVAILABLE with a line for
 * each malformed key; the key itself is never repeated.
 */
export const readManagedKeys = (
  providerKeys: Pick<ProviderKeys, 'parse'>,
  given: readonly { provider: string; variable: string; pasted: string | null }[],
): ManagedKeys => {
  const faults: string[] = [];
  const keys: Record<string, { key: string; sandbox: boolean }> = {};
  for (const { provider, variable, pasted } of given) {
    if (pasted === null) continue;
    try {
      keys[provider] = providerKeys.parse(provider, pasted);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      faults.push(`${variable} is refused. ${error.message}`);
    }
  }
  if (faults.length > 0) throw new GatewayError('UNAVAILABLE', faults.join('\n'));
  return keys;
};

/** The providers for which the operator has a key, and whether it is the sandbox's. */
export type ManagedProviders = Readonly<Partial<Record<string, { sandbox: boolean }>>>;

/** What may be shown of the operator's keys. */
export const withoutKeys = (keys: ManagedKeys): ManagedProviders =>
  Object.fromEntries(
    Object.entries(keys).map(([provider, one]) => [provider, { sandbox: one?.sandbox === true }]),
  );

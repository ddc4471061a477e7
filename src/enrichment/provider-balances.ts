import { withTimeout } from '../platform/with-timeout.js';
import type { Provider, Providers } from '../providers/catalogue.js';
import type { Call } from '../providers/provider.js';

// Somebody looks at a balance, and the last one known will do.
const readTimeoutMs = 5_000;
const late = (): Error => new Error('the balance is not answered yet');

/** What balances must know of providers, told by the providers. */
export const createProviderBalances = (deps: {
  providers: Providers;
  callWith: (provider: Provider, key: string) => Call;
}): {
  tells: (provider: string) => boolean;
  read: (provider: string, key: string) => Promise<bigint | null>;
} => {
  const named = (name: string): Provider | null =>
    Object.values(deps.providers).find((one) => one.name === name) ?? null;
  return {
    tells: (name) => typeof named(name)?.readBalance === 'function',
    read: async (name, key) => {
      const provider = named(name);
      if (provider === null || provider.readBalance === null) return null;
      const call = { ...deps.callWith(provider, key), timeoutMs: readTimeoutMs };
      const told = await withTimeout(readTimeoutMs, provider.readBalance(call), late).catch(() => null);
      return told?.kind === 'BALANCE' ? told.credits : null;
    },
  };
};

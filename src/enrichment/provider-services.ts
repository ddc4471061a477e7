import type { ProviderKeys } from '../connections/provider-keys.js';
import { GatewayError, problem } from '../errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Provider, Providers } from '../providers/catalogue.js';
import type { Call } from '../providers/provider.js';
import { explainNoRecord } from './explain.js';

type Deps = { providers: Providers; callWith: (provider: Provider, key: string) => Call };

// A person waits in front of a form.
const verifyTimeoutMs = 8_000;
// A person looks at a balance, and the last known one is shown otherwise.
const balanceTimeoutMs = 5_000;

const providerNamed = ({ providers }: Deps, name: string): Provider | null =>
  Object.values(providers).find((one) => one.name === name) ?? null;

/** What connections need of the providers: parsing and verifying keys. */
export const createProviderKeys = (
  deps: Deps & {
    /** Whether sandbox keys are accepted. */
    sandbox: boolean;
  },
): ProviderKeys => {
  const required = (name: string): Provider => {
    const provider = providerNamed(deps, name);
    if (provider === null) throw new GatewayError('INVALID_INPUT', `There is no provider ${name}.`);
    return provider;
  };
  return {
    parse: (name, pasted) => {
      const provider = required(name);
      const key = provider.parseKey(pasted);
      if (key === null) throw invalidKey(`This is no key of ${provider.title}. ${provider.keyHelp}`);
      const sandbox = provider.isSandboxKey(key);
      if (sandbox && !deps.sandbox) {
        throw invalidKey(`This is a sandbox key, and the sandbox is off (SANDBOX=off). ${provider.keyHelp}`);
      }
      return { key, sandbox };
    },
    verify: async (name, key) => {
      const provider = required(name);
      const verifying = provider.verify(deps.callWith(provider, key));
      const result = await withTimeout(verifyTimeoutMs, verifying, late).catch(() => null);
      if (result === null || result.kind === 'UNKNOWN') {
        return problem(
          'PROVIDER_TIMEOUT',
          `${provider.title} did not answer in time: verify the connection again later. Verifying costs nothing.`,
        );
      }
      return result.kind === 'ACCEPTED' ? null : explainNoRecord(result, provider).problem;
    },
  };
};

const invalidKey = (message: string): GatewayError =>
  new GatewayError('INVALID_KEY_FORMAT', message, { field: ['key'] });

/** What balances need of the providers: which of them report a balance, what it includes, and reading it. */
export const createProviderBalances = (
  deps: Deps,
): {
  reporting: readonly string[];
  reports: (provider: string) => boolean;
  operationsOf: (provider: string) => readonly string[];
  read: (provider: string, key: string) => Promise<bigint | null>;
} => ({
  reporting: Object.values(deps.providers).flatMap(({ name, readBalance }) =>
    typeof readBalance === 'function' ? [name] : [],
  ),
  reports: (name) => typeof providerNamed(deps, name)?.readBalance === 'function',
  operationsOf: (name) => {
    const provider = providerNamed(deps, name);
    if (typeof provider?.readBalance !== 'function') return [];
    return provider.balanceOperations ?? ['COMPANY', 'PERSON'];
  },
  read: async (name, key) => {
    const provider = providerNamed(deps, name);
    if (provider === null || provider.readBalance === null) return null;
    const call = { ...deps.callWith(provider, key), timeoutMs: balanceTimeoutMs };
    const result = await withTimeout(balanceTimeoutMs, provider.readBalance(call), late).catch(() => null);
    return result?.kind === 'BALANCE' ? result.credits : null;
  },
});

const late = (): Error => new Error('the provider did not answer in time');

import type { ProviderKeys } from '../connections/provider-keys.js';
import { GatewayError, problem } from '../errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Provider, Providers } from '../providers/catalogue.js';
import type { Call } from '../providers/provider.js';
import { readNoRecord } from './explain.js';

// Somebody waits in front of a form.
const verifyTimeoutMs = 8_000;
const late = (): Error => new Error('the check is not answered yet');

/** What the connections room must know of keys, told by the providers. */
export const createProviderKeys = (deps: {
  providers: Providers;
  callWith: (provider: Provider, key: string) => Call;
  /** Whether sandbox keys are taken. */
  sandbox: boolean;
}): ProviderKeys => {
  const named = (name: string): Provider => {
    const provider = Object.values(deps.providers).find((one) => one.name === name);
    if (provider === undefined) throw new GatewayError('INVALID_INPUT', `There is no provider ${name}.`);
    return provider;
  };
  return {
    parse: (name, pasted) => {
      const provider = named(name);
      const key = provider.parseKey(pasted);
      if (key === null) {
        throw new GatewayError(
          'INVALID_KEY_FORMAT',
          `This is no ${provider.title} key. ${provider.keyHelp}`,
          {
            field: ['key'],
          },
        );
      }
      const sandbox = provider.isSandboxKey(key);
      if (sandbox && !deps.sandbox) {
        throw new GatewayError(
          'INVALID_KEY_FORMAT',
          `This is a sandbox key, and the sandbox is off here (SANDBOX=off). ${provider.keyHelp}`,
          { field: ['key'] },
        );
      }
      return { key, sandbox };
    },
    verify: async (name, key) => {
      const provider = named(name);
      const unanswered = problem(
        'PROVIDER_TIMEOUT',
        `${provider.title} did not answer the check, which costs nothing, in time: verify the connection again later.`,
      );
      const asked = provider.verify(deps.callWith(provider, key));
      const verdict = await withTimeout(verifyTimeoutMs, asked, late).catch(() => null);
      if (verdict === null || verdict.kind === 'UNKNOWN') return unanswered;
      return verdict.kind === 'ACCEPTED' ? null : readNoRecord(verdict, provider).problem;
    },
  };
};

import type { ProviderKeys } from '../../src/connections/provider-keys.js';
import { GatewayError, type Problem, problem } from '../../src/errors.js';

/**
 * Provider keys whose verification result is in the key: `fbl_refused…`, `fbl_away…`; `fbl_sandbox_…` is a sandbox key.
 * It records the keys that it verified.
 */
export const createProviderKeys = (
  options: { sandbox: boolean } = { sandbox: true },
): ProviderKeys & { verified: string[] } => {
  const verified: string[] = [];
  return {
    verified,
    parse: (provider, pasted) => {
      const key = pasted.trim().replace(/^Bearer /, '');
      const sandbox = key.startsWith('fbl_sandbox_');
      if (!/^fbl_\w+$/.test(key) || (sandbox && !options.sandbox)) {
        throw new GatewayError(
          'INVALID_KEY_FORMAT',
          `This is no key of ${provider}: copy it from the settings.`,
          {
            field: ['key'],
          },
        );
      }
      return { key, sandbox };
    },
    verify: (_, key) => {
      verified.push(key);
      return Promise.resolve(resultOf(key));
    },
  };
};

const resultOf = (key: string): Problem | null => {
  if (key.startsWith('fbl_refused'))
    return problem('KEY_REFUSED', 'The provider refuses this key: make a new one.');
  if (key.startsWith('fbl_noplan'))
    return problem('PLAN_WITHOUT_API', 'This plan has no API: write to support.');
  if (key.startsWith('fbl_away'))
    return problem('PROVIDER_UNAVAILABLE', 'The provider is away: try again later.', 7);
  return null;
};

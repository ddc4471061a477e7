import { type ProviderName, providerNames } from './provider-names.js';

/**
 * How the sandbox treats a key, by the name in it; `fair` for every other name. `scoped` is a key that may
 * enrich and may not read the balance, `noscope` one that may do neither, `ipblocked` one for other IP addresses, `throttled` one whose rate limit is always reached.
 */
export type Temper =
  | 'fair'
  | 'revoked'
  | 'noplan'
  | 'noscope'
  | 'scoped'
  | 'ipblocked'
  | 'broke'
  | 'slow'
  | 'flaky'
  | 'throttled';

export type SandboxKey = { provider: ProviderName; key: string; account: string; temper: Temper };

const kinds: Readonly<Record<ProviderName, { prefix: string; tempers: readonly Temper[] }>> = {
  FIRMABLE: { prefix: 'fbl', tempers: ['revoked', 'noplan', 'broke', 'slow', 'flaky'] },
  PEOPLE_DATA_LABS: { prefix: 'pdl', tempers: ['revoked', 'broke', 'slow', 'flaky', 'throttled'] },
  APOLLO: {
    prefix: 'apollo',
    tempers: ['revoked', 'noplan', 'noscope', 'scoped', 'ipblocked', 'broke', 'slow', 'flaky', 'throttled'],
  },
};

const keyPattern = /^(?<prefix>[a-z]+)_sandbox_(?<name>[A-Za-z0-9]+)(?:[_.-][A-Za-z0-9_.-]{0,80})?$/;

/**
 * Reads `fbl_sandbox_<name>`, `pdl_sandbox_<name>` or `apollo_sandbox_<name>`, with anything after a further `_`, `.` or
 * `-`. The name is the account, so `fbl_sandbox_team1` and `fbl_sandbox_team1_rotated` share credits and unlocks, as the
 * keys of one account do; it is also the temper, so `fbl_sandbox_flaky_2` is a second flaky key. Null for anything else.
 */
export const readKey = (key: string): SandboxKey | null => {
  const { prefix, name } = keyPattern.exec(key)?.groups ?? {};
  const provider = providerNames.find((provider) => kinds[provider].prefix === prefix);
  if (provider === undefined || name === undefined) return null;
  const temper = kinds[provider].tempers.find((temper) => temper === name) ?? 'fair';
  return { provider, key, account: name, temper };
};

/** The same for one provider, which accepts no keys of the others. */
export const readKeyOf = (provider: ProviderName, key: string | null | undefined): SandboxKey | null => {
  const read = readKey(key ?? '');
  return read?.provider === provider ? read : null;
};

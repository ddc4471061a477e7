/** How the sandbox treats the calls of a key, by the name in it; `fair` for every other name. */
export const tempers = ['fair', 'revoked', 'noplan', 'broke', 'slow', 'flaky'] as const;
export type Temper = (typeof tempers)[number];

export type SandboxKey = { key: string; account: string; temper: Temper };

const keyPattern = /^fbl_sandbox_(?<name>[A-Za-z0-9]+)(?:[_.-][A-Za-z0-9_.-]{0,80})?$/;

/**
 * Reads `fbl_sandbox_<name>`, with anything after a further `_`, `.` or `-`. The name is the account, so
 * `fbl_sandbox_team1` and `fbl_sandbox_team1_rotated` share credits and unlocks, as the keys of one Firmable
 * account do; it is also the temper, so `fbl_sandbox_flaky_2` is a second flaky key. Null for anything else.
 */
export const readKey = (key: string): SandboxKey | null => {
  const account = keyPattern.exec(key)?.groups?.['name'];
  if (account === undefined) return null;
  return { key, account, temper: tempers.find((temper) => temper === account) ?? 'fair' };
};

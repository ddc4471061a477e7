import type { SandboxKey } from './read-key.js';

/** What the provider itself counts for one account. */
export type Account = {
  name: string;
  creditsUsed: number;
  creditsLeft: number;
  /** Ids of the records that are free from now on. Only at Firmable; the others charge for every match. */
  unlocked: Set<string>;
  /** Requests with a key of the account, whatever the reply. */
  requests: number;
  /** Those of them that were rate limited. */
  throttled: number;
  /** The most requests that one key sent in any one second, rejected ones included. */
  busiestSecond: number;
};

/** The accounts of one provider, in memory: each starts with `creditsPerAccount`, the broke one with none. */
export const openAccounts = (creditsPerAccount: number): ((key: SandboxKey) => Account) => {
  const accounts = new Map<string, Account>();
  return (key) => {
    const known = accounts.get(key.account);
    if (known !== undefined) return known;
    const opened: Account = {
      name: key.account,
      creditsUsed: 0,
      creditsLeft: key.temper === 'broke' ? 0 : creditsPerAccount,
      unlocked: new Set(),
      requests: 0,
      throttled: 0,
      busiestSecond: 0,
    };
    accounts.set(key.account, opened);
    return opened;
  };
};

/** Charges an account; false, without a charge, where fewer credits are left. */
export const charge = (account: Account, credits: number): boolean => {
  if (account.creditsLeft < credits) return false;
  account.creditsLeft -= credits;
  account.creditsUsed += credits;
  return true;
};

import { type Account, charge } from '../open-accounts.js';

/**
 * Hands a record over to an account: charges one credit at its first retrieval and nothing ever after. BROKE where
 * a credit is needed and none is left. Done in one step, so calls at the same moment charge once.
 */
export const retrieveRecord = (account: Account, recordId: string): 'CHARGED' | 'FREE' | 'BROKE' => {
  if (account.unlocked.has(recordId)) return 'FREE';
  if (!charge(account, 1)) return 'BROKE';
  account.unlocked.add(recordId);
  return 'CHARGED';
};

import { type Account, charge } from '../open-accounts.js';

/**
 * Returns a record to an account: charges one credit at its first retrieval and nothing later. BROKE where a credit is
 * needed and none is left. It is one synchronous step, so that concurrent calls charge once.
 */
export const retrieveRecord = (account: Account, recordId: string): 'CHARGED' | 'FREE' | 'BROKE' => {
  if (account.unlocked.has(recordId)) return 'FREE';
  if (!charge(account, 1)) return 'BROKE';
  account.unlocked.add(recordId);
  return 'CHARGED';
};

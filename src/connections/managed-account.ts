import type { Database } from '../platform/database.js';
import { accountOfKey, knownAccount } from './account-of-key.js';
import type { Vault } from './vault.js';

type Managed = { workspaceId: string; provider: string; sandbox: boolean };

/**
 * The account that a workspace has with the operator's key, found or made. It is the workspace's own, and belongs to no
 * key: another workspace sees nothing of what was bought through it, a replaced key changes nothing, and a connection
 * with that very key is another account. What the sandbox gave away never passes for bought.
 */
export const managedAccount = async (
  { database, vault }: { database: Database; vault: Pick<Vault, 'fingerprint'> },
  { workspaceId, provider, sandbox }: Managed,
): Promise<string> => {
  const fingerprint = await vault.fingerprint(provider, standIn(sandbox));
  return accountOfKey(database.db, { workspaceId, provider, fingerprint }, null);
};

/** The same where it was used before; null where it was not. */
export const knownManagedAccount = async (
  { database, vault }: { database: Database; vault: Pick<Vault, 'fingerprint'> },
  { workspaceId, provider, sandbox }: Managed,
): Promise<string | null> => {
  const fingerprint = await vault.fingerprint(provider, standIn(sandbox));
  return knownAccount(database.db, { workspaceId, provider, fingerprint });
};

/** Stands where a key would: no key has a space in it. */
const standIn = (sandbox: boolean): string => `managed account${sandbox ? ' of the sandbox' : ''}`;

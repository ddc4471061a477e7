import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { estimateAccount } from './estimate-account.js';

/** What an account of the caller's workspace has left by the estimate; null where nothing is known of it. */
export const remainingOfAccount = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  { workspaceId }: Caller,
  accountId: string,
): Promise<bigint | null> => (await estimateAccount(db, { workspaceId, accountId })).remaining;

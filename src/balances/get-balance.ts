import { type Caller, authorize, mayUseOwnKeys } from '../access/caller.js';
import type { Connection } from '../connections/connection.js';
import { requireConnection } from '../connections/read-connections.js';
import type { Database } from '../platform/database.js';
import { readRaised } from './balance-alerts.js';
import type { BalanceEstimate, BalanceRefresher } from './balance.js';
import { isArchived } from '../ledger/archived-entries.js';
import { estimateAccount } from './estimate.js';

/**
 * The balance of the account behind a connection. If the provider reports it and the workspace's plan allows own keys,
 * the reading is at most a minute old. Otherwise the balance is computed from the latest reading, or the balance plan,
 * and the ledger. Throws FORBIDDEN, or NOT_FOUND for a connection that this workspace does not have.
 */
export const getBalance = async (
  deps: { database: Database; refreshBalance: BalanceRefresher },
  caller: Caller,
  connectionId: string,
): Promise<BalanceEstimate> => {
  authorize(caller, 'read');
  const connection = await requireConnection(deps, caller, connectionId, ['connection']);
  if (mayUseOwnKeys(caller)) await deps.refreshBalance(caller.workspaceId, connection);
  return estimateFor(deps, caller, connection);
};

/** The estimate without a call to the provider. */
export const estimateFor = async (
  { database: { db } }: { database: Database },
  { workspaceId }: Caller,
  connection: Connection,
): Promise<BalanceEstimate> => {
  const place = { workspaceId, accountId: connection.accountId };
  const estimated = await estimateAccount(db, place);
  const warnings = await readRaised(db, place, estimated.warnings);
  return { connection, accountId: connection.accountId, ...estimated, warnings };
};

/** The estimated balance of an account of the caller's workspace; null if nothing is known of it, or its entries are archived. */
export const remainingOfAccount = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  { workspaceId }: Caller,
  accountId: string,
): Promise<bigint | null> => {
  try {
    return (await estimateAccount(db, { workspaceId, accountId })).remaining;
  } catch (error) {
    if (!isArchived(error)) throw error;
    return null;
  }
};

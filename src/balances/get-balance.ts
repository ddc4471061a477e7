import { type Caller, authorize, mayUseOwnKeys } from '../access/caller.js';
import type { Connection } from '../connections/connection.js';
import { requireConnection } from '../connections/read-connections.js';
import type { Database } from '../platform/database.js';
import { readRaised } from './balance-alerts.js';
import type { BalanceEstimate, BalanceRefresher } from './balance.js';
import { estimateAccount } from './estimate.js';

/**
 * What the account behind a connection has left: told by its provider a minute ago at most, where that can be, and
 * otherwise, and on a plan that covers no key of one's own, worked out from the latest reading, or the declared plan,
 * and the ledger. Throws FORBIDDEN, or NOT_FOUND for a connection that is unknown, deleted, or another workspace's.
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

/** The estimate from what is known, without asking the provider. */
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

/** What an account of the caller's workspace has left by the estimate; null where nothing is known of it. */
export const remainingOfAccount = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  { workspaceId }: Caller,
  accountId: string,
): Promise<bigint | null> => (await estimateAccount(db, { workspaceId, accountId })).remaining;

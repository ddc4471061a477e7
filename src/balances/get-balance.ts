import { LRUCache } from 'lru-cache';
import { type Caller, authorize, mayUseOwnKeys } from '../access/caller.js';
import type { Connection } from '../connections/connection.js';
import { requireConnection } from '../connections/read-connections.js';
import { createBatcher } from '../platform/batcher.js';
import type { Database } from '../platform/database.js';
import { isDatabaseLost } from '../platform/database-errors.js';
import { readRaised } from './balance-alerts.js';
import type { BalanceEstimate, BalanceRefresher } from './balance.js';
import { isArchived } from '../ledger/archived-entries.js';
import { type Estimated, estimateAccount, estimateAccounts } from './estimate.js';
import type { AccountPlace } from './read-facts.js';

/**
 * Reads the balance of the account behind a connection. If the provider reports it and the workspace's plan allows own keys,
 * the reading is at most a minute old. Otherwise the balance is computed from the latest reading, or the balance plan,
 * and the ledger. Throws FORBIDDEN, ARCHIVED, or NOT_FOUND for a connection that this workspace does not have.
 */
export type BalanceReader = (caller: Caller, connectionId: string) => Promise<BalanceEstimate>;

/** Creates the reader. Balances of a workspace that are requested while others are read are computed together. */
export const createBalanceReader = (deps: {
  database: Database;
  refreshBalance: BalanceRefresher;
}): BalanceReader => {
  const estimator = createEstimator(deps.database.db);
  return async (caller, connectionId) => {
    authorize(caller, 'read');
    const connection = await requireConnection(deps, caller, connectionId, ['connection']);
    if (mayUseOwnKeys(caller)) await deps.refreshBalance(caller.workspaceId, connection);
    return await toBalance(deps, connection, caller.workspaceId, estimator);
  };
};

type Estimator = (place: AccountPlace) => Promise<Estimated>;

/** Five viewers of four accounts need few statements: each batch reads all accounts of a workspace that are waited for. */
const createEstimator = (db: Database['db']): Estimator => {
  const batchers = new LRUCache<string, (accountId: string) => Promise<Estimated>>({ max: 1_000 });
  const batcherOf = (workspaceId: string) =>
    createBatcher<string, Estimated>({
      name: 'balance',
      run: async (accountIds) => {
        const distinct = [...new Set(accountIds)];
        const estimates = await estimateAccounts(db, workspaceId, distinct);
        const byAccount = new Map(distinct.map((id, at) => [id, estimates[at]]));
        return accountIds.flatMap((id) => byAccount.get(id) ?? []);
      },
      itemsMax: 100,
      failsWhole: isDatabaseLost,
    });
  return ({ workspaceId, accountId }) => {
    const batcher = batchers.get(workspaceId) ?? batcherOf(workspaceId);
    batchers.set(workspaceId, batcher);
    return batcher(accountId);
  };
};

/** The estimate without a call to the provider. */
export const estimateFor = (
  deps: { database: Database },
  { workspaceId }: Caller,
  connection: Connection,
): Promise<BalanceEstimate> =>
  toBalance(deps, connection, workspaceId, (place) => estimateAccount(deps.database.db, place));

const toBalance = async (
  { database: { db } }: { database: Database },
  connection: Connection,
  workspaceId: string,
  estimator: Estimator,
): Promise<BalanceEstimate> => {
  const { accountId } = connection;
  const estimated = await estimator({ workspaceId, accountId });
  const warnings = await readRaised(db, { workspaceId, accountId }, estimated.warnings);
  return { connection, accountId, ...estimated, warnings };
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

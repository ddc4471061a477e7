import { LRUCache } from 'lru-cache';
import { type Caller, authorize, mayUseOwnKeys } from '../access/caller.js';
import type { Connection } from '../connections/connection.js';
import { requireConnection } from '../connections/read-connections.js';
import { createBatcher } from '../platform/batcher.js';
import type { Database } from '../platform/database.js';
import { isTransient } from '../platform/database-errors.js';
import { readRaised } from './balance-alerts.js';
import type { BalanceEstimate, BalanceRefresher } from './balance.js';
import { isArchived } from '../ledger/archived-entries.js';
import { type Estimated, estimateAccount, estimateAccounts } from './estimate.js';

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
  const { db } = deps.database;
  const batchers = new LRUCache<string, EstimateInBatch>({ max: 1_000 });
  return async (caller, connectionId) => {
    authorize(caller, 'read');
    const { workspaceId } = caller;
    const connection = await requireConnection(deps, caller, connectionId, ['connection']);
    if (mayUseOwnKeys(caller)) await deps.refreshBalance(workspaceId, connection);
    const inBatch = batchers.get(workspaceId) ?? createEstimateBatcher(db, workspaceId);
    batchers.set(workspaceId, inBatch);
    const result = await inBatch(connection.accountId);
    if (result.status === 'rejected') throw result.reason;
    return await toBalance(db, caller, connection, result.value);
  };
};

type EstimateInBatch = (accountId: string) => Promise<PromiseSettledResult<Estimated>>;

/** Five viewers of four accounts need few statements: each batch reads all accounts of a workspace that are waited for. */
const createEstimateBatcher = (db: Database['db'], workspaceId: string): EstimateInBatch =>
  createBatcher<string, PromiseSettledResult<Estimated>>({
    name: 'balance',
    run: async (accountIds) => {
      const distinct = [...new Set(accountIds)];
      const results = await estimateEach(db, workspaceId, distinct);
      return accountIds.flatMap((id) => results[distinct.indexOf(id)] ?? []);
    },
    itemsMax: 100,
    failsWhole: isTransient,
  });

/** Where the entries of one account are archived, the others have their estimates. */
const estimateEach = async (
  db: Database['db'],
  workspaceId: string,
  accountIds: readonly string[],
): Promise<PromiseSettledResult<Estimated>[]> => {
  try {
    const estimates = await estimateAccounts(db, workspaceId, accountIds);
    return estimates.map((value) => ({ status: 'fulfilled', value }));
  } catch (error) {
    if (!isArchived(error)) throw error;
    return await Promise.allSettled(
      accountIds.map((accountId) => estimateAccount(db, { workspaceId, accountId })),
    );
  }
};

/** The estimate without a call to the provider. */
export const estimateFor = async (
  { database: { db } }: { database: Database },
  caller: Caller,
  connection: Connection,
): Promise<BalanceEstimate> => {
  const { accountId } = connection;
  const estimated = await estimateAccount(db, { workspaceId: caller.workspaceId, accountId });
  return await toBalance(db, caller, connection, estimated);
};

const toBalance = async (
  db: Database['db'],
  { workspaceId }: Caller,
  connection: Connection,
  estimated: Estimated,
): Promise<BalanceEstimate> => {
  const { accountId } = connection;
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

import { unrestricted } from '../access/scopes.js';
import type { BalanceRefresher } from './balance.js';
import type { Connection } from '../connections/connection.js';
import type { ProviderKeys } from '../connections/provider-keys.js';
import { openConnection } from '../connections/open-connection.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import { readFreshness, writeReadings } from './readings.js';

/** What this module needs of the providers. */
export type ProviderBalances = {
  /** Whether the provider reports balances. */
  reports: (provider: string) => boolean;
  /** Reads the balance behind a key, at no cost; null if the provider does not report it in time. */
  read: (provider: string, key: string) => Promise<bigint | null>;
};

const ageMsMax = 60_000;

/** Creates the refresher. It calls a provider once a minute per account, also after a failure or with many callers. */
export const createBalanceRefresher = (deps: {
  database: Database;
  vault: Vault;
  providerKeys: ProviderKeys;
  providerBalances: ProviderBalances;
  log: Log;
}): BalanceRefresher => {
  const once = createCachedLoader<void>({ ttlMs: ageMsMax, max: 10_000 });

  const refresh = async (workspaceId: string, connection: Connection): Promise<void> => {
    const { id: connectionId, provider, accountId } = connection;
    try {
      if (await readFreshness(deps.database.db, { workspaceId, accountId, ageMsMax })) return;
      const { key } = await openConnection(
        deps,
        { workspaceId, scopes: unrestricted.scopes },
        { provider, connectionId },
      );
      const credits = await deps.providerBalances.read(provider, key);
      if (credits === null) return;
      await writeReadings(deps.database.db, [
        { workspaceId, accountId, credits, source: 'REPORTED', agoMs: 0 },
      ]);
    } catch {
      deps.log.warn({ provider, accountId }, 'balance could not be read from the provider');
    }
  };

  return async (workspaceId, connection) => {
    if (connection.disabledAt !== null || !deps.providerBalances.reports(connection.provider)) return;
    await once(`${workspaceId} ${connection.accountId}`, () => refresh(workspaceId, connection));
  };
};

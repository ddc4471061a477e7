import { unrestricted } from '../access/scopes.js';
import type { BalanceRefresher, BalanceSource as Source } from './balance.js';
import type { ProviderKeys } from '../connections/provider-keys.js';
import { openConnection } from '../connections/open-connection.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import { readQuietSince } from './exact-readings.js';
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

  const refresh = async (workspaceId: string, connection: Source, exact: boolean): Promise<void> => {
    const { id: connectionId, provider, accountId } = connection;
    const { db } = deps.database;
    try {
      if (!exact && (await readFreshness(db, { workspaceId, accountId, ageMsMax }))) return;
      const quietSince = await readQuietSince(db, { workspaceId, accountId });
      if (exact && quietSince === null) return;
      const { key } = await openConnection(
        deps,
        { workspaceId, scopes: unrestricted.scopes },
        { provider, connectionId },
      );
      const credits = await deps.providerBalances.read(provider, key);
      if (credits === null) return;
      await writeReadings(db, [
        { workspaceId, accountId, credits, source: 'REPORTED', agoMs: 0, quietSince },
      ]);
    } catch {
      // Nobody waits for an exact reading, and it is tried again.
      deps.log[exact ? 'debug' : 'warn'](
        { provider, accountId },
        'balance could not be read from the provider',
      );
    }
  };

  return async (workspaceId, connection, { exact = false } = {}) => {
    if (connection.disabledAt !== null || !deps.providerBalances.reports(connection.provider)) return;
    if (exact) return await refresh(workspaceId, connection, true);
    await once(`${workspaceId} ${connection.accountId}`, () => refresh(workspaceId, connection, false));
  };
};

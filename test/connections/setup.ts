import { randomBytes } from 'node:crypto';
import type { Caller } from '../../src/access/caller.js';
import type { Connection } from '../../src/connections/connection.js';
import { type CreateConnectionInput, createConnection } from '../../src/connections/create-connection.js';
import { createVault } from '../../src/connections/vault.js';
import type { Database } from '../../src/platform/database.js';
import { createProviderKeys } from '../support/provider-keys.js';

/** What connection verbs need, over one database, with a secret of its own. */
export const connectionsOf = (database: Database, secrets: readonly Buffer[] = [randomBytes(32)]) => ({
  database,
  secrets,
  vault: createVault({ database, secrets }),
  providerKeys: createProviderKeys(),
});
export type Deps = ReturnType<typeof connectionsOf>;

export const newKey = (kind = 'live'): string => `fbl_${kind}_${randomBytes(12).toString('hex')}`;

/** Creates a connection with what a test does not care about filled in. */
export const connect = (
  deps: Deps,
  caller: Caller,
  input: Partial<CreateConnectionInput> = {},
): Promise<Connection> =>
  createConnection(deps, caller, {
    provider: 'FIRMABLE',
    name: `connection ${randomBytes(4).toString('hex')}`,
    key: newKey(),
    ...input,
  });

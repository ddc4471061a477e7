import { z } from 'zod';
import { connections } from '../../schema/tables/index.js';
import { authorize, type Caller, requireByokPlan } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { parseInput } from '../platform/parse-input.js';
import { accountOfKey } from './account-of-key.js';
import {
  type Connection,
  connectionColumns,
  hintOf,
  isConnection,
  loadConnection,
  oneConnection,
} from './connection.js';
import type { ProviderKeys } from './provider-keys.js';
import type { Vault } from './vault.js';
import { checkKey } from './verify-key.js';

export type RotateConnectionKeyInput = {
  id: string;
  key: string;
  /** Verifies the key with the provider first, at no cost; true by default. */
  verify?: boolean | null | undefined;
};

/**
 * Replaces a connection's key by another one of the same provider account: unlocks, entries and the default stay. The
 * old key is overwritten; instances use it for at most another half second.
 *
 * Throws FORBIDDEN, PLAN_REQUIRED, INVALID_INPUT, NOT_FOUND, INVALID_KEY_FORMAT, KEY_REFUSED or PLAN_WITHOUT_API (the
 * old key stays), and ACCOUNT_CONFLICT for a key that is known as another account's, or when one of the two keys is
 * the sandbox's.
 */
export const rotateConnectionKey = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  caller: Caller,
  input: RotateConnectionKeyInput,
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  requireByokPlan(caller);
  const { id: connectionId, key: pasted, verify } = parseInput(inputSchema, input);
  const { workspaceId } = caller;
  const connection = await loadConnection(deps.database.db, workspaceId, connectionId);
  const { id, provider, sandbox, accountId } = connection;
  const parsed = deps.providerKeys.parse(provider, pasted);
  if (parsed.sandbox !== sandbox) throw sandboxConflict();
  const { key } = parsed;
  const check = await checkKey(deps.providerKeys, { provider, key, verify });
  const fingerprint = await deps.vault.fingerprint(provider, key);
  const keySealed = deps.vault.seal({ workspaceId, kind: 'connection', id }, key);

  return deps.database.db.transaction(async (tx) => {
    await accountOfKey(tx, { workspaceId, provider, fingerprint }, accountId);
    const rows = await tx
      .update(connections)
      .set({ keySealed, keyHint: hintOf(key), ...check })
      .where(isConnection(workspaceId, id))
      .returning(connectionColumns);
    return oneConnection(rows);
  });
};

const inputSchema = z.object({
  id: z.string(),
  key: z
    .string('The key is missing: paste it.')
    .max(1_000, 'This is too long for a key: paste the key alone.'),
  verify: z.boolean().nullish(),
});

const sandboxConflict = (): GatewayError =>
  new GatewayError(
    'ACCOUNT_CONFLICT',
    'A sandbox key and a real one are never one account: create a new connection with this key instead.',
    { field: ['key'] },
  );

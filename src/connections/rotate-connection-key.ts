import * as z from 'zod';
import { connections } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { type Caller, requireByokPlan } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { parseInput } from '../platform/parse-input.js';
import { accountOfKey, keyConflict, knownAccount } from './account-of-key.js';
import {
  authorizeConnection,
  type Connection,
  connectionChange,
  connectionColumns,
  hintOf,
  isConnection,
  loadConnection,
  lockConnection,
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
  /** Required for a key that is new in this workspace, because no provider says which account a key belongs to. */
  account?: KeyAccount | null | undefined;
};

/** Whether the new key belongs to the account of the old one. */
const keyAccounts = ['SAME', 'OTHER'] as const;
export type KeyAccount = (typeof keyAccounts)[number];

/**
 * Replaces a connection's key. A key of the same provider account keeps the unlocks. With a key of another account the
 * connection continues with the unlocks of that account, of which a new one has none: what the old account bought would
 * be charged there again. Name, default, budgets and entries stay. The old key is overwritten; instances use it for at
 * most another half second.
 *
 * Throws FORBIDDEN, PLAN_REQUIRED, INVALID_INPUT (also where `account` is missing), NOT_FOUND, INVALID_KEY_FORMAT,
 * KEY_REFUSED or PLAN_WITHOUT_API (the old key stays), and ACCOUNT_CONFLICT where `account` contradicts what is known of
 * the key, or when one of the two keys is the sandbox's.
 */
export const rotateConnectionKey = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  caller: Caller,
  input: RotateConnectionKeyInput,
): Promise<Connection> => {
  authorizeConnection(caller, input.id);
  requireByokPlan(caller);
  const { id: connectionId, key: pasted, verify, account } = parseInput(inputSchema, input);
  const { workspaceId } = caller;
  const connection = await loadConnection(deps.database.db, workspaceId, connectionId);
  const { id, provider, sandbox, accountId } = connection;
  const parsed = deps.providerKeys.parse(provider, pasted);
  if (parsed.sandbox !== sandbox) throw sandboxConflict();
  const { key } = parsed;
  const fingerprint = await deps.vault.fingerprint(provider, key);
  const fingerprinted = { workspaceId, provider, fingerprint };
  const known = await knownAccount(deps.database.db, fingerprinted);
  const isSame = isSameAccount(account ?? null, known === null ? null : known === accountId);
  const check = await checkKey(deps.providerKeys, { provider, key, verify });
  const keySealed = deps.vault.seal({ workspaceId, kind: 'connection', id }, key);

  return deps.database.db.transaction(async (tx) => {
    const keyAccountId = await accountOfKey(tx, fingerprinted, isSame ? accountId : null);
    const before = await lockConnection(tx, workspaceId, id);
    const rows = await tx
      .update(connections)
      .set({ accountId: keyAccountId, keySealed, keyHint: hintOf(key), ...check })
      .where(isConnection(workspaceId, id))
      .returning(connectionColumns);
    const after = oneConnection(rows);
    // Two keys may end alike: the change is not visible in the hint.
    await recordChange(
      tx,
      caller,
      connectionChange('connection.rotate', before, after, { keyReplaced: true }),
    );
    return after;
  });
};

const inputSchema = z.object({
  id: z.string(),
  key: z
    .string('The key is missing: paste it.')
    .max(1_000, 'This is too long for a key: paste the key alone.'),
  verify: z.boolean().nullish(),
  account: z.enum(keyAccounts).nullish(),
});

/** Whether the key belongs to the connection's account. `known`: what earlier uses of the key say; null: it is new. */
const isSameAccount = (account: KeyAccount | null, known: boolean | null): boolean => {
  if (known === true && account === 'OTHER') throw knownAsSame();
  if (known === false && account !== 'OTHER') throw keyConflict('rotate with account: OTHER');
  if (known === null && account === null) throw accountMissing();
  return known ?? account === 'SAME';
};

const accountMissing = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    'This key is new here, and the provider does not say which account it belongs to: send account: SAME if it belongs to the account of the old key, whose unlocks stay free, or account: OTHER.',
    { field: ['account'] },
  );

const knownAsSame = (): GatewayError =>
  new GatewayError(
    'ACCOUNT_CONFLICT',
    'This key is known here as one of the same account as the old key: send account: SAME.',
    { field: ['account'] },
  );

const sandboxConflict = (): GatewayError =>
  new GatewayError(
    'ACCOUNT_CONFLICT',
    'A sandbox key and a real one are never one account: create a new connection with this key instead.',
    { field: ['key'] },
  );

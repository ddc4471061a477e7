import { and, eq, sql } from 'drizzle-orm';
import { accountKeys, accounts } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Vault } from './vault.js';

type KeyInWorkspace = { workspaceId: string; provider: string; fingerprint: Buffer };

/**
 * The account behind a key, created when the key is new. With `sameAs` the key becomes another key of that account; a
 * key that is known as another account's throws ACCOUNT_CONFLICT. Concurrent callers get the same account.
 */
export const accountOfKey = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  key: KeyInWorkspace,
  sameAs: string | null,
): Promise<string> => {
  const accountId = await knownAccount(db, key);
  const account = accountId ?? (await insertKey(db, key, sameAs)) ?? (await knownAccount(db, key));
  if (account === null) throw new Error('a key that another request had just stored has no account');
  if (sameAs !== null && account !== sameAs) {
    throw keyConflict('create a new connection with it, without sameAccountAs');
  }
  return account;
};

/** The account of a key; null for a new key. */
export const knownAccount = async (
  db: Pick<Drizzle, 'select'>,
  key: KeyInWorkspace,
): Promise<string | null> => {
  const [row] = await db
    .select({ accountId: accountKeys.accountId })
    .from(accountKeys)
    .where(
      and(
        eq(accountKeys.workspaceId, key.workspaceId),
        eq(accountKeys.provider, key.provider),
        eq(accountKeys.fingerprint, key.fingerprint),
      ),
    );
  return row?.accountId ?? null;
};

/**
 * One statement, so that an account is created only with its first key (foreign keys are checked at its end). Null
 * when another transaction stored the key first; it has committed by then.
 */
const insertKey = async (
  db: Pick<Drizzle, 'execute'>,
  key: KeyInWorkspace,
  sameAs: string | null,
): Promise<string | null> => {
  const rows = await db.execute<{ account_id: string }>(sql`
    with noted as (
      insert into ${accountKeys} (workspace_id, provider, fingerprint, account_id)
      values (${key.workspaceId}, ${key.provider}, ${sql.param(key.fingerprint, accountKeys.fingerprint)}, ${sameAs ?? newId()})
      on conflict do nothing
      returning workspace_id, provider, account_id
    ), made as (
      insert into ${accounts} (workspace_id, provider, id)
      select workspace_id, provider, account_id from noted where ${sameAs === null}
    )
    select account_id from noted`);
  return rows[0]?.account_id ?? null;
};

/** The error for a key of another account; `remedy` completes its message. */
export const keyConflict = (remedy: string): GatewayError =>
  new GatewayError(
    'ACCOUNT_CONFLICT',
    `This key is already known here as one of another account, with unlocks of its own: ${remedy}.`,
    { field: ['key'] },
  );

type ManagedAccount = { workspaceId: string; provider: string; sandbox: boolean };
type ManagedDeps = { database: Database; vault: Pick<Vault, 'fingerprint'> };

/**
 * The account that a workspace has with the operator's key, created when it is new. It is the workspace's own and
 * belongs to no key: other workspaces do not see what was bought through it, a replaced key changes nothing, and a
 * connection with the same key has another account. What the sandbox gave away never counts as bought.
 */
export const managedAccount = async (deps: ManagedDeps, account: ManagedAccount): Promise<string> =>
  accountOfKey(deps.database.db, await managedKey(deps, account), null);

/** As managedAccount, but null when the workspace has not used it yet. */
export const knownManagedAccount = async (
  deps: ManagedDeps,
  account: ManagedAccount,
): Promise<string | null> => knownAccount(deps.database.db, await managedKey(deps, account));

const managedKey = async (
  { vault }: ManagedDeps,
  { workspaceId, provider, sandbox }: ManagedAccount,
): Promise<KeyInWorkspace> => {
  // In the place of a key: no key contains a space.
  const text = `managed account${sandbox ? ' of the sandbox' : ''}`;
  return { workspaceId, provider, fingerprint: await vault.fingerprint(provider, text) };
};

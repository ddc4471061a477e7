import { and, eq, sql } from 'drizzle-orm';
import { accountKeys, accounts } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';

type KeyInWorkspace = { workspaceId: string; provider: string; fingerprint: Buffer };

/**
 * The account behind a key, found or made. With `sameAs` the key is noted as one more of that account; a key that
 * is already known as another's throws ACCOUNT_CONFLICT. Whoever comes at the same time gets the same account.
 */
export const accountOfKey = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  key: KeyInWorkspace,
  sameAs: string | null,
): Promise<string> => {
  const accountId = await knownAccount(db, key);
  const account = accountId ?? (await noteKey(db, key, sameAs)) ?? (await knownAccount(db, key));
  if (account === null) throw new Error('a key whose account another request had just noted has no account');
  if (sameAs !== null && account !== sameAs) throw conflict();
  return account;
};

/** The account that a key is known as; null for a new one. */
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
 * One statement, so that an account is made only along with its first key (foreign keys are checked at its end).
 * Null where another transaction noted the key first; it has committed by the time this is known.
 */
const noteKey = async (
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

const conflict = (): GatewayError =>
  new GatewayError(
    'ACCOUNT_CONFLICT',
    'This key is already known here as another account, with unlocks of its own: make a new connection with it instead, without "sameAccountAs".',
    { field: ['key'] },
  );

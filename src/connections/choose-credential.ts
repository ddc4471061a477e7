import { and, eq, isNull } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { authorise, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { type Database, isDatabaseLost } from '../platform/database.js';
import { within } from '../platform/deadline.js';
import { isId } from '../platform/ids.js';
import { rememberBriefly } from '../platform/remember-briefly.js';
import { accountOfKey } from './account-of-key.js';
import type { KeyDesk } from './key-desk.js';
import type { Vault } from './vault.js';

/** The key that pays for one ask, and whose account it is. It lives no longer than the ask. */
export type Credential = {
  key: string;
  accountId: string;
  /** Null where the caller sent the key along. */
  connectionId: string | null;
  payer: 'CONNECTION' | 'CALLER_KEY';
  sandbox: boolean;
};

/** What an ask says of who is to pay: the key sent with the request, the connection named in its options. */
export type CredentialWish = { provider: string; callerKey: string | null; connectionId: string | null };

export type CredentialChooser = (caller: Caller, wish: CredentialWish) => Promise<Credential>;

// A key disabled, deleted or rotated by any instance is used no longer than this; asks come by the thousand.
const rememberedMsMax = 500;
const loadTimeoutMs = 1_500;

/**
 * Makes the function that decides who pays for an ask, once and for all: the connection it names; else the key sent
 * with the request; else the workspace's default for the provider. An ask that names a connection is never paid by
 * anything else, so the name goes before the request's key, and what is wrong with it is never made good elsewhere.
 *
 * Throws NO_CONNECTION, CONNECTION_DISABLED, NOT_FOUND (unknown, deleted, or another workspace's), INVALID_INPUT
 * (a connection of another provider), INVALID_KEY_FORMAT, FORBIDDEN, and LEDGER_UNAVAILABLE within two seconds when
 * the database does not answer. The caller's own key is never stored, only its fingerprint, so that it meets the
 * account it belongs to.
 */
export const createCredentialChooser = (deps: {
  database: Database;
  vault: Vault;
  keyDesk: KeyDesk;
}): CredentialChooser => {
  const rememberStored = rememberBriefly<Credential>({ ageMsMax: rememberedMsMax, itemsMax: 10_000 });
  // An account once met by a fingerprint is its account for ever; the age only bounds how long an idle one is kept.
  const rememberAccount = rememberBriefly<string>({ ageMsMax: 3_600_000, itemsMax: 10_000 });

  const ofCaller = async (caller: Caller, provider: string, pasted: string): Promise<Credential> => {
    const { key, sandbox } = deps.keyDesk.parse(provider, pasted);
    const { workspaceId } = caller;
    const accountId = await answered(async () => {
      const fingerprint = await deps.vault.fingerprint(provider, key);
      return rememberAccount(`${workspaceId} ${provider} ${fingerprint.toString('base64')}`, () =>
        accountOfKey(deps.database.db, { workspaceId, provider, fingerprint }, null),
      );
    });
    return { key, accountId, connectionId: null, payer: 'CALLER_KEY', sandbox };
  };

  return async (caller, wish) => {
    authorise(caller, 'ask');
    if (wish.connectionId === null && wish.callerKey !== null) {
      return ofCaller(caller, wish.provider, wish.callerKey);
    }
    const key = `${caller.workspaceId} ${wish.provider} ${wish.connectionId ?? ''}`;
    return answered(() => rememberStored(key, () => openStored(deps, caller.workspaceId, wish)));
  };
};

const openStored = async (
  deps: { database: Database; vault: Vault; keyDesk: KeyDesk },
  workspaceId: string,
  wish: CredentialWish,
): Promise<Credential> => {
  const row = await loadConnection(deps.database, workspaceId, wish);
  if (row === null) throw wish.connectionId === null ? noConnection(wish.provider) : notFound();
  if (row.provider !== wish.provider) throw otherProvider(row.name, row.provider, wish.provider);
  if (row.disabledAt !== null || row.keySealed === null) throw disabled(row.name);
  const key = deps.vault.open({ workspaceId, connectionId: row.id }, row.keySealed);
  // Refuses a sandbox key that was stored while the sandbox was on and is asked for while it is off.
  if (row.sandbox) deps.keyDesk.parse(row.provider, key);
  return { key, accountId: row.accountId, connectionId: row.id, payer: 'CONNECTION', sandbox: row.sandbox };
};

const loadConnection = async ({ db }: Database, workspaceId: string, wish: CredentialWish) => {
  if (wish.connectionId !== null && !isId(wish.connectionId)) return null;
  const wanted =
    wish.connectionId === null
      ? and(eq(connections.provider, wish.provider), eq(connections.isDefault, true))
      : eq(connections.id, wish.connectionId);
  const [row] = await db
    .select({
      id: connections.id,
      name: connections.name,
      provider: connections.provider,
      accountId: connections.accountId,
      keySealed: connections.keySealed,
      sandbox: connections.sandbox,
      disabledAt: connections.disabledAt,
    })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), wanted, isNull(connections.deletedAt)));
  return row ?? null;
};

const answered = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await within(loadTimeoutMs, work(), storeUnavailable);
  } catch (error) {
    throw isDatabaseLost(error) ? storeUnavailable(error) : error;
  }
};

const noConnection = (provider: string): GatewayError =>
  new GatewayError(
    'NO_CONNECTION',
    `This workspace has no default connection for ${provider}: create one, make one the default, name one in the ask, or send your own key with the request.`,
  );

const disabled = (name: string): GatewayError =>
  new GatewayError(
    'CONNECTION_DISABLED',
    `The connection "${name}" is disabled: enable it, or name another one.`,
  );

const notFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
  );

const otherProvider = (name: string, provider: string, wanted: string): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `The connection "${name}" is one for ${provider}, and this ask goes to ${wanted}: name a connection for ${wanted}.`,
  );

const storeUnavailable = (cause?: unknown): GatewayError =>
  new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The gateway cannot reach its database, so nothing was asked and nothing spent: try again in a few seconds.',
    { retryAfterSeconds: 5, cause },
  );

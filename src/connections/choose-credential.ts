import { authorize, type Caller, mayUseOwnKeys, requireByokPlan } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { type Changes, createCachedLoader } from '../platform/cached-loader.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { accountOfKey, knownAccount, knownManagedAccount, managedAccount } from './account-of-key.js';
import type { ProviderKeys } from './provider-keys.js';
import type { ManagedKeys } from './managed-keys.js';
import { openConnection } from './open-connection.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import type { Vault } from './vault.js';

/** The key that pays for one ask, and whose account it is. It lives no longer than the ask. */
export type Credential = {
  key: string;
  accountId: string;
  /** Null where the caller sent the key along, or the operator pays. */
  connectionId: string | null;
  payer: 'CONNECTION' | 'CALLER_KEY' | 'MANAGED';
  sandbox: boolean;
};

/** OWN: never the operator's account. MANAGED: nothing else. */
export const payerChoices = ['OWN', 'MANAGED', 'ANY'] as const;
export type PayerChoice = (typeof payerChoices)[number];

/** What an ask says of who is to pay: the key sent with the request, the connection named in its options. */
export type CredentialRequest = {
  provider: string;
  callerKey: string | null;
  connectionId: string | null;
  /** ANY where it is left out. */
  payer?: PayerChoice | null | undefined;
  /** True: nothing is written; a key that was never seen has an account of which nothing is known. */
  peek?: boolean;
};

export type CredentialResolver = (caller: Caller, wish: CredentialRequest) => Promise<Credential>;

// A key disabled, deleted or rotated by another instance is used no longer than this; asks come by the thousand.
const rememberedMsMax = 500;

/**
 * Makes the function that decides who pays for an ask, once and for all: the connection it names; else the key sent
 * with the request; else the workspace's default for the provider; else, unless the ask says OWN, the operator's
 * account. An ask that names a connection is never paid by anything else, so the name goes before the request's key,
 * and what is wrong with it is never made good elsewhere. A default that is disabled is still the default: nothing
 * pays in its place. A workspace on the plan FREE has the operator's account alone.
 *
 * Throws NO_CONNECTION, CONNECTION_DISABLED, NOT_FOUND (unknown, deleted, or another workspace's), INVALID_INPUT
 * (a connection of another provider, or one named beside MANAGED), INVALID_KEY_FORMAT, PLAN_REQUIRED, FORBIDDEN, and
 * LEDGER_UNAVAILABLE within two seconds when the database does not answer. The caller's own key is never stored, only
 * its fingerprint, so that it meets the account it belongs to.
 */
export const createCredentialResolver = (deps: {
  database: Database;
  vault: Vault;
  providerKeys: ProviderKeys;
  managedKeys?: ManagedKeys;
  /** What this instance changes of a workspace's connections; the next ask goes by it. */
  changes?: Pick<Changes, 'countOf'>;
}): CredentialResolver => {
  const rememberStored = createCachedLoader<Credential>({ ttlMs: rememberedMsMax, max: 10_000 });
  // An account once met by a fingerprint is its account for ever; the age only bounds how long an idle one is kept.
  const rememberAccount = createCachedLoader<string>({ ttlMs: 3_600_000, max: 10_000 });

  const asOfNow = (workspaceId: string): number => deps.changes?.countOf(workspaceId) ?? 0;

  const ofCaller = async (
    caller: Caller,
    { provider, peek }: CredentialRequest,
    pasted: string,
  ): Promise<Credential> => {
    const { key, sandbox } = deps.providerKeys.parse(provider, pasted);
    const { workspaceId } = caller;
    const accountId = await withStoreTimeout(async () => {
      const fingerprint = await deps.vault.fingerprint(provider, key);
      const { db } = deps.database;
      if (peek) return (await knownAccount(db, { workspaceId, provider, fingerprint })) ?? newId();
      return rememberAccount(`${workspaceId} ${provider} ${fingerprint.toString('base64')}`, () =>
        accountOfKey(db, { workspaceId, provider, fingerprint }, null),
      );
    });
    return { key, accountId, connectionId: null, payer: 'CALLER_KEY', sandbox };
  };

  const stored = (
    { workspaceId }: Caller,
    { provider, connectionId }: CredentialRequest,
  ): Promise<Credential> =>
    withStoreTimeout(() =>
      rememberStored(`${workspaceId} ${asOfNow(workspaceId)} ${provider} ${connectionId ?? ''}`, () =>
        openConnection(deps, workspaceId, { provider, connectionId }),
      ),
    );

  const managed = async (
    { workspaceId, plan }: Caller,
    { provider, peek }: CredentialRequest,
  ): Promise<Credential> => {
    const own = deps.managedKeys?.[provider];
    if (own === undefined) throw noManagedAccount(provider, plan);
    const { key, sandbox } = own;
    const account = { workspaceId, provider, sandbox };
    const accountId = await withStoreTimeout(async () =>
      peek
        ? ((await knownManagedAccount(deps, account)) ?? newId())
        : rememberAccount(`${workspaceId} ${provider} managed ${sandbox}`, () =>
            managedAccount(deps, account),
          ),
    );
    return { key, accountId, connectionId: null, payer: 'MANAGED', sandbox };
  };

  const defaultOrManaged = async (caller: Caller, wish: CredentialRequest): Promise<Credential> => {
    try {
      return await stored(caller, wish);
    } catch (error) {
      const hasNone = error instanceof GatewayError && error.code === 'NO_CONNECTION';
      if (!hasNone || deps.managedKeys?.[wish.provider] === undefined) throw error;
      return await managed(caller, wish);
    }
  };

  return async (caller, wish) => {
    authorize(caller, 'enrich');
    const { connectionId, callerKey } = wish;
    if (wish.payer === 'MANAGED') {
      if (connectionId !== null) throw namedBesideManaged();
      return managed(caller, wish);
    }
    const namesOwn = connectionId !== null || callerKey !== null || wish.payer === 'OWN';
    if (namesOwn) requireByokPlan(caller);
    if (connectionId === null && callerKey !== null) return ofCaller(caller, wish, callerKey);
    if (namesOwn) return stored(caller, wish);
    return mayUseOwnKeys(caller) ? defaultOrManaged(caller, wish) : managed(caller, wish);
  };
};

const noManagedAccount = (provider: string, plan: Caller['plan']): GatewayError =>
  new GatewayError(
    'NO_CONNECTION',
    plan === 'FREE'
      ? `The operator of this gateway has no account for ${provider}, and the plan FREE covers no key of your own: ask the operator for either.`
      : `The operator of this gateway has no account for ${provider}: ask with a connection or a key of your own, and leave payer out.`,
  );

const namedBesideManaged = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    "A connection is named, and payer MANAGED lets the operator's account alone pay: leave out one of the two.",
  );

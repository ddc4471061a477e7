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

/** The key that pays for one lookup, and its account. It is not kept beyond the lookup. */
export type ResolvedCredential = {
  key: string;
  accountId: string;
  /** Null when the caller sent the key with the request, or the operator pays. */
  connectionId: string | null;
  payer: 'CONNECTION' | 'CALLER_KEY' | 'MANAGED';
  sandbox: boolean;
};

/** OWN: never the operator's account. MANAGED: only the operator's account. */
export type PayerChoice = 'OWN' | 'MANAGED' | 'ANY';

/** What a lookup says about who pays: the key sent with the request, the connection named in its options. */
type CredentialRequest = {
  provider: string;
  callerKey: string | null;
  connectionId: string | null;
  /** ANY by default. */
  payer?: PayerChoice | null | undefined;
  /** True: nothing is written, and a new key gets an account without unlocks. */
  peek?: boolean;
};

export type CredentialResolver = (caller: Caller, request: CredentialRequest) => Promise<ResolvedCredential>;

// A key disabled, deleted or rotated by another instance is used for at most this long.
const cacheMs = 500;

/**
 * Makes the function that decides who pays for a lookup: the connection it names; else the key sent with the request;
 * else the workspace's default for the provider; else, unless the lookup says OWN, the operator's account. A lookup
 * that names a connection is never paid by another payer: the name takes precedence over the request's key, and a fault
 * of that connection is an error. A disabled default stays the default: nothing pays in its place. A workspace on the
 * plan FREE has only the operator's account. For a token whose scope names connections, only these pay.
 *
 * Throws NO_CONNECTION, CONNECTION_DISABLED, NOT_FOUND (unknown, deleted, or another workspace's), INVALID_INPUT
 * (a connection of another provider, or one named with MANAGED), INVALID_KEY_FORMAT, PLAN_REQUIRED, FORBIDDEN, and
 * LEDGER_UNAVAILABLE within two seconds when the database does not answer. The caller's own key is never stored; its
 * fingerprint is, and finds its account.
 */
export const createCredentialResolver = (deps: {
  database: Database;
  vault: Vault;
  providerKeys: ProviderKeys;
  managedKeys?: ManagedKeys;
  /** Counts this instance's changes to a workspace's connections, so that the next lookup sees them. */
  changes?: Pick<Changes, 'countOf'>;
}): CredentialResolver => {
  const cachedConnection = createCachedLoader<ResolvedCredential>({ ttlMs: cacheMs, max: 10_000 });
  // The account of a fingerprint never changes; the time to live only limits how long an idle one is kept.
  const cachedAccount = createCachedLoader<string>({ ttlMs: 3_600_000, max: 10_000 });

  const versionOf = (workspaceId: string): number => deps.changes?.countOf(workspaceId) ?? 0;

  const ofCaller = async (
    caller: Caller,
    { provider, peek }: CredentialRequest,
    pasted: string,
  ): Promise<ResolvedCredential> => {
    const { key, sandbox } = deps.providerKeys.parse(provider, pasted);
    const { workspaceId } = caller;
    const accountId = await withStoreTimeout(async () => {
      const fingerprint = await deps.vault.fingerprint(provider, key);
      const { db } = deps.database;
      if (peek) return (await knownAccount(db, { workspaceId, provider, fingerprint })) ?? newId();
      return cachedAccount(`${workspaceId} ${provider} ${fingerprint.toString('base64')}`, () =>
        accountOfKey(db, { workspaceId, provider, fingerprint }, null),
      );
    });
    return { key, accountId, connectionId: null, payer: 'CALLER_KEY', sandbox };
  };

  const stored = (
    caller: Caller,
    { provider, connectionId }: CredentialRequest,
  ): Promise<ResolvedCredential> => {
    const { workspaceId, scopes } = caller;
    const scope = scopes.connections?.join(',') ?? '';
    const cacheKey = `${workspaceId} ${versionOf(workspaceId)} ${provider} ${connectionId ?? ''} ${scope}`;
    return withStoreTimeout(() =>
      cachedConnection(cacheKey, () => openConnection(deps, caller, { provider, connectionId })),
    );
  };

  const managed = async (
    { workspaceId, plan }: Caller,
    { provider, peek }: CredentialRequest,
  ): Promise<ResolvedCredential> => {
    const own = deps.managedKeys?.[provider];
    if (own === undefined) throw noManagedAccount(provider, plan);
    const { key, sandbox } = own;
    const account = { workspaceId, provider, sandbox };
    const accountId = await withStoreTimeout(async () =>
      peek
        ? ((await knownManagedAccount(deps, account)) ?? newId())
        : cachedAccount(`${workspaceId} ${provider} managed ${sandbox}`, () => managedAccount(deps, account)),
    );
    return { key, accountId, connectionId: null, payer: 'MANAGED', sandbox };
  };

  const defaultOrManaged = async (
    caller: Caller,
    request: CredentialRequest,
  ): Promise<ResolvedCredential> => {
    try {
      return await stored(caller, request);
    } catch (error) {
      const hasNone = error instanceof GatewayError && error.code === 'NO_CONNECTION';
      if (!hasNone || deps.managedKeys?.[request.provider] === undefined) throw error;
      return await managed(caller, request);
    }
  };

  return async (caller, request) => {
    authorize(caller, 'enrich');
    const { connectionId, callerKey } = request;
    if (caller.scopes.connections !== null) {
      if (request.payer === 'MANAGED') throw onlyConnections("The operator's account");
      if (connectionId === null && callerKey !== null) throw onlyConnections('A key sent with the request');
      requireByokPlan(caller);
      return stored(caller, request);
    }
    if (request.payer === 'MANAGED') {
      if (connectionId !== null) throw namedBesideManaged();
      return managed(caller, request);
    }
    const namesOwn = connectionId !== null || callerKey !== null || request.payer === 'OWN';
    if (namesOwn) requireByokPlan(caller);
    if (connectionId === null && callerKey !== null) return ofCaller(caller, request, callerKey);
    if (namesOwn) return stored(caller, request);
    return mayUseOwnKeys(caller) ? defaultOrManaged(caller, request) : managed(caller, request);
  };
};

const noManagedAccount = (provider: string, plan: Caller['plan']): GatewayError =>
  new GatewayError(
    'NO_CONNECTION',
    plan === 'FREE'
      ? `The operator of this gateway has no account for ${provider}, and the plan FREE covers no key of your own: ask the operator for either.`
      : `The operator of this gateway has no account for ${provider}: use a connection or a key of your own, and leave payer out.`,
  );

const onlyConnections = (payer: string): GatewayError =>
  new GatewayError(
    'FORBIDDEN',
    `${payer} may not pay for a token whose scope names connections: name one of them in options.connection, and leave out the key and payer MANAGED.`,
  );

const namedBesideManaged = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    "A connection is named, but payer MANAGED lets only the operator's account pay: leave out one of the two.",
  );

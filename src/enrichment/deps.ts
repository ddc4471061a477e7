import type { Caller } from '../access/caller.js';
import type { CallReport } from '../alerts/condition-watch.js';
import type { CredentialResolver } from '../connections/resolve-credential.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../platform/log.js';
import type { Call } from '../providers/provider.js';
import type { Provider, ProviderName, Providers } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import type { CircuitBreakers } from '../providers/circuit-breaker.js';
import type { SnapshotCache } from './snapshot-cache.js';

/** A balance that a provider reported beside a result; 0 where it refused because the account is out of credits. */
export type BalanceReading = {
  workspaceId: string;
  accountId: string;
  credits: bigint;
  source: 'REPORTED' | 'OUT_OF_CREDITS';
};

/** What a lookup needs. */
export type EnrichmentDeps = {
  providers: Providers;
  resolveCredential: CredentialResolver;
  ledger: Ledger;
  breakers: CircuitBreakers;
  /**
   * Counts lookups of a token against its limit a day: the first `granted` ones may start. Throws LEDGER_UNAVAILABLE.
   * `retryAfterSeconds`: how long the day lasts.
   */
  countLookups: (
    of: { workspaceId: string; tokenId: string },
    lookups: number,
  ) => Promise<{ granted: number; lookupsPerDay: bigint; retryAfterSeconds: number }>;
  /** A call with one key, within the provider's rate limit. One that yields lets the calls of others go first. */
  callWith: (provider: Provider, key: string, yields?: boolean) => Call;
  /** The stored waterfalls of the caller's workspace; null: there is none with that name, or no default. */
  waterfalls: {
    byName: (caller: Caller, name: string) => Promise<readonly Step[] | null>;
    defaultFor: (caller: Caller, records: 'COMPANIES' | 'PEOPLE') => Promise<readonly Step[] | null>;
  };
  /** The provider of a connection of the caller's workspace; null: there is no such connection. */
  providerOfConnection: (caller: Caller, connectionId: string) => Promise<ProviderName | null>;
  /** Receives every balance that a provider reports; nothing waits for it. */
  reportBalance?: (reading: BalanceReading) => void;
  /** Receives what each call says of its key and its provider; nothing waits for it. */
  reportCall?: ((call: CallReport) => void) | undefined;
  snapshotCache: SnapshotCache;
  /** The oldest snapshot to return where a lookup does not say; 0 keeps no snapshots. */
  snapshotMaxAgeSeconds: number;
  /** How long a lookup may take over all its steps. */
  lookupTimeoutMs: number;
  log: Log;
};

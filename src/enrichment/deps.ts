import type { Caller } from '../access/caller.js';
import type { CredentialResolver } from '../connections/choose-credential.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../platform/log.js';
import type { Call } from '../providers/provider.js';
import type { Provider, ProviderName, Providers } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import type { CircuitBreakers } from '../providers/circuit-breaker.js';

/** What a provider said by itself of an account's balance; 0 where it refused for want of credits. */
export type BalanceReading = {
  workspaceId: string;
  accountId: string;
  credits: bigint;
  source: 'REPORTED' | 'OUT_OF_CREDITS';
};

/** What the story of an ask needs. */
export type EnrichmentDeps = {
  providers: Providers;
  resolveCredential: CredentialResolver;
  ledger: Ledger;
  breakers: CircuitBreakers;
  /** Makes the calls of one key keep the provider's pace. */
  callWith: (provider: Provider, key: string) => Call;
  /** The stored waterfalls of the caller's workspace; null: there is none of that name, or no default. */
  waterfalls: {
    byName: (caller: Caller, name: string) => Promise<readonly Step[] | null>;
    defaultFor: (caller: Caller, records: 'COMPANIES' | 'PEOPLE') => Promise<readonly Step[] | null>;
  };
  /** Whose key a connection of the caller's workspace holds; null: it has no such connection. */
  providerOfConnection: (caller: Caller, connectionId: string) => Promise<ProviderName | null>;
  /** Hears of every balance that a provider reports; nothing waits for it. */
  reportBalance?: (reading: BalanceReading) => void;
  /** How old a snapshot may be where the ask does not say; 0 keeps none. */
  snapshotMaxAgeSeconds: number;
  /** How long an ask may take over all its steps. */
  lookupTimeoutMs: number;
  log: Log;
};

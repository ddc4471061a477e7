import type { BalanceRefresher } from '../balances/balance.js';
import type { ProviderKeys } from '../connections/provider-keys.js';
import type { ManagedProviders } from '../connections/managed-keys.js';
import type { Vault } from '../connections/vault.js';
import type { CircuitBreakers } from '../providers/circuit-breaker.js';
import type { Enrichment } from '../enrichment/lookup.js';
import type { QuoteVerb } from '../enrichment/quotes/quote.js';
import type { LookupRequest } from '../enrichment/lookup-request.js';
import type { Changes } from '../platform/cached-loader.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import type { Providers } from '../providers/catalogue.js';
import type { WaterfallFinder } from '../waterfalls/create-waterfall-finder.js';
import type { Loaders } from './loaders.js';

/** What the API needs of the gateway: the needs of the rooms it calls, side by side. */
export type GatewayApp = Enrichment & {
  quote: QuoteVerb;
  database: Database;
  clock: Clock;
  vault: Vault;
  providerKeys: ProviderKeys;
  /** Notified of every change to the connections of a workspace, so that it applies from the next lookup. */
  connectionChanges: Pick<Changes, 'note'>;
  providers: Providers;
  waterfalls: WaterfallFinder;
  breakers: Pick<CircuitBreakers, 'healthOf'>;
  refreshBalance: BalanceRefresher;
  /** The providers that the operator has a key for. */
  managed: ManagedProviders;
  /** Whether sandbox keys are taken. */
  sandbox: boolean;
};

/** What every resolver gets: the gateway, who asks, and the loaders of this one request. */
export type GatewayContext = {
  app: GatewayApp;
  lookupRequest: LookupRequest;
  loaders: Loaders;
};

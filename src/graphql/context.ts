import type { KeyDesk } from '../connections/key-desk.js';
import type { Vault } from '../connections/vault.js';
import type { Enrichment } from '../enrichment/create-enrichment.js';
import type { AskRequest } from '../enrichment/request.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Providers } from '../providers/catalogue.js';
import type { Loaders } from './loaders.js';

/** What the API needs of the gateway: the needs of the rooms it calls, side by side. */
export type GatewayApp = Enrichment & {
  database: Database;
  clock: Clock;
  vault: Vault;
  keyDesk: KeyDesk;
  providers: Providers;
  /** Whether sandbox keys are taken. */
  sandbox: boolean;
};

/** What every resolver gets: the gateway, who asks, and the loaders of this one request. */
export type GatewayContext = {
  app: GatewayApp;
  asking: AskRequest;
  loaders: Loaders;
};

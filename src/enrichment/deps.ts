import type { CredentialChooser } from '../connections/choose-credential.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../platform/log.js';
import type { Call, Provider } from '../providers/provider.js';
import type { Providers } from '../providers/catalogue.js';

/** What the story of an ask needs. */
export type EnrichmentDeps = {
  providers: Providers;
  chooseCredential: CredentialChooser;
  ledger: Ledger;
  /** Makes the calls of one key keep the provider's pace. */
  callWith: (provider: Provider, key: string) => Call;
  /** How old a snapshot may be where the ask does not say; 0 keeps none. */
  snapshotMaxAgeSeconds: number;
  log: Log;
};

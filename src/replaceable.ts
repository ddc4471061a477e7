import type { EnrichmentDeps } from './enrichment/deps.js';
import type { Ledger } from './ledger/ledger.js';
import type { Clocks } from './platform/elapsed.js';
import type { Clock } from './platform/time.js';
import type { Providers } from './providers/catalogue.js';
import type { RateLimiter } from './rate-limit/rate-limiter.js';
import type { SandboxOptions } from './sandbox/start-sandbox.js';

/** What tests and benchmarks replace before anything is connected to it. */
export type Replaceable = {
  clock: Clock;
  /** What the lifetimes of reservations go by. */
  clocks: Clocks;
  ledger: Ledger;
  providers: Providers;
  rateLimiter: RateLimiter;
  resolveCredential: EnrichmentDeps['resolveCredential'];
  reportBalance: NonNullable<EnrichmentDeps['reportBalance']>;
  sandboxOptions: SandboxOptions;
  /** False: no scheduled work runs. */
  maintenance: boolean;
  /** False: an empty database gets no demo. */
  demo: boolean;
};

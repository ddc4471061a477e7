import { collectDefaultMetrics, Registry } from 'prom-client';
import type { DeliveryDeps } from '../../alerts/outbox.js';
import type { Enrichment } from '../../enrichment/lookup.js';
import type { SnapshotCache } from '../../enrichment/snapshot-cache.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Database } from '../../platform/database.js';
import type { Standby } from '../../platform/standby.js';
import type { CircuitBreakers } from '../../providers/circuit-breaker.js';
import type { Subscriptions } from '../../subscriptions/subscriptions.js';
import { createMeters } from './meter.js';
import { meterLookups } from './meter-enrichment.js';
import { type FinishedRequest, meterHttp, meterSubscriptions, meterTokens } from './meter-http.js';
import { meterJobs } from './meter-jobs.js';
import { meterLedger, meterSnapshotCache } from './meter-ledger.js';
import { meterPresumedCharges } from './meter-presumed.js';
import { meterAlerts, meterBatches, meterProcess, meterStandby } from './meter-process.js';
import { meterProviders, type ProviderMeters } from './meter-providers.js';

export type Metrics = ProviderMeters & {
  /** The same ledger, whose results are counted. */
  meterLedger: (ledger: Ledger) => Ledger;
  /** The same cache, whose size is shown. */
  meterSnapshotCache: (cache: SnapshotCache) => SnapshotCache;
  /** The same lookups, whose results are counted. */
  meterEnrichment: (enrichment: Enrichment) => Enrichment;
  /** The same standby, whose reads are counted; null if there is none. */
  meterStandby: (standby: Standby | null) => Standby | null;
  /** Counts and measures a request to the gateway. */
  meterRequest: (request: FinishedRequest) => void;
  /** Counts a request that was refused because of its token. */
  meterTokenRefusal: (reason: string) => void;
  /** Counts the result of an attempt to deliver an alert. */
  meterAlert: DeliveryDeps['onAttempt'];
  /** All metrics in Prometheus' text format. */
  text: () => Promise<string>;
  /** Stops collection. prom-client's own observers of the event loop and of garbage collection end with the process. */
  close: () => void;
};

/** What is read at each scrape. */
export type MeteredGateway = {
  version: string;
  database: Pick<Database, 'poolCounts' | 'db'>;
  breakers: Pick<CircuitBreakers, 'states'>;
  subscriptions: Pick<Subscriptions, 'count'>;
};

/**
 * Creates the metrics of one gateway, in a registry of its own. They identify no workspace, person, record or key:
 * labels are words of this gateway (provider, outcome, payer, operation), so each has few values.
 */
export const createMetrics = ({ version, database, breakers, subscriptions }: MeteredGateway): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const meters = createMeters(registry);
  const providerOf = new Map<string, string>();

  const stopBatches = meterBatches(meters);
  const stopJobs = meterJobs(meters, database);
  meterProcess(meters, { version, poolCounts: database.poolCounts });
  meterSubscriptions(meters, subscriptions);
  meterPresumedCharges(meters, database);
  return {
    meterEnrichment: meterLookups(meters),
    meterLedger: meterLedger(meters, providerOf),
    meterSnapshotCache: meterSnapshotCache(meters),
    meterStandby: meterStandby(meters),
    meterRequest: meterHttp(meters),
    meterTokenRefusal: meterTokens(meters),
    meterAlert: meterAlerts(meters),
    ...meterProviders(meters, breakers, providerOf),
    text: () => registry.metrics(),
    close: () => {
      stopBatches();
      stopJobs();
      registry.clear();
    },
  };
};

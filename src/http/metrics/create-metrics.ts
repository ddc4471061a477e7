import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Enrichment } from '../../enrichment/lookup.js';
import type { Ledger } from '../../ledger/ledger.js';
import { batchRun } from '../../platform/batcher.js';
import type { CircuitBreakers } from '../../providers/circuit-breaker.js';
import { meterLedger } from './meter-ledger.js';

export type Metrics = {
  /** The same ledger, whose results are counted. */
  meterLedger: (ledger: Ledger) => Ledger;
  /** The same lookups, whose results are counted. */
  meterEnrichment: (enrichment: Enrichment) => Enrichment;
  /** All metrics in Prometheus' text format. */
  text: () => Promise<string>;
  /** Stops collection. prom-client's own observers of the event loop and of garbage collection end with the process. */
  close: () => void;
};

const prefix = 'firmable_gateway';
const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45];
const batchBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/**
 * Creates the metrics of one gateway, in a registry of its own. They identify no workspace, person, record or key:
 * labels are words of this gateway (provider, outcome, payer, operation).
 */
export const createMetrics = (breakers: Pick<CircuitBreakers, 'states'>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const lookups = new Counter({
    name: `${prefix}_lookups_total`,
    help: 'Finished lookups by operation and outcome.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const meters = {
    attempts: new Counter({
      name: `${prefix}_attempts_total`,
      help: 'Steps of lookups by provider, outcome and source: a call, a snapshot, or none.',
      labelNames: ['provider', 'outcome', 'source'],
      registers,
    }),
    charged: new Counter({
      name: `${prefix}_credits_charged_total`,
      help: 'Credits charged by provider and payer.',
      labelNames: ['provider', 'payer'],
      registers,
    }),
    saved: new Counter({
      name: `${prefix}_credits_saved_total`,
      help: 'Credits saved by provider, because the record was unlocked already.',
      labelNames: ['provider'],
      registers,
    }),
    duration: new Histogram({
      name: `${prefix}_provider_call_duration_seconds`,
      help: 'Duration of provider calls, with the wait for a permit.',
      labelNames: ['provider'],
      buckets: durationBuckets,
      registers,
    }),
    providerOf: new Map<string, string>(),
  };
  const batchItems = new Histogram({
    name: `${prefix}_batch_items`,
    help: 'Items that share one database statement.',
    buckets: batchBuckets,
    registers,
  });
  // The registry collects it at each scrape.
  void new Gauge({
    name: `${prefix}_circuit_breakers_open`,
    help: 'Provider accounts whose circuit breaker is open or half-open, by provider.',
    labelNames: ['provider'],
    registers,
    collect() {
      for (const provider of meters.providerOf.values()) this.set({ provider }, 0);
      for (const [accountId, { state }] of breakers.states()) {
        const provider = meters.providerOf.get(accountId);
        if (state !== 'CLOSED' && provider !== undefined) this.inc({ provider });
      }
    },
  });

  const onBatch = (items: unknown): void => batchItems.observe(typeof items === 'number' ? items : 0);
  subscribe(batchRun, onBatch);
  return {
    meterLedger: (ledger) => meterLedger(ledger, meters),
    meterEnrichment: (enrichment) => meterEnrichment(enrichment, lookups),
    text: () => registry.metrics(),
    close: () => {
      unsubscribe(batchRun, onBatch);
      registry.clear();
    },
  };
};

const meterEnrichment = (enrichment: Enrichment, lookups: Counter<'operation' | 'outcome'>): Enrichment => {
  const count = <Result extends { outcome: string }>(operation: string, result: Result): Result => {
    lookups.inc({ operation, outcome: result.outcome });
    return result;
  };
  return {
    ...enrichment,
    lookUpCompany: async (...given) => count('COMPANY', await enrichment.lookUpCompany(...given)),
    lookUpPerson: async (...given) => count('PERSON', await enrichment.lookUpPerson(...given)),
    lookUpCompanies: async (...given) =>
      (await enrichment.lookUpCompanies(...given)).map((result) => count('COMPANY', result)),
    lookUpPeople: async (...given) =>
      (await enrichment.lookUpPeople(...given)).map((result) => count('PERSON', result)),
    searchPeople: async (...given) => count('PEOPLE_SEARCH', await enrichment.searchPeople(...given)),
  };
};

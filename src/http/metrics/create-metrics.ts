import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CircuitBreakers } from '../../providers/circuit-breaker.js';
import type { Enrichment } from '../../enrichment/lookup.js';
import type { Ledger } from '../../ledger/ledger.js';
import { groupRun } from '../../platform/batcher.js';
import { createProcessSeries } from './create-process-series.js';
import { meterEnrichment } from './meter-enrichment.js';
import { meterLedger } from './meter-ledger.js';
import { createCounter, createGauge, createHistogram } from './series.js';

export type Metrics = {
  /** The same ledger, whose moves are counted. */
  meterLedger: (ledger: Ledger) => Ledger;
  /** The same verbs, whose answers are counted. */
  meterEnrichment: (enrichment: Enrichment) => Enrichment;
  /** Everything counted so far, as Prometheus reads it. */
  text: () => string;
  close: () => void;
};

const prefix = 'firmable_gateway';
const secondBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45] as const;
const groupBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/**
 * Counts what this process does. Nothing of it tells of a workspace, a person, a record or a key: the labels are words
 * of this gateway (provider, outcome, payer, operation) and nothing else.
 */
export const createMetrics = (breakers: Pick<CircuitBreakers, 'states'>): Metrics => {
  const asks = createCounter(`${prefix}_asks_total`, 'Asks answered, by operation and outcome.');
  const attempts = createCounter(
    `${prefix}_attempts_total`,
    'Steps of asks, by provider and outcome; from "snapshot" or by a "call", or "none" where nothing was asked.',
  );
  const charged = createCounter(`${prefix}_credits_charged_total`, 'Credits charged, by provider and payer.');
  const saved = createCounter(
    `${prefix}_credits_saved_total`,
    'Credits not charged because the record was there already.',
  );
  const seconds = createHistogram(
    `${prefix}_call_seconds`,
    'How long calls to a provider took, waiting for their turn included.',
    secondBounds,
  );
  const groups = createHistogram(
    `${prefix}_group_items`,
    'How many items shared one statement of the database.',
    groupBounds,
  );
  const providerOf = new Map<string, string>();
  const open = createGauge(
    `${prefix}_breakers_open`,
    'Provider accounts that are not asked for the time being, by provider.',
    () => {
      const counts = new Map([...new Set(providerOf.values())].map((provider) => [provider, 0]));
      for (const [accountId, { state }] of breakers.states()) {
        const provider = providerOf.get(accountId);
        if (state !== 'CLOSED' && provider !== undefined)
          counts.set(provider, (counts.get(provider) ?? 0) + 1);
      }
      return [...counts].map(([provider, count]) => [{ provider }, count] as const);
    },
  );
  const ofProcess = createProcessSeries();
  const onGroup = (items: unknown): void => groups.observe({}, typeof items === 'number' ? items : 0);
  subscribe(groupRun, onGroup);
  return {
    meterLedger: (ledger) => meterLedger(ledger, { attempts, charged, saved, seconds, providerOf }),
    meterEnrichment: (enrichment) => meterEnrichment(enrichment, asks),
    text: () =>
      [asks, attempts, charged, saved, seconds, open, groups, ...ofProcess.series]
        .map((series) => `${series.text()}\n`)
        .join(''),
    close: () => {
      unsubscribe(groupRun, onGroup);
      ofProcess.close();
    },
  };
};

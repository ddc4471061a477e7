import type { SnapshotCache } from '../../enrichment/snapshot-cache.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { EntryLabels } from '../../ledger/types.js';
import type { Meters } from './meter.js';

const accountsMax = 10_000;

const providerOf = (labels: Pick<EntryLabels, 'provider'>): string => labels.provider ?? 'none';

/** A counter cannot decrease, and prom-client throws if it should: a correction below zero counts as nothing. */
const toCount = (credits: bigint): number => Math.max(0, Number(credits));

const callBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45];

/**
 * Makes the function that counts the entries of a ledger: each step of a lookup has exactly one of these results. It notes the
 * provider of each account that was called in `providerOf`.
 */
export const meterLedger = (
  { counter, histogram }: Meters,
  providerOfAccount: Map<string, string>,
): ((ledger: Ledger) => Ledger) => {
  const attempts = counter(
    'attempts_total',
    'Steps of lookups by provider, outcome and source: a call, a snapshot, or none.',
    ['provider', 'outcome', 'source'],
  );
  const charged = counter('credits_charged_total', 'Credits charged by provider and payer.', [
    'provider',
    'payer',
  ]);
  const saved = counter(
    'credits_saved_total',
    'Credits saved by provider, because the record was unlocked already.',
    ['provider'],
  );
  const duration = histogram(
    'provider_call_duration_seconds',
    'Duration of provider calls, with the wait for a permit, redirects and retries.',
    ['provider'],
    callBuckets,
  );
  const snapshots = counter(
    'snapshot_reads_total',
    'Snapshots that answered lookups, by where they were read: the cache of the process, or the database.',
    ['source'],
  );
  const attempt = (labels: EntryLabels, outcome: string, source: 'call' | 'snapshot' | 'none'): void =>
    attempts.inc({ provider: providerOf(labels), outcome, source });

  return (ledger) => ({
    ...ledger,
    reserve: async (request) => {
      const reserved = await ledger.reserve(request);
      if (reserved.status === 'OVER_BUDGET') attempt(request.labels, 'REFUSED', 'none');
      if (reserved.status === 'HIT') {
        attempt(request.labels, 'FOUND', 'snapshot');
        snapshots.inc({ source: reserved.body === null ? 'cache' : 'database' });
        saved.inc({ provider: providerOf(request.labels) }, toCount(reserved.unlock.price));
      }
      return reserved;
    },
    settle: async (settlement, raw) => {
      const { labels, accountId } = settlement.reservation;
      const provider = providerOf(labels);
      if (providerOfAccount.size < accountsMax) providerOfAccount.set(accountId, provider);
      duration.observe({ provider }, settlement.latencyMs / 1_000);
      const settled = await ledger.settle(settlement, raw);
      attempt(labels, settlement.outcome, 'call');
      charged.inc({ provider, payer: labels.payer ?? 'none' }, toCount(settled.credits));
      saved.inc({ provider }, toCount(settled.saved));
      return settled;
    },
    recordHits: async (cached) => {
      const unlocks = await ledger.recordHits(cached);
      const found = unlocks.filter((unlock) => unlock !== null);
      const provider = providerOf(cached.labels);
      attempts.inc({ provider, outcome: 'FOUND', source: 'snapshot' }, found.length);
      snapshots.inc({ source: 'cache' }, found.length);
      saved.inc({ provider }, toCount(found.reduce((sum, { price }) => sum + price, 0n)));
      return unlocks;
    },
    recordEntry: async (entry) => {
      await ledger.recordEntry(entry);
      attempt(entry.labels, entry.outcome, 'none');
      if (entry.unlock !== null)
        saved.inc({ provider: providerOf(entry.labels) }, toCount(entry.unlock.price));
    },
  });
};

/** Makes the function that shows the size of a cache of snapshots. */
export const meterSnapshotCache =
  ({ gauge }: Meters) =>
  (cache: SnapshotCache): SnapshotCache => {
    gauge('snapshot_cache_bytes', 'Memory of the snapshots that the process keeps.', [], (kept) =>
      kept.set(cache.size().bytes),
    );
    return cache;
  };

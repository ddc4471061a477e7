import type { Counter, Histogram } from 'prom-client';
import type { Ledger } from '../../ledger/ledger.js';
import type { EntryLabels } from '../../ledger/types.js';

type Meters = {
  attempts: Counter<'provider' | 'outcome' | 'source'>;
  charged: Counter<'provider' | 'payer'>;
  saved: Counter<'provider'>;
  duration: Histogram<'provider'>;
  /** The provider of each account that was called. */
  providerOf: Map<string, string>;
};

const accountsMax = 10_000;

const providerOf = (labels: EntryLabels): string => labels.provider ?? 'none';

/** A counter cannot decrease, and prom-client throws if it should: a correction below zero counts as nothing. */
const toCount = (credits: bigint): number => Math.max(0, Number(credits));

/** The same ledger, whose entries are counted: each step of a lookup has exactly one of these results. */
export const meterLedger = (ledger: Ledger, meters: Meters): Ledger => {
  const { attempts, charged, saved, duration } = meters;
  const attempt = (labels: EntryLabels, outcome: string, source: 'call' | 'snapshot' | 'none'): void =>
    attempts.inc({ provider: providerOf(labels), outcome, source });

  return {
    ...ledger,
    reserve: async (request) => {
      const reserved = await ledger.reserve(request);
      if (reserved.status === 'OVER_BUDGET') attempt(request.labels, 'REFUSED', 'none');
      if (reserved.status === 'HIT') {
        attempt(request.labels, 'FOUND', 'snapshot');
        saved.inc({ provider: providerOf(request.labels) }, toCount(reserved.unlock.price));
      }
      return reserved;
    },
    settle: async (settlement, raw) => {
      const { labels, accountId } = settlement.reservation;
      const provider = providerOf(labels);
      if (meters.providerOf.size < accountsMax) meters.providerOf.set(accountId, provider);
      duration.observe({ provider }, settlement.latencyMs / 1_000);
      const settled = await ledger.settle(settlement, raw);
      attempt(labels, settlement.outcome, 'call');
      charged.inc({ provider, payer: labels.payer ?? 'none' }, toCount(settled.credits));
      saved.inc({ provider }, toCount(settled.saved));
      return settled;
    },
    recordEntry: async (entry) => {
      await ledger.recordEntry(entry);
      attempt(entry.labels, entry.outcome, 'none');
      if (entry.unlock !== null)
        saved.inc({ provider: providerOf(entry.labels) }, toCount(entry.unlock.price));
    },
  };
};

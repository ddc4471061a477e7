import type { Labels as LedgerLabels } from '../../ledger/types.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Counter, Histogram } from './series.js';

type Meters = {
  attempts: Counter;
  charged: Counter;
  saved: Counter;
  seconds: Histogram;
  /** Whose account each is that was called. */
  providerOf: Map<string, string>;
};

const accountsMax = 10_000;

const provider = (labels: LedgerLabels): string => labels.provider ?? 'none';

/** The same ledger, whose every entry is counted: each step of an ask ends in exactly one of these ways. */
export const meterLedger = (ledger: Ledger, meters: Meters): Ledger => {
  const { attempts, charged, saved, seconds, providerOf } = meters;
  const attempt = (labels: LedgerLabels, outcome: string, from: 'call' | 'snapshot' | 'none'): void =>
    attempts.add({ provider: provider(labels), outcome, from });

  return {
    ...ledger,
    reserve: async (ask) => {
      const reserved = await ledger.reserve(ask);
      if (reserved.status === 'OVER_BUDGET') attempt(ask.labels, 'REFUSED', 'none');
      if (reserved.status === 'HIT') {
        attempt(ask.labels, 'FOUND', 'snapshot');
        saved.add({ provider: provider(ask.labels) }, Number(reserved.unlock.price));
      }
      return reserved;
    },
    settle: async (settlement, raw) => {
      const { labels, accountId } = settlement.reservation;
      if (providerOf.size < accountsMax) providerOf.set(accountId, provider(labels));
      seconds.observe({ provider: provider(labels) }, settlement.latencyMs / 1_000);
      const settled = await ledger.settle(settlement, raw);
      attempt(labels, settlement.outcome, 'call');
      charged.add({ provider: provider(labels), payer: labels.payer ?? 'none' }, Number(settled.credits));
      saved.add({ provider: provider(labels) }, Number(settled.saved));
      return settled;
    },
    note: async (note) => {
      await ledger.note(note);
      attempt(note.labels, note.outcome, 'none');
      if (note.unlock !== null) saved.add({ provider: provider(note.labels) }, Number(note.unlock.price));
    },
  };
};

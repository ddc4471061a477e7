import { explainUnknown } from '../enrichment/explain.js';
import type { SnapshotKey } from '../enrichment/lookup-result.js';
import type { Charge, Outcome } from '../ledger/types.js';
import { providerNames, type Providers } from '../providers/catalogue.js';
import type { RowGroup } from './group-rows.js';
import type { RowLookup, RowSearch } from './search-row.js';
import type { StoredResult } from './recover-rows.js';

/** The result of a row, to be stored. */
export type FinishedRow = {
  number: number;
  outcome: Outcome;
  charge: Charge;
  credits: bigint;
  saved: bigint;
  lookupId: string | null;
  /** The provider of the record, or the last that was called; null where none was. */
  provider: string | null;
  problem: string | null;
  message: string | null;
  duplicateOf: number | null;
  snapshots: readonly SnapshotKey[];
  people: readonly unknown[] | null;
  /**
   * True: other lookups of this row may have cost something, so its credits are the sum of its entries. A search may follow the
   * lookup of its company, an instance that was taken for dead may go on, and a presumed charge may be corrected meanwhile.
   */
  sumsEntries: boolean;
};

/** The result of a lookup as that of its row. */
export const resultOf = (
  { outcome, problem, receipt, calls, snapshots, ...found }: RowLookup | RowSearch,
  { by }: RowGroup,
) => ({
  outcome,
  charge: receipt.charge,
  credits: receipt.creditsCharged,
  saved: receipt.creditsSaved,
  lookupId: receipt.id,
  provider:
    outcome === 'FOUND'
      ? receipt.provider
      : (calls.findLast(({ called }) => called !== null)?.called ?? null),
  problem: problem?.code ?? null,
  message: Object.keys(by).length === 0 ? noIdentifier : (problem?.message ?? null),
  snapshots,
  people: 'people' in found ? found.people : null,
});

const noIdentifier = 'This row has no identifier: fill in one of the columns that identify it.';

/** The result of a row that repeats an earlier one of its chunk. It has no entry of its own and costs nothing. */
export const duplicateOf = (first: number, number: number, result: StoredResult): FinishedRow => ({
  number,
  outcome: result.outcome,
  charge:
    result.outcome === 'FOUND' ? 'ALREADY_UNLOCKED' : result.outcome === 'NOT_FOUND' ? 'NOT_FOUND' : 'NONE',
  credits: 0n,
  saved: 0n,
  lookupId: null,
  provider: result.provider,
  problem: result.problem,
  message: result.message,
  duplicateOf: first,
  snapshots: result.snapshots,
  people: result.people,
  sumsEntries: false,
});

/** A row that may have been charged by a provider that charges for every fetch: looking it up again might cost it again. */
export const presumedRow = (
  providers: Providers,
  { lookupId, provider: name }: { lookupId: string; provider: string | null },
): Omit<FinishedRow, 'number'> => {
  const provider = providerNames.find((one) => one === name);
  const why = provider === undefined ? null : explainUnknown('PROVIDER_TIMEOUT', providers[provider]);
  return {
    outcome: 'UNKNOWN',
    charge: 'PRESUMED',
    credits: 0n,
    saved: 0n,
    lookupId,
    provider: name,
    problem: why?.code ?? null,
    message: why?.message ?? null,
    duplicateOf: null,
    snapshots: [],
    people: null,
    sumsEntries: true,
  };
};

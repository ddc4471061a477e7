import type { Charge, Outcome } from '../ledger/types.js';
import type { SnapshotKey } from '../enrichment/lookup-result.js';
import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Lease } from './chunks.js';

/** The result of a row that is stored, as far as a duplicate repeats it. */
export type StoredResult = {
  number: number;
  outcome: Outcome;
  charge: Charge;
  provider: string | null;
  problem: string | null;
  message: string | null;
  snapshots: readonly SnapshotKey[];
  people: readonly unknown[] | null;
};

/** What earlier runs of a chunk have left, by number of the row. */
export type EarlierRuns = {
  /** Rows that have their result. */
  finished: ReadonlyMap<number, StoredResult>;
  /** Rows that were looked up, with or without a result: they may have cost something. */
  lookedUp: ReadonlySet<number>;
  /** Rows whose lookup is in flight elsewhere, or was when its instance died: the reservation ends by itself. */
  held: ReadonlySet<number>;
  /** Rows for which a provider that charges for every fetch may have charged: they are not looked up again. */
  presumed: ReadonlyMap<number, { lookupId: string; provider: string | null }>;
};

export const noEarlierRuns: EarlierRuns = {
  finished: new Map(),
  lookedUp: new Set(),
  held: new Set(),
  presumed: new Map(),
};

/** Reads what earlier runs of the chunk have done with its rows, from the results and from the ledger. */
export const readEarlierRuns = async (
  sql: Sql,
  { workspaceId, jobId }: Lease,
  { from, to }: { from: number; to: number },
): Promise<EarlierRuns> => {
  type Reserved = {
    number: number;
    held: boolean;
    presumed: boolean;
    lookup_id: string;
    provider: string | null;
  };
  // Reservations are read before entries: a settlement ends the one and writes the other together.
  const reserved = await withQueryTimeout(sql<Reserved[]>`
    select job_row as number, state = 'HELD' as held, state <> 'HELD' and refetch_credits > 0 and credits > 0 as presumed,
      lookup_id, provider
    from reservations
    where workspace_id = ${workspaceId} and job_id = ${jobId} and job_row between ${from} and ${to}`);
  const [finished, entries] = await Promise.all([
    withQueryTimeout(sql<StoredResult[]>`
      select number, outcome, charge, provider, problem, message, snapshots, people
      from job_rows
      where workspace_id = ${workspaceId} and job_id = ${jobId} and number between ${from} and ${to}`),
    withQueryTimeout(sql<{ number: number }[]>`
      select distinct job_row as number from entries
      where workspace_id = ${workspaceId} and job_id = ${jobId} and job_row between ${from} and ${to}`),
  ]);
  return {
    finished: new Map(finished.map((row) => [row.number, row])),
    lookedUp: new Set([...entries, ...reserved].map(({ number }) => number)),
    held: new Set(reserved.filter(({ held }) => held).map(({ number }) => number)),
    presumed: new Map(
      reserved
        .filter(({ presumed }) => presumed)
        .map(({ number, lookup_id: lookupId, provider }) => [number, { lookupId, provider }]),
    ),
  };
};

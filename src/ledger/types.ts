import type { presumedCause } from '../../schema/tables/index.js';

export type Outcome = 'FOUND' | 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN';
export type Charge = 'CHARGED' | 'ALREADY_UNLOCKED' | 'FREE' | 'NOT_FOUND' | 'PRESUMED' | 'NONE';

/** Why a charge is presumed; see the table entries. */
export type PresumedCause = (typeof presumedCause.enumValues)[number];

/** How a lookup key leads to its record; see the table unlock_keys. */
export type IdentifierSource = 'RESOLVED' | 'DECLARED' | 'REPORTED';

/** Who looked up what for which purpose. The ledger stores them; reports group by them. */
export type EntryLabels = {
  /** The lookup that this is a step of: the id of its first step's entry. */
  lookupId: string;
  /** The number of the step, from 1. */
  step: number;
  operation: string;
  provider: string | null;
  connectionId: string | null;
  payer: string | null;
  sandbox: boolean;
  tokenId: string;
  workflow: string | null;
  /** The job, and the number of its row; null outside of jobs. */
  jobId: string | null;
  jobRow: number | null;
};

/** A request to reserve credits for one provider call. */
export type ReservationRequest = {
  workspaceId: string;
  /** The id of the reservation, and of the entry that settles it. */
  id: string;
  accountId: string;
  /** What is to be fetched, as an opaque key: one call at a time for each key and variant. */
  lookupKey: string;
  variant: string;
  /** The most that the call can cost. */
  credits: bigint;
  /** The most that it can cost when the record is unlocked: 0, except with providers that charge for every fetch. */
  refetchCredits: bigint;
  /**
   * Whether a call goes out by the lookup key even where a record is known by it. It may find another record, so it
   * reserves the full price.
   */
  looksUpAgain: boolean;
  /** False: return NEEDS_CREDITS instead of reserving any. */
  mayCharge: boolean;
  /** The oldest snapshot that is acceptable. */
  maxAgeSeconds: number;
  /** The snapshot that the caller has, if any: a HIT of the same one has no body. */
  cached?: SnapshotVersion | null;
  labels: EntryLabels;
};

/**
 * Which snapshot a body is. Snapshots of one batch have the same instant, so it needs both. `fetchedAt` is PostgreSQL's
 * text, because a Date has no microseconds.
 */
export type SnapshotVersion = { unlockId: string; fetchedAt: string };

export type Unlock = { id: string; recordKey: string; price: bigint; unlockedAt: Date };

/** The unlock that the lookup key of a request leads to. */
export type KnownUnlock = Unlock & { source: IdentifierSource };

export type FullBudget = {
  id: string;
  name: string;
  limit: bigint;
  spent: bigint;
  reserved: bigint;
  /** Null for a budget without a period. */
  renewsAt: Date | null;
  /** Whether only the operator can raise it. */
  setByOperator: boolean;
  /** It is the maxCredits of the job that the lookup is for. */
  ofJob?: true;
};

/** The result of a reservation; see the SQL function reserve_credits. */
export type Reservation =
  /** `body` is null if the snapshot is the one that the request has. */
  | { status: 'HIT'; unlock: KnownUnlock; body: string | null; fetchedAt: Date; version: SnapshotVersion }
  | { status: 'RESERVED'; credits: bigint; unlock: KnownUnlock | null; lifetime: Lifetime }
  /** `refetched`: the known record, if the call in flight fetches it by its own id. */
  | { status: 'WAIT'; reservationId: string; refetched: KnownUnlock | null }
  | { status: 'NEEDS_CREDITS'; unlock: KnownUnlock | null }
  | { status: 'OVER_BUDGET' | 'BUDGET_RESERVED' | 'REFETCH'; budget: FullBudget }
  | { status: 'RETRY' };

/** How long this process may rely on a reservation that it holds. */
export type Lifetime = {
  /**
   * Milliseconds, counted by the monotonic and the wall clock of this process, whichever counts more, and less than
   * PostgreSQL still allows. 0 or below: another instance may expire the reservation and make the same call.
   */
  leftMs: () => number;
};

/** What identifies a reservation. */
export type ReservationKey = Pick<ReservationRequest, 'workspaceId' | 'id'>;

/** The result of a provider call, which settles its reservation. */
export type Settlement = {
  /** The request as it was reserved. */
  reservation: ReservationRequest;
  problem: string | null;
  latencyMs: number;
  /** What the provider reports as charged; null when it reports nothing, and the price decides. */
  charged: bigint | null;
} & (
  | {
      outcome: 'FOUND';
      /** Null for results that are no records (a search): they are free. */
      found: {
        /** The record as its provider names it, as an opaque key. */
        recordKey: string;
        /** What it costs when the provider does not report it. */
        price: bigint;
        /** The keys of all identifiers that the record contains, its own included. */
        lookupKeys: readonly string[];
        /** The snapshot for later lookups, as JSON text; null when none may be stored. */
        body: string | null;
        /** What the snapshot is searched by; an empty text for none. Absent: to be read from the body later. */
        name?: string;
      } | null;
    }
  | {
      outcome: 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN';
      /** Why it is unknown whether the provider charged, where it is. */
      presumedCause?: PresumedCause | null;
    }
);

/**
 * The entry that a settlement wrote. Where the reservation had expired or had been settled before, the entry that it has,
 * with all corrections.
 */
export type SettledEntry = {
  /** False: the reservation had been settled before; nothing was written. */
  settled: boolean;
  /** Null when there is no entry: the reservation was never committed. */
  charge: Charge | null;
  credits: bigint;
  saved: bigint;
  unlock: { id: string; unlockedAt: Date } | null;
  fetchedAt: Date;
};

export type LedgerLimits = {
  /** How long a reservation may stand before it expires. */
  reservationSeconds: number;
  /** The most items that share one statement. */
  ledgerBatchMax: number;
  /** How long a caller waits for a reservation or an entry to be written. */
  reserveTimeoutMs: number;
  /** BATCH: a batch of one uses the functions of batches, too. For tests, which compare the two ways of writing money. */
  alone?: 'ONE' | 'BATCH';
};

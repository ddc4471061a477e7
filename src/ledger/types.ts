export type Outcome = 'FOUND' | 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN';
export type Charge = 'CHARGED' | 'ALREADY_UNLOCKED' | 'FREE' | 'NOT_FOUND' | 'PRESUMED' | 'NONE';

/** Who asked for what purpose through which door: stored and grouped by, never read here. */
export type Labels = {
  /** The ask that this is a step of: the id of its first step's entry. */
  lookupId: string;
  /** Which step of the ask, from 1. */
  step: number;
  operation: string;
  provider: string | null;
  connectionId: string | null;
  payer: string | null;
  sandbox: boolean;
  tokenId: string;
  workflow: string | null;
};

/** A wish to fetch one subject with one account's money. */
export type ReservationRequest = {
  workspaceId: string;
  /** The id of the reservation, and of the entry it ends in. */
  id: string;
  accountId: string;
  /** What is to be fetched, as an opaque key: one call at a time for each subject and variant. */
  lookupKey: string;
  variant: string;
  /** The most that the call can cost. */
  credits: bigint;
  /** The most that it can cost where the record is ours already: 0, but for providers that charge for every fetch. */
  refetchCredits: bigint;
  /** False: answer NEEDS_CREDITS rather than reserve any. */
  mayCharge: boolean;
  /** The oldest snapshot that will do. */
  maxAgeSeconds: number;
  labels: Labels;
};

export type Unlock = { id: string; recordKey: string; price: bigint; unlockedAt: Date };

export type FullBudget = {
  id: string;
  name: string;
  limit: bigint;
  spent: bigint;
  reserved: bigint;
  /** Null for a budget without end. */
  renewsAt: Date | null;
  /** Whether only the operator can raise it. */
  setByOperator: boolean;
};

/** What became of the wish; see the function reserve_credits. */
export type Reservation =
  | { status: 'HIT'; unlock: Unlock; body: string; fetchedAt: Date }
  | { status: 'RESERVED'; credits: bigint; unlock: Unlock | null }
  | { status: 'WAIT'; reservationId: string }
  | { status: 'NEEDS_CREDITS' }
  | { status: 'OVER_BUDGET'; budget: FullBudget }
  | { status: 'RETRY' };

/** What a reservation is found by. */
export type ReservationKey = Pick<ReservationRequest, 'workspaceId' | 'id'>;

/** How the call of a reservation ended. */
export type Settlement = {
  /** The ask as it was reserved. */
  reservation: ReservationRequest;
  problem: string | null;
  latencyMs: number;
  /** What the provider says it charged; null where it does not say, and the price decides. */
  charged: bigint | null;
} & (
  | {
      outcome: 'FOUND';
      /** Null for answers that are no records (a search): they are free. */
      found: {
        /** The record as its provider names it, as an opaque key. */
        recordKey: string;
        /** What it costs where the provider does not say. */
        price: bigint;
        /** Every subject by which the record may be asked for. */
        lookupKeys: readonly string[];
        /** What to keep for later asks, as JSON text; null where no copy may be kept. */
        body: string | null;
      } | null;
    }
  | { outcome: 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN' }
);

/** What the ledger made of an ending. */
export type SettledEntry = {
  /** False: the reservation had been ended before, nothing was written, and the rest is its entry as it stands. */
  settled: boolean;
  /** Null where the answer came after its reservation was given up: it was written as a correction. */
  charge: Charge | null;
  credits: bigint;
  saved: bigint;
  unlock: { id: string; unlockedAt: Date } | null;
  fetchedAt: Date;
};

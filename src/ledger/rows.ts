import type {
  Charge,
  IdentifierSource,
  Reservation,
  ReservationRequest,
  SettledEntry,
  SnapshotVersion,
} from './types.js';

// The rows that the money functions return, whether for a batch or for one.

type Reserved = Extract<Reservation, { status: 'RESERVED' }>;
/** What the database decides of a request; the lifetime of a reservation is this process's knowledge. */
export type Decision = Exclude<Reservation, Reserved> | Omit<Reserved, 'lifetime'>;

/** A row of `reserve_credits` and `reserve_one`. */
export type DecisionRow = {
  batch_position: number;
  status: Reservation['status'];
  credits: string;
  waits_for: string | null;
  waits_for_refetch: boolean | null;
  unlock_id: string | null;
  source: IdentifierSource | null;
  record_key: string | null;
  price: string | null;
  unlocked_at: Date | null;
  body: string | null;
  fetched_at: Date | null;
  fetched_at_text: string | null;
  budget: {
    id: string;
    name: string;
    limit: string;
    spent: string;
    reserved: string;
    renewsAt: string | null;
    setByOperator: boolean;
    ofJob: boolean;
  } | null;
};

export const readDecision = (row: DecisionRow, request: ReservationRequest | undefined): Decision => {
  const unlock =
    row.unlock_id !== null &&
    row.source !== null &&
    row.record_key !== null &&
    row.price !== null &&
    row.unlocked_at !== null
      ? {
          id: row.unlock_id,
          source: row.source,
          recordKey: row.record_key,
          price: BigInt(row.price),
          unlockedAt: row.unlocked_at,
        }
      : null;
  switch (row.status) {
    case 'HIT': {
      const { body, fetched_at: fetchedAt, fetched_at_text: text } = row;
      if (unlock === null || fetchedAt === null || text === null) return { status: 'RETRY' };
      // Only the snapshot that the request has comes without its body.
      if (body === null && request?.cached?.unlockId !== unlock.id) return { status: 'RETRY' };
      const version: SnapshotVersion = { unlockId: unlock.id, fetchedAt: text };
      return { status: 'HIT', unlock, body, fetchedAt, version };
    }
    case 'RESERVED':
      return { status: 'RESERVED', credits: BigInt(row.credits), unlock };
    case 'WAIT':
      return row.waits_for === null
        ? { status: 'RETRY' }
        : {
            status: 'WAIT',
            reservationId: row.waits_for,
            refetched: row.waits_for_refetch === true ? unlock : null,
          };
    case 'OVER_BUDGET':
    case 'BUDGET_RESERVED':
    case 'REFETCH':
      if (row.budget === null) return { status: 'RETRY' };
      return {
        status: row.status,
        budget: {
          id: row.budget.id,
          name: row.budget.name,
          limit: BigInt(row.budget.limit),
          spent: BigInt(row.budget.spent),
          reserved: BigInt(row.budget.reserved),
          renewsAt: row.budget.renewsAt === null ? null : new Date(row.budget.renewsAt),
          setByOperator: row.budget.setByOperator,
          ...(row.budget.ofJob ? { ofJob: true } : {}),
        },
      };
    case 'NEEDS_CREDITS':
      return { status: 'NEEDS_CREDITS', unlock };
    case 'RETRY':
      return { status: 'RETRY' };
  }
};

/** A row of `settle_credits` and `settle_one`. */
export type SettledRow = {
  settled: boolean;
  charge: Charge | null;
  credits: string | null;
  saved: string | null;
  unlock_id: string | null;
  unlocked_at: Date | null;
  fetched_at: Date;
};

export const readSettled = (row: SettledRow): SettledEntry => ({
  settled: row.settled,
  charge: row.charge,
  credits: BigInt(row.credits ?? 0),
  saved: BigInt(row.saved ?? 0),
  unlock:
    row.unlock_id === null || row.unlocked_at === null
      ? null
      : { id: row.unlock_id, unlockedAt: row.unlocked_at },
  fetchedAt: row.fetched_at,
});

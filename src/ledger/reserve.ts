import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Sql } from '../platform/database.js';
import type { ReservationRequest, Reservation } from './types.js';
import { hoistCommonFields } from './hoist-common-fields.js';

type Row = {
  status: Reservation['status'];
  credits: string;
  waits_for: string | null;
  unlock_id: string | null;
  record: string | null;
  price: string | null;
  unlocked_at: Date | null;
  body: string | null;
  fetched_at: Date | null;
  budget: {
    id: string;
    name: string;
    limit: string;
    spent: string;
    reserved: string;
    renewsAt: string | null;
    setByOperator: boolean;
  } | null;
};

/** The statement that reserves credits for a group of asks; answers in their order. */
export const reserveBatch = async (
  sql: Sql,
  lifeSeconds: number,
  asks: ReservationRequest[],
): Promise<Reservation[]> => {
  const { each, shared } = hoistCommonFields(asks.map(toJson));
  // Cast from text: as a json parameter postgres.js would encode the string once more.
  const rows = await withQueryTimeout(sql<Row[]>`
    select * from reserve_credits(
      ${lifeSeconds}, ${JSON.stringify(each)}::text::json, ${JSON.stringify(shared)}::text::json)`);
  return rows.map(readRow);
};

const toJson = (ask: ReservationRequest, index: number) => ({
  ord: index + 1,
  workspace_id: ask.workspaceId,
  id: ask.id,
  account_id: ask.accountId,
  subject: ask.lookupKey,
  variant: ask.variant,
  credits: ask.credits.toString(),
  refetch_credits: ask.refetchCredits.toString(),
  may_charge: ask.mayCharge,
  max_age_seconds: ask.maxAgeSeconds,
  ask_id: ask.labels.lookupId,
  step: ask.labels.step,
  operation: ask.labels.operation,
  provider: ask.labels.provider,
  connection_id: ask.labels.connectionId,
  payer: ask.labels.payer,
  sandbox: ask.labels.sandbox,
  token_id: ask.labels.tokenId,
  workflow: ask.labels.workflow,
});

const readRow = (row: Row): Reservation => {
  const unlock =
    row.unlock_id !== null && row.record !== null && row.price !== null && row.unlocked_at !== null
      ? { id: row.unlock_id, recordKey: row.record, price: BigInt(row.price), unlockedAt: row.unlocked_at }
      : null;
  switch (row.status) {
    case 'HIT':
      // The snapshot may have been erased between two looks; then the record is simply asked for again.
      return unlock === null || row.body === null || row.fetched_at === null
        ? { status: 'RETRY' }
        : { status: 'HIT', unlock, body: row.body, fetchedAt: row.fetched_at };
    case 'RESERVED':
      return { status: 'RESERVED', credits: BigInt(row.credits), unlock };
    case 'WAIT':
      return row.waits_for === null ? { status: 'RETRY' } : { status: 'WAIT', reservationId: row.waits_for };
    case 'OVER_BUDGET':
      if (row.budget === null) return { status: 'RETRY' };
      return {
        status: 'OVER_BUDGET',
        budget: {
          id: row.budget.id,
          name: row.budget.name,
          limit: BigInt(row.budget.limit),
          spent: BigInt(row.budget.spent),
          reserved: BigInt(row.budget.reserved),
          renewsAt: row.budget.renewsAt === null ? null : new Date(row.budget.renewsAt),
          setByOperator: row.budget.setByOperator,
        },
      };
    case 'NEEDS_CREDITS':
    case 'RETRY':
      return { status: row.status };
  }
};

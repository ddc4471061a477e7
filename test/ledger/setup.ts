import { expect, vi } from 'vitest';
import type {
  EntryLabels,
  LedgerLimits,
  Outcome,
  ReservationRequest,
  Settlement,
} from '../../src/ledger/types.js';
import { createLedger, type Ledger } from '../../src/ledger/ledger.js';
import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { silentLog } from '../support/silent-log.js';

/** One account of one workspace; the ledger's tables have no foreign key to either, so any ids will do. */
export type TestAccount = { workspaceId: string; accountId: string };
export const createAccount = (workspaceId = newId()): TestAccount => ({ workspaceId, accountId: newId() });

export const openLedger = (database: Database, limits: Partial<LedgerLimits> = {}): Ledger =>
  createLedger(database, silentLog, {
    reservationSeconds: 60,
    ledgerBatchMax: 512,
    reserveTimeoutMs: 1_500,
    ...limits,
  });

const labels: Omit<EntryLabels, 'lookupId'> = {
  step: 1,
  operation: 'COMPANY',
  provider: 'FIRMABLE',
  connectionId: null,
  payer: 'CONNECTION',
  sandbox: false,
  tokenId: newId(),
  workflow: null,
  jobId: null,
  jobRow: null,
};

/** A request for `lookupKey` at one credit, with a new id. */
export const requestFor = (
  account: TestAccount,
  lookupKey: string,
  more: Partial<Omit<ReservationRequest, 'labels'>> & { labels?: Partial<EntryLabels> } = {},
): ReservationRequest => {
  const id = more.id ?? newId();
  return {
    ...account,
    id,
    lookupKey,
    variant: 'AU',
    credits: 1n,
    refetchCredits: 0n,
    looksUpAgain: false,
    mayCharge: true,
    maxAgeSeconds: 3_600,
    ...more,
    labels: { lookupId: id, ...labels, ...more.labels },
  };
};

/** The settlement of a request that found `record`, with further lookup keys. */
export const found = (
  reservation: ReservationRequest,
  record: string,
  more: { aliases?: string[]; body?: string | null; charged?: bigint | null } = {},
): Settlement => ({
  reservation,
  outcome: 'FOUND',
  problem: null,
  latencyMs: 5,
  charged: more.charged ?? null,
  found: {
    recordKey: record,
    price: 1n,
    lookupKeys: [record, ...(more.aliases ?? [])],
    body: more.body === undefined ? `{"name":"${record}"}` : more.body,
  },
});

export const ended = (
  reservation: ReservationRequest,
  outcome: Exclude<Outcome, 'FOUND'>,
  charged: bigint | null = null,
): Settlement => ({
  reservation,
  outcome,
  problem: outcome === 'NOT_FOUND' ? null : 'PROVIDER_UNAVAILABLE',
  latencyMs: 5,
  charged,
});

/** Reserves and settles a request: the record is bought. */
export const buy = async (
  ledger: Ledger,
  request: ReservationRequest,
  record: string,
  more: { aliases?: string[]; body?: string | null; charged?: bigint | null } = {},
): Promise<void> => {
  await ledger.reserve(request);
  await ledger.settle(found(request, record, more));
};

export type EntryRow = {
  id: string;
  kind: string;
  outcome: string;
  charge: string;
  credits: number;
  saved: number;
  correctsEntryId: string | null;
  at: Date;
  unlockId: string | null;
  fromSnapshot: boolean;
  problem: string | null;
};

/** The entries of a workspace, in the order of writing. */
export const entriesOf = async (
  { sql }: Database,
  { workspaceId }: { workspaceId: string },
): Promise<EntryRow[]> =>
  await sql<EntryRow[]>`
    select id, kind, outcome, charge, credits::int, saved::int, corrects_entry_id as "correctsEntryId",
      occurred_at as at, unlock_id as "unlockId", from_snapshot as "fromSnapshot", problem
    from entries where workspace_id = ${workspaceId} order by recorded_at, id`;

export type ReservationRow = { id: string; state: string; credits: number; unlockId: string | null };

export const reservationsOf = async (
  { sql }: Database,
  { workspaceId }: { workspaceId: string },
): Promise<ReservationRow[]> =>
  await sql<ReservationRow[]>`
    select id, state, credits::int, unlock_id as "unlockId"
    from reservations where workspace_id = ${workspaceId} order by id`;

/** The sum of the credits of a workspace's entries. */
export const spentBy = async (database: Database, account: TestAccount): Promise<number> =>
  (await entriesOf(database, account)).reduce((sum, entry) => sum + entry.credits, 0);

/**
 * Uses every connection of the `sql` client until none is lost: postgres.js is slow to close a client with a lost
 * connection.
 */
export const touchConnections = async ({ sql }: Database): Promise<void> => {
  await vi.waitFor(
    async () => {
      const found = await Promise.all(
        [1, 2].map(() => sql<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.02)`),
      );
      // On a busy machine one connection may answer both before the other one is open.
      expect(new Set(found.map(([row]) => row?.pid)).size).toBe(2);
    },
    { timeout: 10_000 },
  );
};

/** Creates a budget without a period for the whole workspace, which must exist. */
export const limitWorkspace = async (
  { sql }: Database,
  workspaceId: string,
  limit: number,
  name = 'all',
): Promise<() => Promise<{ reserved: number; spent: number }>> => {
  const id = newId();
  await sql`
    insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
    values (${workspaceId}, ${id}, ${name}, 'WORKSPACE', 'TOTAL', 'UTC', ${limit}, 'HARD', '{}')`;
  return async () => {
    const [row] = await sql<{ reserved: number; spent: number }[]>`
      select reserved::int, spent::int from budget_periods where budget_id = ${id}`;
    return row ?? { reserved: 0, spent: 0 };
  };
};

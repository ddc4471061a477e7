import { randomBytes } from 'node:crypto';
import type { Caller } from '../../src/access/caller.js';
import type { SetBudgetInput } from '../../src/budgets/budget-input.js';
import type { Budget } from '../../src/budgets/budget.js';
import { setBudget } from '../../src/budgets/set-budget.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import type {
  ReservationRequest,
  Settlement,
  EntryLabels,
  Reservation,
  SettledEntry,
} from '../../src/ledger/types.js';
import { createLedger, type Ledger } from '../../src/ledger/ledger.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';

export type Deps = { database: Database; vault: Vault };

/** What budget verbs need, over one database, with a secret of its own. */
export const budgetsOf = (database: Database, secrets: readonly Buffer[] = [randomBytes(32)]): Deps => ({
  database,
  vault: createVault({ database, secrets }),
});

/** Sets a budget with what a test does not care about filled in: 10 credits in all, for the workspace. */
export const set = async (
  deps: Deps,
  caller: Caller,
  input: Partial<SetBudgetInput> = {},
): Promise<{ budget: Budget }> => ({
  budget: await setBudget(deps, caller, {
    name: `budget ${randomBytes(4).toString('hex')}`,
    scope: 'WORKSPACE',
    period: 'TOTAL',
    limit: 10n,
    ...input,
  }),
});

const ledgerOn = (database: Database | undefined): Ledger =>
  createLedger(database!, silentLog, {
    reservationSeconds: 60,
    ledgerBatchMax: 32,
    reserveTimeoutMs: 20_000,
  });

/** A database with three ledgers on it, each with its own connections, as three instances of the gateway have. */
export const openInstances = async (): Promise<
  TestDatabase & { ledgers: readonly [Ledger, Ledger, Ledger] }
> => {
  const store = await createTestDatabase();
  const databases = [openDatabase(store.address), openDatabase(store.address), openDatabase(store.address)];
  const ledgers = [ledgerOn(databases[0]), ledgerOn(databases[1]), ledgerOn(databases[2])] as const;
  return {
    ...store,
    ledgers,
    close: async () => {
      await Promise.all(ledgers.map((ledger) => ledger.close(5_000)));
      await Promise.all(databases.map((database) => database.close()));
      await store.close();
    },
  };
};

/** A reservation of one credit for a record of its own, unless overridden. */
export const reservationFor = (
  caller: Caller,
  labels: Partial<EntryLabels> = {},
  reserve: Partial<Omit<ReservationRequest, 'labels'>> = {},
): ReservationRequest => {
  const id = reserve.id ?? newId();
  return {
    workspaceId: caller.workspaceId,
    id,
    accountId: caller.workspaceId,
    lookupKey: `company:domain:${newId()}`,
    variant: 'AU',
    credits: 1n,
    refetchCredits: 0n,
    looksUpAgain: false,
    mayCharge: true,
    maxAgeSeconds: 3_600,
    labels: {
      lookupId: id,
      step: 1,
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      connectionId: null,
      payer: 'CONNECTION',
      sandbox: true,
      tokenId: caller.tokenId,
      workflow: null,
      jobId: null,
      jobRow: null,
      ...labels,
    },
    ...reserve,
  };
};

/** Sends all requests at once, to the ledgers in rotation; returns results in their order. */
export const reserveAll = (
  ledgers: readonly Ledger[],
  requests: readonly ReservationRequest[],
): Promise<Reservation[]> =>
  Promise.all(requests.map((reserve, index) => ledgers[index % ledgers.length]!.reserve(reserve)));

export const countOf = (reserved: readonly Reservation[], status: Reservation['status']): number =>
  reserved.filter((one) => one.status === status).length;

/** Ends a reservation as bought for its credits. */
export const buy = (ledger: Ledger, reservation: ReservationRequest): Promise<SettledEntry> =>
  ledger.settle({
    reservation,
    problem: null,
    latencyMs: 1,
    charged: null,
    outcome: 'FOUND',
    found: {
      recordKey: `record of ${reservation.lookupKey}`,
      price: reservation.credits,
      lookupKeys: [],
      body: '{}',
    },
  });

/** Settles a reservation without a charge, or with a presumed one. */
export const end = (
  ledger: Ledger,
  reservation: ReservationRequest,
  outcome: Exclude<Settlement['outcome'], 'FOUND'>,
): Promise<SettledEntry> =>
  ledger.settle({ reservation, problem: null, latencyMs: 1, charged: null, outcome });

/** Reserves and buys, and answers whether the ledger allowed it. */
export const spend = async (ledger: Ledger, reserve: ReservationRequest): Promise<boolean> => {
  const { status } = await ledger.reserve(reserve);
  if (status === 'RESERVED') await buy(ledger, reserve);
  return status === 'RESERVED';
};

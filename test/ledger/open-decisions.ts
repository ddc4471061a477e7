import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { resolveForOperator } from '../../src/ledger/resolve-charges.js';
import type { ReservationRequest } from '../../src/ledger/types.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ended, entriesOf, openLedger, requestFor, type TestAccount } from './setup.js';

type More = Parameters<typeof requestFor>[2];

/** A database with two ledgers, and what tests of decisions about presumed charges need. */
export type Decisions = {
  store: TestDatabase;
  ledger: Ledger;
  /** Its reservations expire at once. */
  expiring: Ledger;
  presume: (account: TestAccount, key: string, more?: More) => Promise<ReservationRequest>;
  /** A call whose reservation expired while its process lives. */
  presumeByExpiry: (account: TestAccount, key: string, more?: More) => Promise<ReservationRequest>;
  /** Decides all presumed charges of the account's workspace. */
  decide: (account: TestAccount, charged: boolean) => ReturnType<typeof resolveForOperator>;
  /** The entries as text: kind, outcome, charge and credits. */
  linesOf: (account: TestAccount) => Promise<string[]>;
  disagreementsOf: (account: TestAccount) => Promise<string[]>;
  close: () => Promise<void>;
};

export const openDecisions = async (): Promise<Decisions> => {
  const store = await createTestDatabase();
  const { database } = store;
  const ledger = openLedger(database);
  const expiring = openLedger(database, { reservationSeconds: 0 });
  return {
    store,
    ledger,
    expiring,
    presume: async (account, key, more) => {
      const request = requestFor(account, key, more);
      await ledger.reserve(request);
      await ledger.settle(ended(request, 'UNKNOWN'));
      return request;
    },
    presumeByExpiry: async (account, key, more) => {
      const request = requestFor(account, key, more);
      await expiring.reserve(request);
      await database.sql`select expire_reservations(1000)`;
      return request;
    },
    decide: ({ workspaceId }, charged) =>
      resolveForOperator(database, workspaceId, { filter: {}, charged, reason: 'compared' }),
    linesOf: async (account) =>
      (await entriesOf(database, account)).map(
        ({ kind, outcome, charge, credits }) => `${kind} ${outcome} ${charge} ${credits}`,
      ),
    disagreementsOf: async ({ workspaceId }) =>
      (await verifyLedger(database, { workspaceId })).disagreements.map(({ line }) => line),
    close: async () => {
      await ledger.close(1_000);
      await expiring.close(1_000);
      await store.close();
    },
  };
};

import { and, eq, inArray } from 'drizzle-orm';
import { balancePlans, balancePools } from '../../schema/tables/index.js';
import { isArchived } from '../ledger/archived-entries.js';
import { type PresumedChargeFilter, readPresumedCharges } from '../ledger/list-presumed-charges.js';
import type { Database, Drizzle } from '../platform/database.js';
import type { Reading } from './balance.js';
import { type Bracket, readBrackets } from './brackets.js';
import { planColumns, poolColumns } from './read-facts.js';
import { readSpendings } from './spending.js';
import { momentsOf } from './timeline.js';

/** What the balance that a provider reports implies about a presumed charge. It decides nothing. */
export type Proposal = {
  /** Null: it implies nothing certain. */
  charged: boolean | null;
  /** The last exact reading before the call, and the first after it. */
  readingBefore: Reading | null;
  readingAfter: Reading | null;
  /** By how much the balance fell between them; negative if it rose. */
  balanceFell: bigint | null;
  /** What the ledger charged for other calls that began between them. */
  gatewaySpend: bigint | null;
  /** The presumed charges between them, this one included, and their credits. */
  presumedCount: number | null;
  presumedCredits: bigint | null;
  message: string;
};

/** The operations that the balance of a provider includes; none where it reports no balance. */
export type BalanceOperations = (provider: string) => readonly string[];

type Deps = { database: Pick<Database, 'db'>; operationsOf: BalanceOperations };

/**
 * The proposals for presumed charges of a workspace, by their ids: all from one snapshot, by a fixed number of statements.
 * A charge that was resolved, or whose provider reports no balance, has none.
 */
export const proposeResolutions = async (
  { database, operationsOf }: Deps,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Proposal>> =>
  await database.db.transaction(
    async (tx) => {
      const brackets = await readBrackets(tx, { workspaceId, ids, operationsOf });
      const granted = await findGrants(tx, workspaceId, brackets);
      const spending = await readSpendingBetween(tx, workspaceId, brackets);
      return new Map(
        brackets.flatMap((bracket, index) => {
          const spent = spending === 'ARCHIVED' ? null : (spending[index] ?? null);
          const proposal = propose(bracket, { spent, granted: granted.has(bracket) });
          return bracket.charges.map((charge) => [charge, proposal] as const);
        }),
      );
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );

/** Presumed charges that are looked at for one decision. What is left is looked at by the next. */
const chargesMax = 10_000;

/** The ids of the presumed charges of a filter, of the 10,000 oldest, whose proposal is `charged`. */
export const findProposed = async (
  deps: Deps,
  workspaceId: string,
  { filter, charged }: { filter: PresumedChargeFilter; charged: boolean },
): Promise<string[]> => {
  const all = await readPresumedCharges(deps.database, { ...filter, workspaceId });
  const ids = all.slice(0, chargesMax).map(({ id }) => id);
  const proposals = await proposeResolutions(deps, workspaceId, ids);
  return ids.filter((id) => proposals.get(id)?.charged === charged);
};

type Spent = (bigint | null)[] | 'ARCHIVED';

/** What the ledger charged in each bracket; null where it has no two readings. */
const readSpendingBetween = async (
  tx: Pick<Drizzle, 'execute' | 'transaction'>,
  workspaceId: string,
  brackets: readonly Bracket[],
): Promise<Spent> => {
  const complete = brackets.filter(({ before, after }) => before !== null && after !== null);
  const series = complete.map(({ accountId, operations, before, after }) => ({
    accountId,
    operations,
    cuts: [before, after].flatMap((reading) => (reading === null ? [] : [reading.includesCallsBefore])),
    untilNow: false,
  }));
  try {
    // In a savepoint: the failed statement must not end the transaction.
    const spendings = await tx.transaction((inner) => readSpendings(inner, workspaceId, series));
    return brackets.map((bracket) => spendings[complete.indexOf(bracket)]?.[0]?.credits ?? null);
  } catch (error) {
    if (isArchived(error)) return 'ARCHIVED';
    throw error;
  }
};

/** Between these readings a provider may count what it did at the time of a grant. */
const grantMarginMs = 60_000;

/** The brackets in which, by plan or add-on pools, credits were granted or expired. */
const findGrants = async (
  tx: Pick<Drizzle, 'select'>,
  workspaceId: string,
  brackets: readonly Bracket[],
): Promise<Set<Bracket>> => {
  const accountIds = [...new Set(brackets.map(({ accountId }) => accountId))];
  if (accountIds.length === 0) return new Set();
  const plans = await tx
    .select({ accountId: balancePlans.accountId, ...planColumns })
    .from(balancePlans)
    .where(and(eq(balancePlans.workspaceId, workspaceId), inArray(balancePlans.accountId, accountIds)));
  const pools = await tx
    .select({ accountId: balancePools.accountId, ...poolColumns })
    .from(balancePools)
    .where(and(eq(balancePools.workspaceId, workspaceId), inArray(balancePools.accountId, accountIds)));
  return new Set(
    brackets.filter(({ accountId, before, after }) => {
      if (before === null || after === null) return false;
      const from = new Date(before.includesCallsBefore.getTime() - grantMarginMs);
      const facts = {
        plan: plans.find((plan) => plan.accountId === accountId) ?? null,
        pools: pools.filter((pool) => pool.accountId === accountId),
        asOf: new Date(after.at.getTime() + grantMarginMs),
      };
      return momentsOf(facts, from, []).length > 0;
    }),
  );
};

/** What a bracket implies. Whatever is not certain is null, with the reason. */
const propose = (
  bracket: Bracket,
  { spent, granted }: { spent: bigint | null; granted: boolean },
): Proposal => {
  const { before, after, presumedCount, presumedCredits, includesOperation, isReadable } = bracket;
  const unknown = {
    charged: null,
    readingBefore: before,
    readingAfter: after,
    balanceFell: null,
    gatewaySpend: null,
    presumedCount: null,
    presumedCredits: null,
  };
  if (!includesOperation) {
    return { ...unknown, message: 'The balance that the provider reports does not include this operation.' };
  }
  if (before === null) {
    return { ...unknown, message: 'The balance was not read at a time without calls before this one.' };
  }
  if (after === null) {
    const message = isReadable
      ? 'The balance was not read since: the gateway reads it when no call of the account was in flight for a minute.'
      : 'The balance cannot be read, because no enabled connection has a key of the account.';
    return { ...unknown, message };
  }
  if (spent === null) return { ...unknown, message: 'Entries between the readings are archived.' };
  const figures = {
    readingBefore: before,
    readingAfter: after,
    balanceFell: before.credits - after.credits,
    gatewaySpend: spent - presumedCredits,
    presumedCount,
    presumedCredits,
  };
  return { ...figures, ...(granted ? grantBetween : conclude(figures)) };
};

const grantBetween = {
  charged: null,
  message: 'Between the readings the plan renewed, or an add-on pool started or ended.',
};

/** `unexplained` is what the presumed charges and everything outside this gateway cost, if no credits were granted. */
const conclude = (figures: {
  balanceFell: bigint;
  gatewaySpend: bigint;
  presumedCount: number;
  presumedCredits: bigint;
}): Pick<Proposal, 'charged' | 'message'> => {
  const { balanceFell, gatewaySpend, presumedCount, presumedCredits } = figures;
  const unexplained = balanceFell - gatewaySpend;
  const calls = presumedCount === 1 ? 'one presumed charge' : `${presumedCount} presumed charges`;
  if (unexplained < 0n) {
    const message =
      balanceFell < 0n
        ? `The balance rose by ${-balanceFell} credits: credits were granted that no plan or pool has.`
        : `The balance fell by ${balanceFell} credits, and other calls cost ${gatewaySpend}: credits were granted that no plan or pool has, or a presumed charge was decided otherwise.`;
    return { charged: null, message };
  }
  if (unexplained === 0n) {
    const fell =
      gatewaySpend === 0n
        ? 'the balance did not fall'
        : `the balance fell by the ${gatewaySpend} credits of other calls, and no more`;
    return {
      charged: false,
      message: `Not charged: ${fell}. This assumes that no credits were granted between the readings.`,
    };
  }
  if (unexplained === presumedCredits) {
    return {
      charged: true,
      message: `Charged: beside the ${gatewaySpend} credits of other calls, the balance fell by the ${presumedCredits} of ${calls}. This assumes that nothing else spent credits of the account between the readings.`,
    };
  }
  const spent = `Beside other calls the balance fell by ${unexplained} credits`;
  return {
    charged: null,
    message:
      unexplained > presumedCredits
        ? `${spent}, more than the ${presumedCredits} of ${calls}: something else spent credits of the account.`
        : `${spent}, and ${calls} cost up to ${presumedCredits}: which of them were charged, and how much, cannot be known.`,
  };
};

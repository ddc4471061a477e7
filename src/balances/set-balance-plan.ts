import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { balancePlans, balancePools } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { type Caller, authorize } from '../access/caller.js';
import { requireConnection } from '../connections/read-connections.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import { type ParsedPlan, type SetBalancePlanInput, setBalancePlanInput } from './balance-input.js';
import type { BalanceEstimate } from './balance.js';
import { estimateFor } from './read-balance.js';
import type { AccountPlace } from './read-facts.js';

type Deps = { database: Database };

/**
 * Sets the plan and the add-on pools of the account behind a connection. They are replaced together and apply to all
 * connections of the account. A pool that is set again grants nothing new. Throws FORBIDDEN, INVALID_INPUT with the field, or NOT_FOUND.
 */
export const setBalancePlan = async (
  deps: Deps,
  caller: Caller,
  input: SetBalancePlanInput,
): Promise<BalanceEstimate> => {
  authorize(caller, 'manageBalances');
  const { connection: connectionId, pools, ...plan } = parseInput(setBalancePlanInput, input);
  const connection = await requireConnection(deps, caller, connectionId, ['connection']);
  const place = { workspaceId: caller.workspaceId, accountId: connection.accountId };

  await deps.database.db.transaction(async (tx) => {
    const before = await writePlan(tx, place, plan);
    const placed = await placePools(tx, place, pools);
    refuseEndBeforeStart(placed);
    await tx.delete(balancePools).where(ofAccount(balancePools, place));
    if (placed.length > 0) {
      await tx.insert(balancePools).values(placed.map((pool) => ({ ...pool, ...place, id: newId() })));
    }
    const after = await readPlan(tx, place);
    await recordChange(tx, caller, {
      action: 'balance.setPlan',
      subject: toPublicId('connection', connection.id),
      before,
      after,
    });
  });
  return estimateFor(deps, caller, connection);
};

/**
 * Writes the plan, and returns what was there before; null for a first plan. Locks the plan's row, so that of two concurrent
 * changes one stays, whole.
 */
const writePlan = async (
  tx: Pick<Drizzle, 'insert' | 'select' | 'update'>,
  place: AccountPlace,
  plan: Omit<ParsedPlan, 'connection' | 'pools'>,
): Promise<Facts | null> => {
  const written = { ...plan, updatedAt: sql`now()`, checkedAt: null };
  const inserted = await tx
    .insert(balancePlans)
    .values({ ...place, ...written })
    .onConflictDoNothing()
    .returning({ accountId: balancePlans.accountId });
  if (inserted.length > 0) return null;
  await tx
    .select({ locked: sql`1` })
    .from(balancePlans)
    .where(ofAccount(balancePlans, place))
    .for('no key update');
  const before = await readPlan(tx, place);
  await tx.update(balancePlans).set(written).where(ofAccount(balancePlans, place));
  return before;
};

/** What the audit log says of a plan, with its pools. */
const readPlan = async (tx: Pick<Drizzle, 'select'>, place: AccountPlace): Promise<Facts> => {
  const [plan] = await tx
    .select({
      monthlyCredits: balancePlans.monthlyCredits,
      renewalDay: balancePlans.renewalDay,
      timeZone: balancePlans.timeZone,
      rollover: balancePlans.rollover,
      thresholds: balancePlans.thresholds,
    })
    .from(balancePlans)
    .where(ofAccount(balancePlans, place));
  const pools = await tx
    .select({
      name: balancePools.name,
      credits: balancePools.credits,
      startsAt: balancePools.startsAt,
      endsAt: balancePools.endsAt,
    })
    .from(balancePools)
    .where(ofAccount(balancePools, place))
    .orderBy(asc(balancePools.id));
  return { accountId: place.accountId, ...plan, pools };
};

/**
 * A pool without a start keeps the start of the existing pool of its name, or it would be granted again each time; a new
 * pool starts now. Pools that were stored under one name, when that was allowed, are matched in their order.
 */
const placePools = async (
  tx: Pick<Drizzle, 'select'>,
  place: AccountPlace,
  pools: ParsedPlan['pools'],
): Promise<(ParsedPlan['pools'][number] & { startsAt: Date })[]> => {
  const before = await tx
    .select({ name: balancePools.name, startsAt: balancePools.startsAt })
    .from(balancePools)
    // A pool that has expired is over: the next of its name is another.
    .where(
      and(
        ofAccount(balancePools, place),
        or(isNull(balancePools.endsAt), gt(balancePools.endsAt, sql`now()`)),
      ),
    )
    .orderBy(asc(balancePools.id));
  const now = new Date();
  return pools.map((pool) => {
    const index = before.findIndex(({ name }) => name === pool.name);
    const [kept] = index < 0 ? [] : before.splice(index, 1);
    return { ...pool, startsAt: pool.startsAt ?? kept?.startsAt ?? now };
  });
};

const ofAccount = (
  table: typeof balancePlans | typeof balancePools,
  { workspaceId, accountId }: AccountPlace,
) => and(eq(table.workspaceId, workspaceId), eq(table.accountId, accountId));

const refuseEndBeforeStart = (pools: readonly { startsAt: Date; endsAt: Date | null }[]): void => {
  const index = pools.findIndex(({ startsAt, endsAt }) => endsAt !== null && endsAt <= startsAt);
  if (index < 0) return;
  throw new GatewayError(
    'INVALID_INPUT',
    'A pool must end after it starts: correct "endsAt", or omit it for a pool that never ends.',
    { field: ['pools', `${index}`, 'endsAt'] },
  );
};

import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { balancePlans, balancePools } from '../../schema/tables/index.js';
import { type Caller, authorize } from '../access/caller.js';
import { type RotatedSecret, rotateWebhookSecret, setWebhookEndpoint } from '../alerts/webhook-endpoints.js';
import { requireConnection } from '../connections/read-connections.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import { type ParsedPlan, type SetBalancePlanInput, setBalancePlanInput } from './balance-input.js';
import type { BalanceEstimate } from './balance.js';
import { estimateFor } from './get-balance.js';
import type { AccountPlace } from './read-facts.js';

/** `webhookSecret` is returned here only; null unless the webhook is new. */
export type BalancePlanSet = { balance: BalanceEstimate; webhookSecret: string | null };

type Deps = { database: Database; vault: Pick<Vault, 'seal'> };

/**
 * Sets the plan and the add-on pools of the account behind a connection. They are replaced together and apply to all
 * connections of the account. A pool that is set again grants nothing new. The first webhook URL gets a secret, which
 * later URLs keep. Throws FORBIDDEN, INVALID_INPUT with the field, or NOT_FOUND.
 */
export const setBalancePlan = async (
  deps: Deps,
  caller: Caller,
  input: SetBalancePlanInput,
): Promise<BalancePlanSet> => {
  authorize(caller, 'manageBalances');
  const { connection: connectionId, pools, ...plan } = parseInput(setBalancePlanInput, input);
  const connection = await requireConnection(deps, caller, connectionId, ['connection']);
  const place = { workspaceId: caller.workspaceId, accountId: connection.accountId };

  const webhookSecret = await deps.database.db.transaction(async (tx) => {
    const secret = await writePlan(tx, deps, place, plan);
    const placed = await placePools(tx, place, pools);
    refuseEndBeforeStart(placed);
    await tx.delete(balancePools).where(ofAccount(balancePools, place));
    if (placed.length > 0) {
      await tx.insert(balancePools).values(placed.map((pool) => ({ ...pool, ...place, id: newId() })));
    }
    return secret;
  });
  return { balance: await estimateFor(deps, caller, connection), webhookSecret };
};

/** Returns the webhook's secret if it is new. Locks the plan's row, so that of two concurrent changes one stays, whole. */
const writePlan = async (
  tx: Pick<Drizzle, 'delete' | 'insert' | 'select' | 'update'>,
  { vault }: Deps,
  place: AccountPlace,
  { webhookUrl, ...plan }: Omit<ParsedPlan, 'connection' | 'pools'>,
): Promise<string | null> => {
  const written = { ...plan, updatedAt: sql`now()`, checkedAt: null };
  await tx
    .insert(balancePlans)
    .values({ ...place, ...written })
    .onConflictDoUpdate({ target: [balancePlans.workspaceId, balancePlans.accountId], set: written });
  const { workspaceId, accountId: subjectId } = place;
  return await setWebhookEndpoint(tx, vault, { workspaceId, kind: 'BALANCE', subjectId }, webhookUrl);
};

/**
 * A pool without a start keeps the start of the existing pool of its name, or it would be granted again each time; a new
 * pool starts now. Pools of one name are matched in their order.
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

/**
 * Replaces the webhook secret of the account behind a connection; the previous one signs beside it for 24 hours. Throws
 * FORBIDDEN, NOT_FOUND, or INVALID_INPUT if the account has no webhook.
 */
export const rotateBalanceSecret = async (
  deps: { database: Database; vault: Pick<Vault, 'seal'> },
  caller: Caller,
  connectionId: string,
): Promise<RotatedSecret> => {
  authorize(caller, 'manageBalances');
  const { accountId } = await requireConnection(deps, caller, connectionId, ['connection']);
  const subject = { workspaceId: caller.workspaceId, kind: 'BALANCE', subjectId: accountId } as const;
  const rotated = await rotateWebhookSecret(deps.database.db, deps.vault, subject);
  if (rotated !== null) return rotated;
  throw new GatewayError('INVALID_INPUT', 'The account has no webhook: set its webhookUrl first.', {
    field: ['connection'],
  });
};

import { type SQL, and, eq, sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { recordChanges } from '../access/audit-log.js';
import { type Operator, type Plan, plans } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Database, Drizzle } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { newId } from '../platform/ids.js';
import { countFromPeriodStart } from './budget-alerts.js';

/** The credits that a workspace may spend with the operator's keys in a month, by its plan. */
export type ManagedLimits = Partial<Record<Plan, bigint>>;

/**
 * Gives every workspace whose plan has a limit a budget of the operator (HARD, MONTH, UTC, scope MANAGED), which the
 * ledger enforces to the credit. A new one counts what its workspace has spent in this month already. If a plan has no limit and another plan has one, a hidden SOFT budget counts, so that a
 * month keeps its count when plans and limits change. For one workspace, or all; safe on several instances at once.
 */
export const limitManagedCredits = async (
  { db }: Database,
  limits: ManagedLimits,
  only?: string,
  by: Operator = { operator: 'start' },
): Promise<void> => {
  for (const plan of plans) {
    const limit = limits[plan] ?? null;
    const onPlan = sql`w.plan = ${plan} and ${only === undefined ? sql`true` : sql`w.id = ${only}`}`;
    const limitBatch = (): Promise<number> =>
      db.transaction(async (tx) => {
        await tx.execute(
          sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway managed limits', 0))`,
        );
        if (limit !== null) return keep(tx, by, onPlan, { name: `Managed credits (${plan})`, limit });
        return countOnly(tx, by, onPlan, Object.keys(limits).length > 0);
      });
    // Each new budget locks its workspace until the end of the transaction, so a transaction adds a batch of them.
    while ((await retryOnDeadlock(limitBatch)) === batchMax);
  }
};

type Tx = Pick<Drizzle, 'select' | 'insert' | 'execute'>;

/** The name contains the id, so that it does not collide with a workspace's own budget. */
const countOnly = async (tx: Tx, by: Operator, onPlan: SQL, limitsAny: boolean): Promise<number> => {
  const removed = await tx.execute<ChangedLimit>(sql`
    update budgets b set mode = 'SOFT', thresholds = '{}', name = 'Managed credits ' || b.id
    from workspaces w, budgets o
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator and b.mode = 'HARD'
      and o.workspace_id = b.workspace_id and o.id = b.id
    returning ${changedLimit}`);
  await recordLimits(tx, by, removed, null);
  if (!limitsAny) return 0;
  return addMissing(tx, by, onPlan, (workspaceId, id) => ({
    ...counter(workspaceId, id),
    name: `Managed credits ${id}`,
    limit: 0n,
    mode: 'SOFT',
    thresholds: [],
  }));
};

const keep = async (
  tx: Tx,
  by: Operator,
  onPlan: SQL,
  wanted: { name: string; limit: bigint },
): Promise<number> => {
  const { name } = wanted;
  const limit = sql`${wanted.limit.toString()}::bigint`;
  // If a budget of the workspace has this name, it keeps the name.
  const second = sql`${name}::text || ' ' || left(b.id::text, 8)`;
  const changed = await tx.execute<ChangedLimit>(sql`
    update budgets b set "limit" = ${limit}, mode = 'HARD', thresholds = ${thresholdsText}::text::int[], name = case
        when exists (select 1 from budgets o where o.workspace_id = b.workspace_id and o.name = ${name}
          and o.deleted_at is null and o.id <> b.id) then ${second}
        else ${name} end
    from workspaces w, budgets o
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator
      and o.workspace_id = b.workspace_id and o.id = b.id
      and (b."limit" <> ${limit} or b.mode <> 'HARD' or b.name not in (${name}, ${second}))
    returning ${changedLimit}`);
  await recordLimits(tx, by, changed, wanted.limit);
  return addMissing(
    tx,
    by,
    onPlan,
    (workspaceId, id, taken) => ({
      ...counter(workspaceId, id),
      name: taken ? `${name} ${id.slice(0, 8)}` : name,
      limit: wanted.limit,
      mode: 'HARD',
      thresholds,
    }),
    name,
  );
};

const thresholds = [80, 100];
const thresholdsText = `{${thresholds.join(',')}}`;

type NewBudget = typeof budgets.$inferInsert;

/** A limit that a statement has changed: null where there was none, because its budget only counted. */
type ChangedLimit = { workspace_id: string; id: string; before: string | null };

const changedLimit = sql`b.workspace_id, b.id, case when o.mode = 'HARD' then o."limit" end as before`;

/** Records the managed credits a month of each workspace; null: no limit. */
const recordLimits = async (
  tx: Tx,
  by: Operator,
  changed: readonly ChangedLimit[],
  after: bigint | null,
): Promise<void> => {
  await recordChanges(
    tx,
    changed.map(({ workspace_id: workspaceId, id, before }) => ({
      by: { ...by, workspaceId },
      change: {
        action: 'budget.set',
        subject: toPublicId('budget', id),
        before: before === null ? null : factsOfLimit(BigInt(before)),
        after: after === null ? null : factsOfLimit(after),
      },
    })),
  );
};

const factsOfLimit = (limit: bigint) => ({ scope: 'MANAGED', period: 'MONTH', limit });

/** Adds up to a batch of budgets; returns how many. */
const addMissing = async (
  tx: Tx,
  by: Operator,
  onPlan: SQL,
  make: (workspaceId: string, id: string, taken: boolean) => NewBudget,
  name = '',
): Promise<number> => {
  const rows = await tx.execute<{ id: string; taken: boolean }>(sql`
    select w.id, exists (select 1 from budgets o where o.workspace_id = w.id and o.name = ${name}
      and o.deleted_at is null) as taken
    from workspaces w
    where ${onPlan} and not exists (select 1 from budgets b where b.workspace_id = w.id and b.set_by_operator)
    order by w.id
    limit ${batchMax}`);
  if (rows.length === 0) return 0;
  const added = rows.map((row) => make(row.id, newId(), row.taken));
  await tx.insert(budgets).values(added);
  for (const { workspaceId, id, limit, mode } of added) {
    await countFromPeriodStart(tx, workspaceId, id);
    // One that only counts limits nothing.
    const row = { workspace_id: workspaceId, id, before: null };
    if (mode === 'HARD') await recordLimits(tx, by, [row], limit);
  }
  return added.length;
};

const batchMax = 200;

const counter = (workspaceId: string, id: string) =>
  ({
    workspaceId,
    id,
    scope: 'MANAGED',
    period: 'MONTH',
    timeZone: 'UTC',
    setByOperator: true,
  }) as const;

/** Whether the operator limits the managed credits of any workspace. */
export const managedLimitsStand = async ({ db }: Pick<Database, 'db'>): Promise<boolean> => {
  const [one] = await db
    .select({ id: budgets.id })
    .from(budgets)
    .where(and(eq(budgets.setByOperator, true), eq(budgets.mode, 'HARD')))
    .limit(1);
  return one !== undefined;
};

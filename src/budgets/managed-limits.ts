import { type SQL, and, eq, sql } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { type Plan, plans } from '../access/caller.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';

/** The credits that a workspace may spend with the operator's keys in a month, by its plan. */
export type ManagedLimits = Partial<Record<Plan, bigint>>;

/**
 * Gives every workspace whose plan has a limit a budget of the operator (HARD, MONTH, UTC, scope MANAGED), which the
 * ledger enforces to the credit. If a plan has no limit and another plan has one, a hidden SOFT budget counts, so that a
 * month keeps its count when plans and limits change. For one workspace, or all; safe on several instances at once.
 */
export const limitManagedCredits = ({ db }: Database, limits: ManagedLimits, only?: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway managed limits', 0))`,
    );
    for (const plan of plans) {
      const limit = limits[plan] ?? null;
      const onPlan = sql`w.plan = ${plan} and ${only === undefined ? sql`true` : sql`w.id = ${only}`}`;
      if (limit !== null) await keep(tx, onPlan, { name: `Managed credits (${plan})`, limit });
      else await countOnly(tx, onPlan, Object.keys(limits).length > 0);
    }
  });

type Tx = Pick<Drizzle, 'select' | 'insert' | 'execute'>;

/** The name contains the id, so that it does not collide with a workspace's own budget. */
const countOnly = async (tx: Tx, onPlan: SQL, limitsAny: boolean): Promise<void> => {
  await tx.execute(sql`
    update budgets b set mode = 'SOFT', thresholds = '{}', name = 'Managed credits ' || b.id
    from workspaces w
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator and b.mode = 'HARD'`);
  if (!limitsAny) return;
  await addMissing(tx, onPlan, (workspaceId, id) => ({
    ...counter(workspaceId, id),
    name: `Managed credits ${id}`,
    limit: 0n,
    mode: 'SOFT',
    thresholds: [],
  }));
};

const keep = async (tx: Tx, onPlan: SQL, wanted: { name: string; limit: bigint }): Promise<void> => {
  const { name } = wanted;
  const limit = sql`${wanted.limit.toString()}::bigint`;
  // If a budget of the workspace has this name, it keeps the name.
  const second = sql`${name}::text || ' ' || left(b.id::text, 8)`;
  await tx.execute(sql`
    update budgets b set "limit" = ${limit}, mode = 'HARD', thresholds = ${thresholdsText}::text::int[], name = case
        when exists (select 1 from budgets o where o.workspace_id = b.workspace_id and o.name = ${name}
          and o.deleted_at is null and o.id <> b.id) then ${second}
        else ${name} end
    from workspaces w
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator
      and (b."limit" <> ${limit} or b.mode <> 'HARD' or b.name not in (${name}, ${second}))`);
  await addMissing(
    tx,
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

const addMissing = async (
  tx: Tx,
  onPlan: SQL,
  make: (workspaceId: string, id: string, taken: boolean) => NewBudget,
  name = '',
): Promise<void> => {
  for (;;) {
    const rows = await tx.execute<{ id: string; taken: boolean }>(sql`
      select w.id, exists (select 1 from budgets o where o.workspace_id = w.id and o.name = ${name}
        and o.deleted_at is null) as taken
      from workspaces w
      where ${onPlan} and not exists (select 1 from budgets b where b.workspace_id = w.id and b.set_by_operator)
      limit ${rowsMax}`);
    if (rows.length === 0) return;
    await tx.insert(budgets).values(rows.map((row) => make(row.id, newId(), row.taken)));
  }
};

const rowsMax = 1_000;

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

import { type SQL, sql } from 'drizzle-orm';
import { budgets } from '../../schema/index.js';
import { type Plan, plans } from '../access/caller.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';

/** How many credits of the operator's keys a workspace may spend in a month, by its plan. */
export type ManagedLimits = Partial<Record<Plan, bigint>>;

/**
 * Sees to it that every workspace whose plan has a limit has it as a budget of the operator's (HARD, MONTH, UTC, scope
 * MANAGED), which the ledger then keeps to the credit, and that no other workspace has one. What a month has counted
 * stays counted when plan or limit change. Of one workspace, or of all; instances that do it at once do it once.
 */
export const limitManagedCredits = ({ db }: Database, limits: ManagedLimits, only?: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway managed limits', 0))`,
    );
    for (const plan of plans) {
      const limit = limits[plan] ?? null;
      const onPlan = sql`w.plan = ${plan} and ${only === undefined ? sql`true` : sql`w.id = ${only}`}`;
      if (limit === null) await end(tx, onPlan);
      else await keep(tx, onPlan, { name: `Managed credits (${plan})`, limit });
    }
  });

type Tx = Pick<Drizzle, 'select' | 'insert' | 'execute'>;

const end = async (tx: Tx, onPlan: SQL): Promise<void> => {
  await tx.execute(sql`
    update budgets b set deleted_at = now()
    from workspaces w
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator and b.deleted_at is null`);
};

const keep = async (tx: Tx, onPlan: SQL, wanted: { name: string; limit: bigint }): Promise<void> => {
  const { name } = wanted;
  const limit = sql`${wanted.limit.toString()}::bigint`;
  // Where people gave a budget of theirs that very name, it stays theirs.
  const second = sql`${name}::text || ' ' || left(b.id::text, 8)`;
  await tx.execute(sql`
    update budgets b set "limit" = ${limit}, name = case
        when exists (select 1 from budgets o where o.workspace_id = b.workspace_id and o.name = ${name}
          and o.deleted_at is null and o.id <> b.id) then ${second}
        else ${name} end
    from workspaces w
    where ${onPlan} and b.workspace_id = w.id and b.set_by_operator and b.deleted_at is null
      and (b."limit" <> ${limit} or b.name not in (${name}, ${second}))`);
  for (;;) {
    const rows = await tx.execute<{ id: string; taken: boolean }>(sql`
      select w.id, exists (select 1 from budgets o where o.workspace_id = w.id and o.name = ${name}
        and o.deleted_at is null) as taken
      from workspaces w
      where ${onPlan} and not exists (select 1 from budgets b
        where b.workspace_id = w.id and b.set_by_operator and b.deleted_at is null)
      limit ${rowsMax}`);
    if (rows.length === 0) return;
    await tx.insert(budgets).values(rows.map((row) => budgetOf(row, wanted)));
  }
};

const rowsMax = 1_000;

const budgetOf = (
  { id: workspaceId, taken }: { id: string; taken: boolean },
  { name, limit }: { name: string; limit: bigint },
): typeof budgets.$inferInsert => {
  const id = newId();
  return {
    workspaceId,
    id,
    name: taken ? `${name} ${id.slice(0, 8)}` : name,
    scope: 'MANAGED',
    period: 'MONTH',
    timeZone: 'UTC',
    limit,
    mode: 'HARD',
    thresholds: [80, 100],
    setByOperator: true,
  };
};

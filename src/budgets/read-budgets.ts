import { type SQL, and, asc, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { alerts, budgetPeriods, budgets } from '../../schema/tables/index.js';
import { type Caller, authorize } from '../access/caller.js';
import { readDeliveries } from '../alerts/read-alerts.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, type Listed, type Page, idShape } from '../platform/page.js';
import { localFormat } from '../platform/time.js';
import { type Budget, type BudgetAlert, type BudgetScope, isBudget, shownStart, standing } from './budget.js';

const alertsMax = 20;

/**
 * Reads budgets as clients see them, oldest first. The functions that reserve credits compute the period, by the clock
 * of the database. A period without reservations has no row and reads as zeros.
 */
export const readBudgets = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  wanted: SQL | undefined,
  rowsMax: number,
): Promise<Budget[]> => {
  const rows = await db
    .select({
      ...columns,
      startsAt: startsAt.mapWith(budgetPeriods.startsAt),
      renewsAt: renewsAt.mapWith(budgetPeriods.startsAt),
      startsAtLocal: localTime(startsAt),
      renewsAtLocal: localTime(renewsAt),
      spent: budgetPeriods.spent,
      reserved: budgetPeriods.reserved,
    })
    .from(budgets)
    .leftJoin(
      budgetPeriods,
      and(
        eq(budgetPeriods.workspaceId, budgets.workspaceId),
        eq(budgetPeriods.budgetId, budgets.id),
        eq(budgetPeriods.startsAt, startsAt),
      ),
    )
    .where(wanted)
    .orderBy(asc(budgets.id))
    .limit(rowsMax);
  const latest = await latestAlerts(
    db,
    workspaceId,
    rows.map(({ id }) => id),
  );
  return rows.map((row): Budget => {
    const spent = row.spent ?? 0n;
    const reserved = row.reserved ?? 0n;
    return {
      ...row,
      startsAt: shownStart(row.period, row.startsAt),
      renewsAt: row.period === 'TOTAL' ? null : row.renewsAt,
      startsAtLocal: row.period === 'TOTAL' ? null : row.startsAtLocal,
      renewsAtLocal: row.period === 'TOTAL' ? null : row.renewsAtLocal,
      spent,
      reserved,
      remaining: row.limit - spent - reserved,
      alerts: (latest.get(row.id) ?? []).map((alert) => ({
        ...alert,
        startsAt: shownStart(row.period, alert.startsAt),
      })),
    };
  });
};

const columns = {
  id: budgets.id,
  name: budgets.name,
  // `standing` leaves out the scope JOB.
  scope: sql<BudgetScope>`${budgets.scope}`,
  subject: budgets.subject,
  period: budgets.period,
  timeZone: budgets.timeZone,
  limit: budgets.limit,
  mode: budgets.mode,
  thresholds: budgets.thresholds,
  setByOperator: budgets.setByOperator,
  tokenId: budgets.tokenId,
  createdAt: budgets.createdAt,
} as const;

const startsAt = sql<Date>`period_starts_at(${budgets.period}, ${budgets.timeZone}, statement_timestamp())`;
const renewsAt = sql<Date>`period_ends_at(${budgets.period}, ${budgets.timeZone}, ${startsAt})`;

const localTime = (at: SQL): SQL<string> =>
  sql<string>`to_char(${at} at time zone ${budgets.timeZone}, ${localFormat})`;

type Found = Omit<BudgetAlert, 'startsAt' | 'deliveries'> & { id: string; budgetId: string; startsAt: Date };
type Latest = Omit<BudgetAlert, 'startsAt'> & { startsAt: Date };

const latestAlerts = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  budgetIds: readonly string[],
): Promise<ReadonlyMap<string, Latest[]>> => {
  if (budgetIds.length === 0) return new Map();
  const ranked = db
    .select({
      id: alerts.id,
      budgetId: alerts.subject,
      threshold: alerts.threshold,
      startsAt: alerts.startsAt,
      spent: sql<bigint>`(${alerts.facts} ->> 'spent')::bigint`.mapWith(BigInt).as('spent'),
      limit: sql<bigint>`(${alerts.facts} ->> 'limit')::bigint`.mapWith(BigInt).as('limit'),
      raisedAt: alerts.raisedAt,
      rank: sql<number>`row_number() over (
        partition by ${alerts.subject}
        order by ${alerts.startsAt} desc, ${alerts.threshold} desc)`.as('rank'),
    })
    .from(alerts)
    .where(
      and(
        eq(alerts.workspaceId, workspaceId),
        eq(alerts.event, 'BUDGET_THRESHOLD'),
        inArray(alerts.subject, [...budgetIds]),
      ),
    )
    .as('ranked');
  const rows: Found[] = await db
    .select({
      id: ranked.id,
      budgetId: ranked.budgetId,
      threshold: ranked.threshold,
      startsAt: ranked.startsAt,
      spent: ranked.spent,
      limit: ranked.limit,
      raisedAt: ranked.raisedAt,
    })
    .from(ranked)
    .where(lte(ranked.rank, alertsMax))
    .orderBy(desc(ranked.startsAt), desc(ranked.threshold));
  const deliveries = await readDeliveries(
    db,
    workspaceId,
    rows.map(({ id }) => id),
  );
  const byBudget = new Map<string, Latest[]>();
  for (const { id, budgetId, ...alert } of rows) {
    const latest = { ...alert, deliveries: deliveries.get(id) ?? [] };
    byBudget.set(budgetId, [...(byBudget.get(budgetId) ?? []), latest]);
  }
  return byBudget;
};

/** One budget; null if the workspace does not have it. Throws FORBIDDEN. */
export const getBudget = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Budget | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [budget] = await readBudgets(database.db, caller.workspaceId, isBudget(caller.workspaceId, id), 1);
  return budget ?? null;
};

/** The budgets with these ids that the workspace has, oldest first. Throws FORBIDDEN. */
export const getBudgets = async (
  { database }: { database: Database },
  caller: Caller,
  ids: readonly string[],
): Promise<Budget[]> => {
  authorize(caller, 'read');
  if (ids.length === 0) return [];
  const { workspaceId } = caller;
  const wanted = and(standing(workspaceId), inArray(budgets.id, [...ids]));
  return await readBudgets(database.db, workspaceId, wanted, ids.length);
};

const cursors = cursorsOf('budgets', [idShape]);

/** The workspace's budgets, oldest first, without deleted ones. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listBudgets = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Budget>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const ours = standing(caller.workspaceId);
  // Ids are in the order of creation, so they are both the order and the cursor.
  const [after] = position ?? [];
  const rows = await readBudgets(
    database.db,
    caller.workspaceId,
    and(ours, after === undefined ? undefined : gt(budgets.id, after)),
    first + 1,
  );
  return cursors.pageOf(rows, first, { item: (budget) => budget, position: ({ id }) => [id] }, () =>
    database.db.$count(budgets, ours),
  );
};

/** The remaining credits of a budget in its current period, and its scope. */
export type RemainingBudget = Pick<Budget, 'id' | 'name' | 'scope' | 'subject' | 'mode' | 'remaining'>;

const budgetsMax = 10_000;

/** The remaining credits of every budget of the workspace. Throws FORBIDDEN. */
export const remainingBudgets = async (
  { database }: { database: Pick<Database, 'db'> },
  caller: Caller,
): Promise<RemainingBudget[]> => {
  authorize(caller, 'enrich');
  const { workspaceId } = caller;
  const budgets = await readBudgets(database.db, workspaceId, standing(workspaceId), budgetsMax);
  return budgets.map(({ id, name, scope, subject, mode, remaining }) => ({
    id,
    name,
    scope,
    subject,
    mode,
    remaining,
  }));
};

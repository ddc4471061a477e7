import { and, eq, isNull, sql } from 'drizzle-orm';
import { budgets, connections, tokens } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { type Caller, authorize } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import { retryOnDeadlock, withUniqueName } from '../platform/database-errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId, newId } from '../platform/ids.js';
import { parseInput, timeZoneFault } from '../platform/parse-input.js';
import { countFromPeriodStart, raiseBudgetAlerts } from './budget-alerts.js';
import { type SetBudgetInput, type Wanted, budgetInput } from './budget-input.js';
import {
  type Budget,
  type BudgetScope,
  budgetNotFound,
  factsOfBudget,
  isBudget,
  refuseFixed,
} from './budget.js';
import { readBudgets } from './read-budgets.js';

type Deps = { database: Database };

/**
 * Creates a budget, or replaces the state of the one with `id`. A new one counts its current period from the start unless
 * `startFrom` is NOW: spent credits, presumed charges and reservations in flight. An existing one keeps its count, unless
 * `startFrom` is PERIOD_START. A changed limit applies from the next lookup. A threshold that is reached raises its alert.
 * Scope, subject, period and time zone cannot change: past periods were counted by them.
 *
 * Throws FORBIDDEN (also for the operator's budget), INVALID_INPUT with the field, NOT_FOUND (budget or subject) or
 * NAME_TAKEN.
 */
export const setBudget = async (deps: Deps, caller: Caller, input: SetBudgetInput): Promise<Budget> => {
  authorize(caller, 'manageBudgets');
  const read = parseInput(budgetInput, input);
  const subject = read.scope === 'WORKFLOW' ? read.subject : (read.subject?.toLowerCase() ?? null);
  const timeZone = await timeZoneOfDatabase(deps.database.db, read.timeZone);
  const wanted = { ...read, subject, timeZone };
  const { workspaceId } = caller;
  return withUniqueName({ noun: 'budget', name: wanted.name, constraint: 'budgets_name' }, () =>
    retryOnDeadlock(() =>
      deps.database.db.transaction(async (tx) => {
        const { id, before } =
          wanted.id === null
            ? await create(tx, workspaceId, wanted)
            : await change(tx, workspaceId, wanted.id, wanted);
        const budget = await readBudget(tx, workspaceId, id);
        await recordChange(tx, caller, {
          action: 'budget.set',
          subject: toPublicId('budget', id),
          before: before === null ? null : factsOfBudget(before),
          after: {
            ...factsOfBudget(budget),
            ...(wanted.startFrom === 'PERIOD_START' ? { countedFrom: wanted.startFrom } : {}),
          },
        });
        return budget;
      }),
    ),
  );
};

type Written = { id: string; before: Budget | null };
type Tx = Pick<Drizzle, 'select' | 'insert' | 'update' | 'delete' | 'execute' | '$count'>;

const create = async (tx: Tx, workspaceId: string, wanted: Wanted): Promise<Written> => {
  await refuseUnknownSubject(tx, workspaceId, wanted);
  const id = newId();
  const { startFrom, ...budget } = wanted;
  await tx.insert(budgets).values({ ...budget, workspaceId, id });
  if (startFrom !== 'NOW') await countFromPeriodStart(tx, workspaceId, id);
  return { id, before: null };
};

const change = async (tx: Tx, workspaceId: string, id: string, wanted: Wanted): Promise<Written> => {
  if (!isId(id)) throw budgetNotFound();
  // Locked, so that of two concurrent changes one stays, whole.
  const [before] = await tx.select().from(budgets).where(isBudget(workspaceId, id)).for('update');
  if (before === undefined) throw budgetNotFound();
  refuseFixed(before);
  const shown = await readBudget(tx, workspaceId, before.id);
  refuseOtherCount(before, wanted);
  const { name, limit, mode, thresholds } = wanted;
  await tx.update(budgets).set({ name, limit, mode, thresholds }).where(isBudget(workspaceId, id));
  if (wanted.startFrom === 'PERIOD_START') await countFromPeriodStart(tx, workspaceId, before.id);
  else await raiseBudgetAlerts(tx, workspaceId, before.id);
  return { id: before.id, before: shown };
};

const readBudget = async (tx: Tx, workspaceId: string, id: string): Promise<Budget> => {
  const [budget] = await readBudgets(tx, workspaceId, isBudget(workspaceId, id), 1);
  if (budget === undefined) throw new Error('the budget just written cannot be read');
  return budget;
};

const refuseOtherCount = (
  before: Pick<Wanted, 'subject' | 'period' | 'timeZone'> & { scope: string },
  wanted: Wanted,
): void => {
  for (const field of ['scope', 'subject', 'period', 'timeZone'] as const) {
    if (before[field] === wanted[field]) continue;
    throw new GatewayError(
      'INVALID_INPUT',
      `The ${field} of a budget cannot change, for its periods are counted by it: delete this one and make a new one.`,
      { field: [field] },
    );
  }
};

/**
 * Refuses a connection or token that this workspace does not have: the budget would limit nothing. A workflow is only a
 * name, and its first lookup may come later. Throws NOT_FOUND.
 */
const refuseUnknownSubject = async (
  db: Pick<Drizzle, '$count'>,
  workspaceId: string,
  { scope, subject }: { scope: BudgetScope; subject: string | null },
): Promise<void> => {
  if (subject === null || (scope !== 'CONNECTION' && scope !== 'TOKEN')) return;
  if (isId(subject) && (await countOf(db, workspaceId, scope, subject)) > 0) return;
  const noun = scope.toLowerCase();
  throw new GatewayError(
    'NOT_FOUND',
    `This workspace has no such ${noun}: list the ${noun}s and name one of them.`,
    { field: ['subject'] },
  );
};

const countOf = (
  db: Pick<Drizzle, '$count'>,
  workspaceId: string,
  scope: 'CONNECTION' | 'TOKEN',
  id: string,
): Promise<number> =>
  scope === 'TOKEN'
    ? db.$count(tokens, and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, id)))
    : db.$count(
        connections,
        and(eq(connections.workspaceId, workspaceId), eq(connections.id, id), isNull(connections.deletedAt)),
      );

/**
 * The time zone as PostgreSQL writes it. One that JavaScript knows and this PostgreSQL does not would fail every
 * reservation of the workspace. Throws INVALID_INPUT.
 */
const timeZoneOfDatabase = async (db: Pick<Drizzle, 'execute'>, name: string): Promise<string> => {
  const [zone] = await db.execute<{ name: string }>(
    sql`select name from pg_timezone_names where lower(name) = lower(${name}) limit 1`,
  );
  if (zone !== undefined) return zone.name;
  throw new GatewayError('INVALID_INPUT', timeZoneFault, { field: ['timeZone'] });
};

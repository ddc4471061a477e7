import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import type { BudgetStep, Step } from './history.js';

type Existing = { id: string; mode: 'HARD' | 'SOFT'; limitMax: number };

/** The model of the budgets: the most that each has allowed since its creation. */
export const createBudgetModel = (
  { sql }: Database,
  of: { workspaceId: string; connectionIds: readonly string[] },
): {
  apply: (step: Extract<Step, { do: 'budget' | 'limit' | 'endBudget' }>) => Promise<void>;
  /** The most that a budget has ever allowed; null when it has no hard limit. */
  limitMaxOf: (budgetId: string) => number | null;
} => {
  const existing = new Map<string, Existing>();

  const create = async (step: BudgetStep): Promise<void> => {
    const id = newId();
    const subject =
      step.scope === 'CONNECTION' ? (of.connectionIds[Number(step.subject)] ?? null) : step.subject;
    const timeZone = step.midnightInMs === null ? step.timeZone : zoneWithMidnightIn(step.midnightInMs);
    await sql`
      insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
      values (${of.workspaceId}, ${id}, ${step.name}, ${step.scope}, ${subject}, ${step.period}, ${timeZone},
        ${step.limit}, ${step.mode}, '{80,100}')`;
    existing.set(step.name, { id, mode: step.mode, limitMax: step.limit });
  };

  return {
    apply: async (step) => {
      if (step.do === 'budget') return create(step);
      const budget = existing.get(step.name);
      if (budget === undefined) return;
      if (step.do === 'endBudget') {
        await sql`update budgets set deleted_at = now() where id = ${budget.id}`;
        return;
      }
      budget.limitMax = Math.max(budget.limitMax, step.limit);
      await sql`update budgets set "limit" = ${step.limit} where id = ${budget.id}`;
    },
    limitMaxOf: (budgetId) => {
      const budget = [...existing.values()].find((one) => one.id === budgetId);
      return budget === undefined || budget.mode === 'SOFT' ? null : budget.limitMax;
    },
  };
};

/** A zone in PostgreSQL's POSIX notation whose next midnight is in `ms`; its offset counts west of Greenwich. */
const zoneWithMidnightIn = (ms: number): string => {
  const daySeconds = 86_400;
  const secondsOfDay = Math.floor((Date.now() + ms) / 1_000) % daySeconds;
  // Local time is UTC less the offset: it is midnight where the offset is the time of day in UTC.
  const west = secondsOfDay > 12 * 3_600 ? secondsOfDay - daySeconds : secondsOfDay;
  const clock = new Date(Math.abs(west) * 1_000).toISOString().slice(11, 19);
  return `SIM${west < 0 ? '-' : '+'}${clock}`;
};

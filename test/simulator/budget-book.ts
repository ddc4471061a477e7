import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import type { BudgetStep, Step } from './history.js';

type Standing = { id: string; mode: 'HARD' | 'SOFT'; limitMax: number };

/** The model of the budgets: what each has allowed at most since it stands. */
export const budgetBook = (
  { sql }: Database,
  of: { workspaceId: string; connectionIds: readonly string[] },
): {
  play: (step: Extract<Step, { do: 'budget' | 'limit' | 'endBudget' }>) => Promise<void>;
  /** The most that a budget has ever allowed; null where it allows anything. */
  limitMaxOf: (budgetId: string) => number | null;
} => {
  const standing = new Map<string, Standing>();

  const make = async (step: BudgetStep): Promise<void> => {
    const id = newId();
    const subject =
      step.scope === 'CONNECTION' ? (of.connectionIds[Number(step.subject)] ?? null) : step.subject;
    const timeZone = step.midnightInMs === null ? step.timeZone : zoneWithMidnightIn(step.midnightInMs);
    await sql`
      insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
      values (${of.workspaceId}, ${id}, ${step.name}, ${step.scope}, ${subject}, ${step.period}, ${timeZone},
        ${step.limit}, ${step.mode}, '{80,100}')`;
    standing.set(step.name, { id, mode: step.mode, limitMax: step.limit });
  };

  return {
    play: async (step) => {
      if (step.do === 'budget') return make(step);
      const budget = standing.get(step.name);
      if (budget === undefined) return;
      if (step.do === 'endBudget') {
        await sql`update budgets set deleted_at = now() where id = ${budget.id}`;
        return;
      }
      budget.limitMax = Math.max(budget.limitMax, step.limit);
      await sql`update budgets set "limit" = ${step.limit} where id = ${budget.id}`;
    },
    limitMaxOf: (budgetId) => {
      const budget = [...standing.values()].find((one) => one.id === budgetId);
      return budget === undefined || budget.mode === 'SOFT' ? null : budget.limitMax;
    },
  };
};

/** A zone in PostgreSQL's POSIX notation whose next midnight is so near; its offset counts west of Greenwich. */
const zoneWithMidnightIn = (ms: number): string => {
  const daySeconds = 86_400;
  const secondsOfDay = Math.floor((Date.now() + ms) / 1_000) % daySeconds;
  // Local time is UTC less the offset: it is midnight where the offset is the time of day in UTC.
  const west = secondsOfDay > 12 * 3_600 ? secondsOfDay - daySeconds : secondsOfDay;
  const clock = new Date(Math.abs(west) * 1_000).toISOString().slice(11, 19);
  return `SIM${west < 0 ? '-' : '+'}${clock}`;
};

import type { BudgetPeriod } from '../../api/operations.js';
import { addDays, type Civil, civilAt, firstOfMonth, mondayOf, startOfDay } from '../../time/zone-time.js';

/** The current period of a budget: from an instant, inclusive, to another, exclusive; null for TOTAL. */
export type CurrentPeriod = { startsAt: Date; renewsAt: Date };

/** The period of a budget that has not been created yet, as the gateway will compute it. */
export const currentPeriod = (period: BudgetPeriod, timeZone: string, now: Date): CurrentPeriod | null => {
  const days = daysOf(period, civilAt(now, timeZone));
  if (days === null) return null;
  const [first, next] = days;
  return { startsAt: startOfDay(first, timeZone), renewsAt: startOfDay(next, timeZone) };
};

const daysOf = (period: BudgetPeriod, today: Civil): readonly [Civil, Civil] | null => {
  switch (period) {
    case 'DAY':
      return [today, addDays(today, 1)];
    case 'WEEK':
      return [mondayOf(today), addDays(mondayOf(today), 7)];
    case 'MONTH':
      return [firstOfMonth(today), firstOfMonth(today, 1)];
    case 'TOTAL':
      return null;
  }
};

import { addDays, type Civil, civilAt, firstOfMonth, startOfDay } from './zone-time.js';

export const periodNames = ['today', '7d', '30d', '90d', 'month', 'last-month', '12m', 'custom'] as const;
export type PeriodName = (typeof periodNames)[number];

export const periodTitles: Record<PeriodName, string> = {
  today: 'Today',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  month: 'This month',
  'last-month': 'Last month',
  '12m': 'Last 12 months',
  custom: 'From … to …',
};

export type Unit = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** Whole days on the clocks of a time zone. */
export type Period = {
  /** As it stands within a sentence. */
  title: string;
  first: Civil;
  /** The last day; it counts in. */
  last: Civil;
  /** Counts in. */
  from: string;
  /** Does not count in. */
  to: string;
  /** Into what a chart of it is cut. */
  unit: Unit;
};

/** The period by its name, as of now; `custom` is from one date to another, both included. */
export const periodOf = (
  name: PeriodName,
  custom: { first: Civil; last: Civil },
  timeZone: string,
  now: Date,
): Period => {
  const [first, last] = daysOf(name, custom, civilAt(now, timeZone));
  const from = startOfDay(first, timeZone);
  const to = startOfDay(addDays(last, 1), timeZone);
  const days = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  const title = name === 'custom' ? `${dayOf(first)} to ${dayOf(last)}` : periodTitles[name].toLowerCase();
  return { title, first, last, from: from.toISOString(), to: to.toISOString(), unit: unitFor(days) };
};

const daysOf = (
  name: PeriodName,
  custom: { first: Civil; last: Civil },
  today: Civil,
): readonly [Civil, Civil] => {
  switch (name) {
    case 'today':
      return [today, today];
    case '7d':
      return [addDays(today, -6), today];
    case '30d':
      return [addDays(today, -29), today];
    case '90d':
      return [addDays(today, -89), today];
    case 'month':
      return [firstOfMonth(today), addDays(firstOfMonth(today, 1), -1)];
    case 'last-month':
      return [firstOfMonth(today, -1), addDays(firstOfMonth(today), -1)];
    case '12m':
      return [firstOfMonth(today, -11), addDays(firstOfMonth(today, 1), -1)];
    case 'custom':
      return [custom.first, custom.last];
  }
};

const dayOf = ({ year, month, day }: Civil): string =>
  new Date(Date.UTC(year, month - 1, day)).toLocaleDateString('en-AU', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });

const unitFor = (days: number): Unit => {
  if (days <= 2) return 'HOUR';
  if (days <= 100) return 'DAY';
  return days <= 200 ? 'WEEK' : 'MONTH';
};

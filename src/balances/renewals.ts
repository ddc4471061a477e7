import type { Renewal } from './balance.js';
import { type Calendar, calendarOf } from './local-midnight.js';

/** The renewals after `after`, up to and with `until`, in order. Each is a local midnight. */
export const renewalsBetween = (plan: Renewal, after: Date, until: Date): Date[] =>
  renewalsAround(plan, after, until).filter((at) => at > after && at <= until);

/** The latest renewal at or before an instant. */
export const lastRenewal = (plan: Renewal, at: Date): Date =>
  only(renewalsAround(plan, at, at).findLast((renewal) => renewal <= at));

/** The earliest renewal after an instant. */
export const nextRenewal = (plan: Renewal, at: Date): Date =>
  only(renewalsAround(plan, at, at).find((renewal) => renewal > at));

/** The renewals of all months from the one before `from` to the one after `to`. */
const renewalsAround = ({ renewalDay, timeZone }: Renewal, from: Date, to: Date): Date[] => {
  const calendar = calendarOf(timeZone);
  const first = monthOf(calendar, from) - 1;
  const count = monthOf(calendar, to) + 1 - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const [year, month] = [Math.floor((first + index) / 12), ((first + index) % 12) + 1];
    return calendar.midnightOf({ year, month, day: Math.min(renewalDay, daysIn(year, month)) });
  });
};

/** Months counted from the year 0. */
const monthOf = (calendar: Calendar, at: Date): number => {
  const { year, month } = calendar.dayOf(at);
  return year * 12 + month - 1;
};

/** The day before the first of the next month. */
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const only = (renewal: Date | undefined): Date => {
  if (renewal === undefined)
    throw new Error('three months in a row hold no renewal on one side of an instant');
  return renewal;
};

import { Temporal } from 'temporal-polyfill';
import type { Renewal } from './balance.js';

/** The renewals after `after` up to and including `until`, in order. Each is a local midnight. */
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
  const last = monthOf(to, timeZone).add({ months: 1 });
  const renewals: Date[] = [];
  let month = monthOf(from, timeZone).subtract({ months: 1 });
  while (Temporal.PlainYearMonth.compare(month, last) <= 0) {
    // In a shorter month this is the last day.
    renewals.push(localMidnight(month.toPlainDate({ day: renewalDay }), timeZone));
    month = month.add({ months: 1 });
  }
  return renewals;
};

const monthOf = (at: Date, timeZone: string): Temporal.PlainYearMonth =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toPlainYearMonth();

/**
 * The instant at which a local day begins, as `local_midnight` of the database computes it: where clocks go forward over
 * midnight, as in Cairo, 01:00; where midnight comes twice, as in Havana, the first of the two.
 */
export const localMidnight = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).startOfDay().epochMilliseconds);

const only = (renewal: Date | undefined): Date => {
  if (renewal === undefined)
    throw new Error('three months in a row hold no renewal on one side of an instant');
  return renewal;
};

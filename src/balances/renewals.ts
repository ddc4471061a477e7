import type { Renewal } from './balance.js';

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

/** A day of the calendar; `month` is 1 to 12. */
export type LocalDay = { year: number; month: number; day: number };

/** Reads the calendar of one time zone: the local day of an instant, and the instant at which a local day begins. */
export type Calendar = { dayOf: (instant: Date) => LocalDay; midnightOf: (day: LocalDay) => Date };

const minuteMs = 60_000;
/** No place is further from UTC than 14 hours; two more for a change of its clocks. */
const offsetMinutesMax = 16 * 60;

/**
 * The calendar of an IANA time zone. A day begins with its first minute: where clocks are set forward over midnight, as
 * in Cairo, that is 01:00; where midnight comes twice, as in Havana, it is the first of the two.
 */
export const calendarOf = (timeZone: string): Calendar => {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const dayOf = (instant: Date): LocalDay => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return { year: parts.get('year') ?? 0, month: parts.get('month') ?? 0, day: parts.get('day') ?? 0 };
  };
  return {
    dayOf,
    midnightOf: (day) => {
      const aroundMinutes = Date.UTC(day.year, day.month - 1, day.day) / minuteMs;
      let before = aroundMinutes - offsetMinutesMax;
      let from = aroundMinutes + offsetMinutesMax;
      // The local day of a minute never goes back, so the first minute of a day is found by halving.
      while (from - before > 1) {
        const middle = Math.floor((before + from) / 2);
        if (order(dayOf(new Date(middle * minuteMs))) < order(day)) before = middle;
        else from = middle;
      }
      return new Date(from * minuteMs);
    },
  };
};

const order = ({ year, month, day }: LocalDay): number => (year * 12 + month) * 31 + day;

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

import { type Period, type PeriodName, periodNames, periodOf } from './period.js';
import { addDays, type Civil, civilAt, readCivil, writeCivil } from './zone-time.js';

/** The period and time zone that the viewer chose. They are in the page's address, so that it can be kept and passed on. */
export type View = {
  periodName: PeriodName;
  /** The dates of a custom period, both included. */
  custom: { first: Civil; last: Civil };
  timeZone: string;
};

/** The parameters of an address that hold the view. */
export const viewParameters = ['period', 'from', 'to', 'zone'] as const;

/** The time zone of the browser, which is where the viewer's clocks are; UTC where it has a name that is no place's. */
export const browserZone = (): string => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isPlaceZone(zone) ? zone : 'UTC';
};

/** Reads the view from an address. What is missing becomes the default; what is invalid, too, and is reported. */
export const readView = (given: URLSearchParams, now: Date): { view: View; problems: string[] } => {
  const problems: string[] = [];
  const zone = given.get('zone');
  if (zone !== null && !isPlaceZone(zone))
    problems.push(`"${zone}" is not a time zone. Times are shown in ${browserZone()}.`);
  const timeZone = zone !== null && isPlaceZone(zone) ? zone : browserZone();

  const name = given.get('period');
  const named = periodNames.find((one) => one === name);
  if (name !== null && named === undefined)
    problems.push(`"${name}" is not a period. The last 30 days are shown.`);

  const today = civilAt(now, timeZone);
  const [from, to] = [readCivil(given.get('from')), readCivil(given.get('to'))];
  let custom = { first: from ?? addDays(to ?? today, -29), last: to ?? today };
  if (named === 'custom') {
    for (const [parameter, date] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (date === null) problems.push(dateProblem(parameter, given.get(parameter)));
    if (writeCivil(custom.first) > writeCivil(custom.last)) {
      problems.push('The period ends before it begins. Its last day is shown.');
      custom = { first: custom.last, last: custom.last };
    }
  }
  return { view: { periodName: named ?? '30d', custom, timeZone }, problems };
};

const dateProblem = (parameter: string, text: string | null): string =>
  text === null
    ? `The address has no date "${parameter}". The period of 30 days is shown.`
    : `"${text}" is not a date of the form 2026-11-23. The period of 30 days is shown.`;

/** The parameters of a view, without what is the default. */
export const writeView = ({ periodName, custom, timeZone }: View): Record<string, string> => ({
  ...(periodName === '30d' ? {} : { period: periodName }),
  ...(periodName === 'custom' ? { from: writeCivil(custom.first), to: writeCivil(custom.last) } : {}),
  ...(timeZone === browserZone() ? {} : { zone: timeZone }),
});

/** The period of a view, as of now. */
export const periodIn = ({ periodName, custom, timeZone }: View, now: Date): Period =>
  periodOf(periodName, custom, timeZone, now);

/** Whether the gateway takes a zone: not by offsets, nor by short names, which mean several things. */
export const isPlaceZone = (name: string): boolean => {
  if (!/^(UTC|[a-z_]+(\/[a-z0-9_+-]+)+)$/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

import { type Period, type PeriodName, periodNames, periodOf } from './period.js';
import { addDays, type Civil, civilAt, readCivil, writeCivil } from './zone-time.js';

/** What the viewer chose to look at. It lives in the page's address, so that it can be kept and passed on. */
export type View = {
  periodName: PeriodName;
  /** The dates of a custom period, both included. */
  custom: { first: Civil; last: Civil };
  timeZone: string;
};

/** The time zone of the browser, which is where the viewer's clocks are; UTC where it has a name that is no place's. */
export const browserZone = (): string => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isPlaceZone(zone) ? zone : 'UTC';
};

/** Reads the choice from an address; what is missing or makes no sense becomes the default. */
export const readView = (search: string, now: Date): View => {
  const given = new URLSearchParams(search);
  const zone = given.get('zone') ?? '';
  const timeZone = isPlaceZone(zone) ? zone : browserZone();
  const today = civilAt(now, timeZone);
  const last = readCivil(given.get('to')) ?? today;
  const first = readCivil(given.get('from')) ?? addDays(last, -29);
  const named = periodNames.find((name) => name === given.get('period')) ?? '30d';
  const isOrdered = writeCivil(first) <= writeCivil(last);
  return { periodName: named, custom: { first: isOrdered ? first : last, last }, timeZone };
};

/** The address of a choice, without what is the default anyway. */
export const writeView = ({ periodName, custom, timeZone }: View): string => {
  const wanted = new URLSearchParams();
  if (periodName !== '30d') wanted.set('period', periodName);
  if (periodName === 'custom') {
    wanted.set('from', writeCivil(custom.first));
    wanted.set('to', writeCivil(custom.last));
  }
  if (timeZone !== browserZone()) wanted.set('zone', timeZone);
  const search = wanted.toString();
  return search === '' ? '/' : `/?${search}`;
};

/** The period that is looked at, as of now. */
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

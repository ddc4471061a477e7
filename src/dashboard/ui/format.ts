import type { Unit } from '../time/period.js';

const numbers = new Intl.NumberFormat('en-AU');
const rates = new Intl.NumberFormat('en-AU', { maximumFractionDigits: 1 });
const shortNumbers = new Intl.NumberFormat('en-AU', { notation: 'compact', maximumFractionDigits: 1 });
const days = new Intl.RelativeTimeFormat('en-AU', { numeric: 'auto' });

/** `1,234`. */
export const formatNumber = (value: number): string => numbers.format(value);

/** `26.6`: so many a day. */
export const formatRate = (value: number): string => rates.format(value);

/** `1.2K`, for axes. */
export const formatShortly = (value: number): string => shortNumbers.format(value);

/** `1 line`, `1,234 lines`. */
export const formatCount = (value: number, one: string): string =>
  `${formatNumber(value)} ${value === 1 ? one : `${one}s`}`;

/** `1 credit`, `1,234 credits`. */
export const formatCredits = (value: number): string => formatCount(value, 'credit');

type Price = { minCredits: number; maxCredits: number };

/** `1 credit a record`, or `1 credit a company, 0 to 9 credits a person`: what a provider charges. */
export const formatPrices = ({
  companyPrice,
  personPrice,
}: {
  companyPrice: Price;
  personPrice: Price;
}): string => {
  const company = formatPrice(companyPrice);
  const person = formatPrice(personPrice);
  return company === person ? `${company} a record` : `${company} a company, ${person} a person`;
};

const formatPrice = ({ minCredits, maxCredits }: Price): string =>
  minCredits === maxCredits
    ? formatCredits(maxCredits)
    : `${formatNumber(minCredits)} to ${formatCredits(maxCredits)}`;

/** `73 %`, with a decimal where it would be 0 or 100 otherwise; a dash for no share at all. */
export const formatShare = (share: number | null): string => {
  if (share === null) return '–';
  const percent = share * 100;
  const whole = Math.round(percent);
  return (whole === 0 && percent > 0) || (whole === 100 && percent < 100)
    ? `${percent.toFixed(1)} %`
    : `${whole} %`;
};

/** `140 ms`, `2.4 s`; a dash where nothing was measured. */
export const formatLatency = (latencyMs: number | null): string => {
  if (latencyMs === null) return '–';
  return latencyMs < 1_000 ? `${numbers.format(latencyMs)} ms` : `${(latencyMs / 1_000).toFixed(1)} s`;
};

/** `12 % more than before`, over the same length of time; null where there is nothing to compare with. */
export const formatChange = (now: number, before: number): string | null => {
  if (before === 0) return null;
  if (now === before) return 'as much as before';
  const share = Math.abs(now - before) / before;
  return `${formatShare(share)} ${now > before ? 'more' : 'less'} than before (${formatNumber(before)})`;
};

/** `23 Nov 2026, 17:36:10`, on the clocks of a time zone. */
export const formatInstant = (instant: string, timeZone: string): string =>
  new Date(instant).toLocaleString('en-AU', {
    timeZone,
    hourCycle: 'h23',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** `23 Nov, 17:36:10`: for lists of what is new. */
export const formatMoment = (instant: string, timeZone: string): string =>
  new Date(instant).toLocaleString('en-AU', {
    timeZone,
    hourCycle: 'h23',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** `23 Nov 2026`. */
export const formatDate = (instant: string | Date, timeZone: string): string =>
  new Date(instant).toLocaleDateString('en-AU', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });

/** The name of an hour, day, week or month: in full for tables, short for axes. */
export const formatSlot = (
  startsAt: Date,
  unit: Unit,
  timeZone: string,
  length: 'full' | 'short',
): string => {
  if (unit === 'HOUR') {
    const clock = { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const;
    if (length === 'short') return startsAt.toLocaleTimeString('en-AU', clock);
    return startsAt.toLocaleString('en-AU', {
      ...clock,
      day: 'numeric',
      month: 'short',
      timeZoneName: 'short',
    });
  }
  if (unit === 'MONTH') {
    const year = length === 'full' ? ({ year: 'numeric' } as const) : {};
    return startsAt.toLocaleDateString('en-AU', {
      timeZone,
      month: length === 'full' ? 'long' : 'short',
      ...year,
    });
  }
  if (length === 'short') {
    return startsAt.toLocaleDateString('en-AU', { timeZone, day: 'numeric', month: 'short' });
  }
  const weekday = unit === 'DAY' ? ({ weekday: 'short' } as const) : {};
  const day = startsAt.toLocaleDateString('en-AU', {
    timeZone,
    ...weekday,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return unit === 'WEEK' ? `Week of ${day}` : day;
};

/** `just now`, `4 minutes ago`, `yesterday`. */
export const formatAgo = (instant: string, now: Date): string => {
  const seconds = Math.round((now.getTime() - Date.parse(instant)) / 1_000);
  if (seconds < 60) return 'just now';
  if (seconds < 3_600) return days.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return days.format(-Math.floor(seconds / 3_600), 'hour');
  return days.format(-Math.floor(seconds / 86_400), 'day');
};

/** `Not found` of NOT_FOUND: the API's words as people read them. */
export const formatWord = (word: string): string => {
  const text = word.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const titles: Readonly<Record<string, string>> = {
  FIRMABLE: 'Firmable',
  PEOPLE_DATA_LABS: 'People Data Labs',
  APOLLO: 'Apollo',
};

/** The display name of a provider; of an unknown one, its word. */
export const providerTitle = (name: string): string => titles[name] ?? formatWord(name);

const identifierTitles: Readonly<Record<string, string>> = {
  id: 'ID',
  domain: 'Domain',
  website: 'Website',
  linkedin: 'LinkedIn',
  abn: 'ABN',
  workemail: 'Work e-mail',
  personalemail: 'Personal e-mail',
};

/** `Work e-mail` of workEmail or WORK_EMAIL: an identifier of a record, as people name it. */
export const identifierTitle = (name: string): string =>
  identifierTitles[name.replaceAll('_', '').toLowerCase()] ?? formatWord(name);

/** `Work e-mail` of WORK_EMAIL, `Employee count` of EMPLOYEE_COUNT: a field of records, as people name it. */
export const recordFieldTitle = (field: string): string =>
  field === 'EMAIL' ? 'E-mail' : identifierTitle(field);

/** Who paid: the connection by name, else the kind of payer. */
export const payerOf = ({
  payer,
  connection,
}: {
  payer: string | null;
  connection: { name: string } | null;
}): string => {
  if (connection !== null) return connection.name;
  return payer === null ? '–' : formatWord(payer);
};

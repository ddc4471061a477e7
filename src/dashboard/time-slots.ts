import type { Period } from './period.js';
import { addDays, type Civil, civilAt, firstOfMonth, mondayOf, startOfDay, writeCivil } from './zone-time.js';

export type Slot<Row> = { startsAt: Date; row: Row | null };

const hourMs = 3_600_000;

/**
 * Every hour, day, week or month of a period in its order, each with the report's row for it, or null where nothing
 * was asked. No row is lost: one that falls on no slot of ours (hours about a change of half an hour) gets its own.
 */
export const slotsOf = <Row extends { startsAt: string }>(
  rows: readonly Row[],
  period: Period,
  timeZone: string,
): Slot<Row>[] => {
  const key = (instant: Date): string =>
    period.unit === 'HOUR' ? instant.toISOString() : writeCivil(civilAt(instant, timeZone));
  const slots = new Map<string, Slot<Row>>();
  for (const startsAt of startsOf(period, timeZone)) slots.set(key(startsAt), { startsAt, row: null });
  for (const row of rows) {
    const startsAt = new Date(row.startsAt);
    slots.set(key(startsAt), { startsAt, row });
  }
  return [...slots.values()].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
};

const startsOf = ({ first, last, from, to, unit }: Period, timeZone: string): Date[] => {
  if (unit === 'HOUR') return hoursOf(Date.parse(from), Date.parse(to));
  const starts: Date[] = [];
  const end = writeCivil(last);
  for (let at = beginOf(first, unit); writeCivil(at) <= end; at = nextOf(at, unit)) {
    starts.push(startOfDay(at, timeZone));
  }
  return starts;
};

const hoursOf = (fromMs: number, toMs: number): Date[] =>
  Array.from({ length: Math.ceil((toMs - fromMs) / hourMs) }, (_, at) => new Date(fromMs + at * hourMs));

const beginOf = (date: Civil, unit: 'DAY' | 'WEEK' | 'MONTH'): Civil => {
  if (unit === 'DAY') return date;
  return unit === 'WEEK' ? mondayOf(date) : firstOfMonth(date);
};

const nextOf = (date: Civil, unit: 'DAY' | 'WEEK' | 'MONTH'): Civil => {
  if (unit === 'MONTH') return firstOfMonth(date, 1);
  return addDays(date, unit === 'WEEK' ? 7 : 1);
};

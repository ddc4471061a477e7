import type { Period } from './period.js';
import {
  addDays,
  type Civil,
  civilAt,
  firstOfMonth,
  mondayOf,
  offsetAt,
  startOfDay,
  writeCivil,
} from './zone-time.js';

export type Slot<Row> = { startsAt: Date; row: Row | null };

const hourMs = 3_600_000;
const halfHourMs = hourMs / 2;

/**
 * Every hour, day, week or month of a period in its order, each with the report's row for it, or null where nothing
 * was asked. No row is lost: one that falls on no slot of ours (a browser may know older clocks) gets its own.
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
  if (unit === 'HOUR') return hoursOf(Date.parse(from), Date.parse(to), timeZone);
  const starts: Date[] = [];
  const end = writeCivil(last);
  for (let at = beginOf(first, unit); writeCivil(at) <= end; at = nextOf(at, unit)) {
    starts.push(startOfDay(at, timeZone));
  }
  return starts;
};

/** Clocks change by whole or half hours (Lord Howe's), and with a change begins another hour. */
const hoursOf = (fromMs: number, toMs: number, timeZone: string): Date[] => {
  const halves = Array.from(
    { length: Math.ceil((toMs - fromMs) / halfHourMs) },
    (_, at) => new Date(fromMs + at * halfHourMs),
  );
  const hours = new Map<string, Date>();
  for (const half of halves) {
    const offset = offsetAt(half, timeZone);
    const hour = `${Math.floor((half.getTime() + offset) / hourMs)} ${offset}`;
    if (!hours.has(hour)) hours.set(hour, half);
  }
  return [...hours.values()];
};

const beginOf = (date: Civil, unit: 'DAY' | 'WEEK' | 'MONTH'): Civil => {
  if (unit === 'DAY') return date;
  return unit === 'WEEK' ? mondayOf(date) : firstOfMonth(date);
};

const nextOf = (date: Civil, unit: 'DAY' | 'WEEK' | 'MONTH'): Civil => {
  if (unit === 'MONTH') return firstOfMonth(date, 1);
  return addDays(date, unit === 'WEEK' ? 7 : 1);
};

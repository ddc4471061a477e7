import { assert, asyncProperty, constantFrom, integer, oneof, record, tuple } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

type Period = 'DAY' | 'WEEK' | 'MONTH' | 'TOTAL';
type Window = { startsAt: Date; endsAt: Date | null };

/** The window as the functions compute it that reserve credits. */
const windowOf = async (period: Period, timeZone: string, at: Date): Promise<Window> => {
  const [row] = await store.database.sql<Window[]>`
    select s.starts_at as "startsAt", period_ends_at(${period}, ${timeZone}, s.starts_at) as "endsAt"
    from period_starts_at(${period}, ${timeZone}, ${at}) as s (starts_at)`;
  return row!;
};
const hourMs = 3_600_000;

it('returns the window of an independent calendar at any instant, also when clocks change', async () => {
  const zones = [
    'UTC',
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'America/New_York',
    'America/Sao_Paulo',
    'Europe/London',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/Havana',
    'Atlantic/Azores',
  ];
  const [from, to] = [Date.UTC(2005, 0, 1), Date.UTC(2025, 0, 1)];
  const changes = zones.flatMap((timeZone) => changesOfClocks(timeZone, from, to));
  expect(changes.length).toBeGreaterThan(150);
  const anywhere = record({
    timeZone: constantFrom(...zones),
    atMs: integer({ min: from, max: to }),
  });
  const nearChange = tuple(constantFrom(...changes), integer({ min: -36 * hourMs, max: 36 * hourMs })).map(
    ([{ timeZone, atMs }, awayMs]) => ({ timeZone, atMs: atMs + awayMs }),
  );
  await assert(
    asyncProperty(
      oneof(anywhere, nearChange, nearChange),
      constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const),
      async ({ timeZone, atMs }, period) => {
        const keyAt = calendarOf(period, timeZone);
        const key = keyAt(atMs);
        const startMs = firstAfter(atMs - 40 * 24 * hourMs, atMs, (ms) => keyAt(ms) >= key);
        const endMs = firstAfter(atMs, atMs + 40 * 24 * hourMs, (ms) => keyAt(ms) > key);
        expect(await windowOf(period, timeZone, new Date(atMs))).toEqual({
          startsAt: new Date(startMs),
          endsAt: new Date(endMs),
        });
      },
    ),
    { numRuns: 300 },
  );
});

/** The name of the day, week (its Monday) or month that an instant lies in; later ones sort later. */
const calendarOf = (period: 'DAY' | 'WEEK' | 'MONTH', timeZone: string): ((ms: number) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (ms) => {
    const day = format.format(ms);
    if (period === 'DAY') return day;
    if (period === 'MONTH') return day.slice(0, 7);
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.toISOString().slice(0, 10);
  };
};

/** The first millisecond after `low` for which `holds`, by halving; it must hold at `high` and not at `low`. */
const firstAfter = (low: number, high: number, holds: (ms: number) => boolean): number => {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
};

/** The instants, to the hour, at which a zone's offset changed. */
const changesOfClocks = (
  timeZone: string,
  fromMs: number,
  toMs: number,
): { timeZone: string; atMs: number }[] => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
  const found: { timeZone: string; atMs: number }[] = [];
  let before = format.format(fromMs).split(' ').at(-1);
  for (let atMs = fromMs; atMs < toMs; atMs += 24 * hourMs) {
    const offset = format.format(atMs).split(' ').at(-1);
    if (offset !== before) found.push({ timeZone, atMs: atMs - 12 * hourMs });
    before = offset;
  }
  return found;
};

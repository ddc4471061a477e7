import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { writeEntries } from '../usage/setup.js';

/** Each is around a change of clocks, or around midnight there. */
const instants = [
  // Sydney's clocks go back from 03:00 to 02:00 on 5 April, and forward from 02:00 to 03:00 on 4 October.
  '2026-04-04T13:10:00Z',
  '2026-04-04T15:30:00Z',
  '2026-04-04T16:30:00Z',
  '2026-04-05T14:05:00Z',
  '2026-10-03T13:59:00Z',
  '2026-10-03T16:01:00Z',
  '2026-10-04T12:59:00Z',
  '2026-10-04T13:01:00Z',
  // Lord Howe Island's clocks change by half an hour; Havana's go back at 01:00, across midnight.
  '2026-04-04T14:45:00Z',
  '2026-04-04T15:10:00Z',
  '2026-11-01T04:30:00Z',
  '2026-11-01T05:30:00Z',
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  await writeEntries(
    database,
    workspaceId,
    instants.map((at) => ({ occurredAt: new Date(at), workflow: 'crm' })),
  );
});
afterAll(() => gateway.close());

type Row = { startsAt: string | null; startsAtLocal: string | null; lookups: number };
const period = { from: '2026-04-01T00:00:00Z', to: '2026-11-15T00:00:00Z' };

const rowsOf = async (timeZone: string, groupBy: string[], rest = ''): Promise<Row[]> => {
  const answer = await gateway.post(
    `query Q($from: DateTime!, $to: DateTime!, $timeZone: TimeZone!, $groupBy: [UsageDimension!]) {
      usage(from: $from, to: $to, timeZone: $timeZone, groupBy: $groupBy${rest}) {
        rows { startsAt startsAtLocal lookups chargeback { credits } } } }`,
    { ...period, timeZone, groupBy },
  );
  return dataOf<{ rows: Row[] }>(answer, 'usage').rows;
};

const startsOf = (rows: Row[]) => rows.map(({ startsAt, startsAtLocal }) => [startsAt, startsAtLocal]);

const localsOf = async (timeZone: string, unit: string): Promise<(string | null)[]> =>
  (await rowsOf(timeZone, [unit])).map(({ startsAtLocal }) => startsAtLocal);

it('returns the local start of a day when clocks change on it', async () => {
  expect(await rowsOf('Australia/Sydney', ['DAY'])).toMatchObject([
    { startsAt: '2026-04-04T13:00:00.000Z', startsAtLocal: '2026-04-05 00:00', lookups: 5 },
    { startsAt: '2026-04-05T14:00:00.000Z', startsAtLocal: '2026-04-06 00:00', lookups: 1 },
    { startsAt: '2026-10-02T14:00:00.000Z', startsAtLocal: '2026-10-03 00:00', lookups: 1 },
    { startsAt: '2026-10-03T14:00:00.000Z', startsAtLocal: '2026-10-04 00:00', lookups: 2 },
    { startsAt: '2026-10-04T13:00:00.000Z', startsAtLocal: '2026-10-05 00:00', lookups: 1 },
    { startsAt: '2026-10-31T13:00:00.000Z', startsAtLocal: '2026-11-01 00:00', lookups: 2 },
  ]);
});

it('returns the local start of hours, weeks and months when a report is grouped by them', async () => {
  const hours = await rowsOf('Australia/Sydney', ['HOUR']);
  // The hour that comes twice has two rows, which differ in startsAt.
  expect(hours.filter(({ startsAtLocal }) => startsAtLocal === '2026-04-05 02:00')).toMatchObject([
    { startsAt: '2026-04-04T15:00:00.000Z', lookups: 2 },
    { startsAt: '2026-04-04T16:00:00.000Z', lookups: 1 },
  ]);
  expect(hours.map(({ startsAtLocal }) => startsAtLocal)).toContain('2026-10-04 03:00');
  expect(await localsOf('Australia/Sydney', 'WEEK')).toEqual([
    '2026-03-30 00:00',
    '2026-04-06 00:00',
    '2026-09-28 00:00',
    '2026-10-05 00:00',
    '2026-10-26 00:00',
  ]);
  expect(await localsOf('Australia/Sydney', 'MONTH')).toEqual([
    '2026-04-01 00:00',
    '2026-10-01 00:00',
    '2026-11-01 00:00',
  ]);
  expect(await localsOf('America/Havana', 'DAY')).toContain('2026-11-01 00:00');
  expect(await localsOf('Australia/Lord_Howe', 'HOUR')).toContain('2026-04-05 01:30');
});

const reports = ['Australia/Sydney', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kolkata', 'UTC'].flatMap(
  (timeZone) => ['HOUR', 'DAY', 'WEEK', 'MONTH'].map((unit) => ({ timeZone, unit })),
);

it.each(reports)(
  'returns the same rows as the export when a report is by $unit in $timeZone',
  async ({ timeZone, unit }) => {
    const query = new URLSearchParams({ from: '2026-04-01', to: '2026-11-15', timeZone, groupBy: unit });
    const response = await fetch(`${gateway.url}/export/usage.ndjson?${query.toString()}`, {
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    const exported = (await response.text())
      .trim()
      .split('\n')
      .map((line): Row => JSON.parse(line));
    const listed = await rowsOf(timeZone, [unit]);
    expect(startsOf(listed)).toEqual(startsOf(exported));
  },
);

it('returns null when a report is not grouped by time, with chargeback too', async () => {
  for (const row of await rowsOf('Australia/Sydney', ['WORKFLOW'], ', chargeback: true'))
    expect([row.startsAt, row.startsAtLocal]).toEqual([null, null]);
});

const budgetOf = async (period: string, timeZone: string) => {
  const answer = await gateway.post(
    `mutation M($timeZone: TimeZone!) { setBudget(input: { name: "${period}", scope: WORKSPACE, period: ${period}, timeZone: $timeZone, limit: 9 }) {
      budget { startsAt startsAtLocal renewsAt renewsAtLocal } userErrors { message } } }`,
    { timeZone },
  );
  return dataOf<{ budget: Record<string, string | null> }>(answer, 'setBudget').budget;
};

it('returns the local start and renewal of a budget in its own time zone', async () => {
  const month = await budgetOf('MONTH', 'Australia/Sydney');
  expect(month['startsAtLocal']).toMatch(/^\d{4}-\d\d-01 00:00$/);
  expect(month['renewsAtLocal']).toMatch(/^\d{4}-\d\d-01 00:00$/);
  expect(month['startsAt']).toMatch(/T1[34]:00:00/);
  const day = await budgetOf('DAY', 'Asia/Kolkata');
  expect(day['startsAtLocal']).toMatch(/ 00:00$/);
  expect(day['renewsAt']).toMatch(/T18:30:00/);
  expect(await budgetOf('TOTAL', 'Asia/Kolkata')).toEqual({
    startsAt: null,
    startsAtLocal: null,
    renewsAt: null,
    renewsAtLocal: null,
  });
});

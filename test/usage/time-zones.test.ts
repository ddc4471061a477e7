import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUsage, type UsageInput } from '../../src/usage/read-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const year: UsageInput = {
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date('2027-01-01T00:00:00Z'),
  timeZone: 'UTC',
  groupBy: [],
  filter: {},
};

const starts = async (timeZone: string, groupBy: UsageInput['groupBy'], instants: string[]) => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(
    store.database,
    id,
    instants.map((at) => ({ occurredAt: new Date(at) })),
  );
  const { rows } = await readUsage(store, as.VIEWER, { ...year, timeZone, groupBy });
  return rows.map(({ startsAt, lookups }) => [startsAt?.toISOString().slice(0, 16), Number(lookups)]);
};

describe('starts groups in the time zone', () => {
  it('gives a day 23 hours when clocks go forward', async () => {
    const instants = [
      '2026-10-03T13:59:59Z',
      '2026-10-03T14:00:00Z',
      '2026-10-04T12:59:59Z',
      '2026-10-04T13:00:00Z',
    ];
    expect(await starts('Australia/Sydney', ['DAY'], instants)).toEqual([
      ['2026-10-02T14:00', 1],
      ['2026-10-03T14:00', 2],
      ['2026-10-04T13:00', 1],
    ]);
  });

  it('gives an hour two rows when it comes twice', async () => {
    const instants = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'];
    expect(await starts('America/New_York', ['HOUR'], instants)).toEqual([
      ['2026-11-01T05:00', 1],
      ['2026-11-01T06:00', 1],
    ]);
  });

  it('starts a day at the first midnight when midnight comes twice', async () => {
    const instants = [
      '2026-11-01T03:59:59Z',
      '2026-11-01T04:30:00Z',
      '2026-11-01T05:30:00Z',
      '2026-11-01T17:00:00Z',
    ];
    expect(await starts('America/Havana', ['DAY'], instants)).toEqual([
      ['2026-10-31T04:00', 1],
      ['2026-11-01T04:00', 3],
    ]);
    expect(await starts('America/Havana', ['HOUR', 'DAY'], instants)).toEqual([
      ['2026-11-01T03:00', 1],
      ['2026-11-01T04:00', 1],
      ['2026-11-01T05:00', 1],
      ['2026-11-01T17:00', 1],
    ]);
  });

  it("starts hours at the half hour when the zone's offset has one", async () => {
    expect(await starts('Asia/Kolkata', ['HOUR'], ['2026-05-01T00:29:00Z', '2026-05-01T00:31:00Z'])).toEqual([
      ['2026-04-30T23:30', 1],
      ['2026-05-01T00:30', 1],
    ]);
  });

  it('starts an hour with the change when clocks change by half an hour', async () => {
    const spring = ['2026-10-03T15:20:00Z', '2026-10-03T15:45:00Z', '2026-10-03T16:10:00Z'];
    expect(await starts('Australia/Lord_Howe', ['HOUR'], spring)).toEqual([
      ['2026-10-03T14:30', 1],
      ['2026-10-03T15:30', 1],
      ['2026-10-03T16:00', 1],
    ]);
    const autumn = ['2026-04-04T14:40:00Z', '2026-04-04T15:10:00Z', '2026-04-04T15:40:00Z'];
    expect(await starts('Australia/Lord_Howe', ['HOUR'], autumn)).toEqual([
      ['2026-04-04T14:00', 1],
      ['2026-04-04T15:00', 1],
      ['2026-04-04T15:30', 1],
    ]);
  });

  it('starts weeks on Monday, and splits one when it is grouped by week and month across two months', async () => {
    const instants = [
      '2026-06-29T00:00:00Z',
      '2026-06-30T23:59:00Z',
      '2026-07-01T00:00:00Z',
      '2026-07-05T23:59:00Z',
    ];
    expect(await starts('UTC', ['WEEK'], instants)).toEqual([['2026-06-29T00:00', 4]]);
    expect(await starts('UTC', ['WEEK', 'MONTH'], instants)).toEqual([
      ['2026-06-29T00:00', 2],
      ['2026-07-01T00:00', 2],
    ]);
  });
});

import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { archiveMonth } from '../../src/ledger/archive/archive-month.js';
import { readArchivedBefore } from '../../src/ledger/archived-entries.js';
import { restoreMonth } from '../../src/ledger/archive/restore-month.js';
import { getEntry, listEntries } from '../../src/usage/entry.js';
import { readFallbacks } from '../../src/usage/read-fallbacks.js';
import { readUsage, type UsageInput } from '../../src/usage/read-usage.js';
import { type Archive, openArchive } from '../ledger/archive/open-archive.js';

let archive: Archive;
beforeEach(async () => {
  archive = await openArchive();
});
afterEach(() => archive.close());

const wanted = (more: Partial<UsageInput> = {}): UsageInput => ({
  from: new Date('2025-01-01T00:00:00Z'),
  to: new Date('2025-05-01T00:00:00Z'),
  timeZone: 'UTC',
  groupBy: [],
  filter: {},
  ...more,
});

const archiveUntil = async (...months: string[]): Promise<void> => {
  for (const month of months) await archiveMonth(archive.store.database.sql, archive.folder, month);
};

const exact: [string, Partial<UsageInput>][] = [
  ['by day and workflow', { groupBy: ['DAY', 'WORKFLOW'] }],
  ['by hour in Sydney', { groupBy: ['HOUR'], timeZone: 'Australia/Sydney' }],
  ['by week in Kathmandu', { groupBy: ['WEEK', 'OUTCOME'], timeZone: 'Asia/Kathmandu' }],
  ['of one workflow', { filter: { workflow: 'crm' } }],
  ['that ends within a quarter of a present day', { to: new Date('2025-04-07T13:07:32Z') }],
  ['of an odd end on an archived month without entries that day', { from: new Date('2025-01-03T00:01:00Z') }],
];

const needEntries: [string, Partial<UsageInput>][] = [
  ['begins within a quarter of an archived day', { from: new Date('2025-01-07T13:07:00Z') }],
  ['ends within a quarter of an archived day', { to: new Date('2025-02-27T04:44:01Z') }],
  ['filters by charge', { filter: { charge: 'CHARGED' } }],
  ['has chargeback', { groupBy: ['WORKFLOW'], chargeback: true }],
];

it.each(exact)('reports usage %s of archived months to the credit', async (_, input) => {
  const { database } = archive.store;
  const before = await readUsage({ database }, archive.viewer, wanted(input));
  expect(before.totals.creditsCharged).toBeGreaterThan(0n);
  await archiveUntil('2025-01', '2025-02');
  expect(await readUsage({ database }, archive.viewer, wanted(input))).toEqual(before);
});

it.each(needEntries)('refuses a report that %s, until the months are restored', async (_, input) => {
  const { database } = archive.store;
  const before = await readUsage({ database }, archive.viewer, wanted(input));
  await archiveUntil('2025-01', '2025-02');
  await expect(readUsage({ database }, archive.viewer, wanted(input))).rejects.toMatchObject({
    code: 'ARCHIVED',
    message: expect.stringMatching(/archived \(2025-0[12](, 2025-02)?\).*restore-entries/),
  });
  for (const month of ['2025-01', '2025-02']) await restoreMonth(database.sql, archive.folder, month);
  expect(await readUsage({ database }, archive.viewer, wanted(input))).toEqual(before);
});

it('reports chargeback and charges of the months that are present', async () => {
  const { database } = archive.store;
  const present = {
    from: new Date('2025-03-01T00:00:00Z'),
    groupBy: ['WORKFLOW' as const],
    chargeback: true,
  };
  const before = await readUsage({ database }, archive.viewer, wanted(present));
  await archiveUntil('2025-01', '2025-02');
  expect(await readUsage({ database }, archive.viewer, wanted(present))).toEqual(before);
});

it('reports fallbacks whose lookup began in an archived month, and refuses those of that month', async () => {
  const { database } = archive.store;
  const period = { from: new Date('2025-02-01T00:00:00Z'), to: new Date('2025-03-01T00:00:00Z'), filter: {} };
  const before = await readFallbacks({ database }, archive.viewer, period);
  expect(before).toMatchObject([{ missedBy: 'FIRMABLE', provider: 'APOLLO', attempts: 1n }]);
  await archiveUntil('2025-01');
  expect(await readFallbacks({ database }, archive.viewer, period)).toEqual(before);
  await expect(
    readFallbacks({ database }, archive.viewer, { ...period, from: new Date('2025-01-31T00:00:00Z') }),
  ).rejects.toMatchObject({ code: 'ARCHIVED' });
});

it('lists the present entries, and says where the archive begins', async () => {
  const { database } = archive.store;
  const list = (filter: Parameters<typeof listEntries>[2]['filter']) =>
    listEntries({ database }, archive.viewer, { first: 100, after: null, filter });
  const all = await list({});
  expect(await readArchivedBefore(database.db, archive.viewer)).toBeNull();
  const [, secondOfMarch] = [all.items[0], all.items.find(({ kind }) => kind === 'CORRECTION')];
  await archiveUntil('2025-01', '2025-02');
  expect(await readArchivedBefore(database.db, archive.viewer)).toEqual(new Date('2025-03-01T00:00:00Z'));

  const left = await list({});
  const archived = all.items.filter(({ id }) => !left.items.some((one) => one.id === id));
  expect(archived.length).toBeGreaterThan(10);
  expect(await left.totalCount()).toBe(left.items.length);
  // A correction that was written in March, of an entry of January.
  expect(secondOfMarch?.occurredAt.toISOString()).toMatch(/^2025-01/);
  expect((await list({ from: new Date('2025-03-01T00:00:00Z') })).items.length).toBeGreaterThan(5);
  for (const filter of [
    { from: new Date('2025-02-11T00:00:00Z') },
    { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2025-01-02T00:00:00Z') },
    { lookupId: archived[0]?.lookupId },
  ]) {
    await expect(list(filter)).rejects.toMatchObject({ code: 'ARCHIVED' });
  }
  await expect(getEntry({ database }, archive.viewer, archived[0]?.id ?? '')).rejects.toMatchObject({
    code: 'ARCHIVED',
    message: expect.stringContaining('(2025-02)'),
  });
  expect(await getEntry({ database }, archive.viewer, left.items[0]?.id ?? '')).toEqual(left.items[0]);
});

it('sees either all or nothing of a month while it is archived and restored', async () => {
  const { database } = archive.store;
  const input = wanted({ filter: { charge: ['CHARGED', 'PRESUMED', 'NOT_FOUND', 'ALREADY_UNLOCKED'] } });
  const chargeback = wanted({ groupBy: ['WORKFLOW'], chargeback: true });
  const expected = await readUsage({ database }, archive.viewer, input);
  const shares = await readUsage({ database }, archive.viewer, chargeback);
  const stop = new AbortController();
  const seen: unknown[] = [];
  const reading = (async () => {
    while (!stop.signal.aborted) {
      const both = await Promise.allSettled(
        [input, chargeback].map((one) => readUsage({ database }, archive.viewer, one)),
      );
      seen.push(...both.map((one) => (one.status === 'fulfilled' ? one.value : codeOf(one.reason))));
    }
  })();
  for (let round = 0; round < 3; round += 1) {
    await archiveUntil('2025-01');
    await restoreMonth(database.sql, archive.folder, '2025-01');
  }
  stop.abort();
  await reading;
  const allowed: unknown[] = ['ARCHIVED', expected, shares];
  expect(seen.filter((one) => !allowed.some((other) => isDeepStrictEqual(one, other)))).toEqual([]);
  expect(seen.length).toBeGreaterThan(4);
});

const codeOf = (error: unknown): unknown => (error instanceof GatewayError ? error.code : error);

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roles } from '../../../src/access/caller.js';
import { openExport } from '../../../src/usage/exports/open-export.js';
import { listUnlocks } from '../../../src/usage/unlock.js';
import { writeEntries, writeUnlock } from '../setup.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { outcomeOf } from '../../support/outcome.js';
import { createWorkspace } from '../../support/workspace.js';
import { counting, exportDepsOn, linesOf, rowsOf, textOf } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const day = (date: number) => new Date(Date.UTC(2026, 10, date));
const copy = (record: object, more: { variant?: string; fetchedAt?: Date } = {}) => ({
  variant: '',
  fetchedAt: day(2),
  ...more,
  body: JSON.stringify(record),
});

const person = {
  id: 'fp1',
  name: '@Mara Ellery',
  emails: { work: [{ value: 'mara@harbourline.example', deliverability: 'valid' }], personal: [] },
  phones: [
    { number: '+61 400 000 001', isDoNotCall: true },
    { number: '+61 400 000 002', isDoNotCall: false },
    { number: '0400000003', isDoNotCall: null },
    ...[4, 5, 6, 7].map((last) => ({ number: `+61 400 000 00${last}`, isDoNotCall: last > 5 })),
  ],
  company: { id: 'f1', name: 'Harbourline', industries: ['Shipping', '-'] },
  socialMedia: null,
  skills: null,
};
const company = {
  id: 'f1',
  name: 'Harbourline',
  employeeCount: 214,
  industries: ['Shipping', 'Ports'],
  phones: ['+61 2 0000 0000'],
  identifiers: { abn: '34999000001', other: [{ name: 'vat', value: '1' }] },
  socialMedia: null,
  orgRegisters: null,
  nextGen: { technographics: [{ category: 'CRM', technologies: ['=x'] }] },
};

/** A workspace with a company with two snapshots, a person, and a person without a snapshot. */
const withRecords = async () => {
  const workspace = await createWorkspace(store.database);
  const made = {
    company: await writeUnlock(store.database, workspace.id, {
      record: 'company:id:f1',
      unlockedAt: day(1),
      aliases: ['company:id:f1', 'company:domain:harbourline.example'],
      snapshots: [
        copy({ ...company, employeeCount: 1 }, { variant: 'NZ', fetchedAt: day(1) }),
        copy(company, { variant: 'AU', fetchedAt: day(3) }),
      ],
    }),
    person: await writeUnlock(store.database, workspace.id, {
      record: 'person:id:fp1',
      operation: 'PERSON',
      unlockedAt: day(2),
      snapshots: [copy(person)],
    }),
    bare: await writeUnlock(store.database, workspace.id, {
      record: 'person:id:fp2',
      operation: 'PERSON',
      unlockedAt: day(3),
    }),
  };
  return { ...workspace, made };
};

it('exports each phone with its Do Not Call value, empty when it is unknown', async () => {
  const { as } = await withRecords();
  const deps = exportDepsOn(store.database);
  const [, row] = rowsOf(await textOf(deps, as.VIEWER, 'records.csv', { operation: 'PERSON' }));
  expect(row).toMatchObject({
    recordId: 'fp1',
    creditsPaid: '1',
    name: "'@Mara Ellery",
    phone1: "'+61 400 000 001",
    phone1IsDoNotCall: 'true',
    phone2: "'+61 400 000 002",
    phone2IsDoNotCall: 'false',
    phone3: '0400000003',
    phone3IsDoNotCall: '',
    phone5IsDoNotCall: 'false',
    workEmails: 'mara@harbourline.example',
    companyIndustries: "Shipping; '-",
  });
  const more: unknown = JSON.parse(row!['morePhones']!.replaceAll(`"'+`, '"+'));
  expect(more).toEqual(person.phones.slice(5));
});

it('exports a company from its newest snapshot when there are several', async () => {
  const { as } = await withRecords();
  const deps = exportDepsOn(store.database);
  const rows = rowsOf(await textOf(deps, as.VIEWER, 'records.csv', { operation: 'COMPANY' }));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    country: 'AU',
    employeeCount: '214',
    industries: 'Shipping; Ports',
    phones: "'+61 2 0000 0000",
    abn: '34999000001',
    otherIdentifiers: 'vat: 1',
    nextGen: `{"technographics":[{"category":"CRM","technologies":["'=x"]}]}`,
  });
});

it('exports both kinds of records in NDJSON, and needs an operation when the format is CSV', async () => {
  const { as } = await withRecords();
  const deps = exportDepsOn(store.database);
  const lines = linesOf(await textOf(deps, as.VIEWER, 'records.ndjson'));
  expect(lines.map(({ record }) => record)).toEqual([null, person, company]);
  expect(await outcomeOf(textOf(deps, as.VIEWER, 'records.csv'))).toBe('BAD_REQUEST');
});

it('exports the id and price of a record only when there is no snapshot of it, or none are stored', async () => {
  const { as } = await withRecords();
  const [bare] = rowsOf(
    await textOf(exportDepsOn(store.database), as.VIEWER, 'records.csv', { operation: 'PERSON' }),
  );
  expect(bare).toMatchObject({ recordId: 'fp2', creditsPaid: '1', fetchedAt: '', name: '', phone1: '' });
  const text = await textOf(
    exportDepsOn(store.database, { snapshotsKept: false }),
    as.VIEWER,
    'records.ndjson',
  );
  expect(linesOf(text).map(({ recordId, creditsPaid, record }) => [recordId, creditsPaid, record])).toEqual([
    ['fp2', 1, null],
    ['fp1', 1, null],
    ['f1', 1, null],
  ]);
});

it('writes no entry and changes nothing when records are exported', async () => {
  const { id, as } = await withRecords();
  const count = async (): Promise<unknown> =>
    await store.database.db.execute(sql`
      select (select count(*) from entries where workspace_id = ${id}) as entries,
        (select count(*) from unlocks where workspace_id = ${id}) as unlocks,
        (select count(*) from snapshots where workspace_id = ${id}) as snapshots`);
  const before = await count();
  await textOf(exportDepsOn(store.database), as.VIEWER, 'records.ndjson');
  expect(await count()).toEqual(before);
});

it('exports unlocks with the values and cursors of the query when they are read page by page', async () => {
  const { as, made } = await withRecords();
  const deps = exportDepsOn(store.database);
  const rows = rowsOf(await textOf(deps, as.VIEWER, 'unlocks.csv'));
  const { items, cursors } = await listUnlocks(store, as.VIEWER, { first: 10, after: null, filter: {} });
  expect(rows.map(({ unlockId, cursor }) => [unlockId, cursor])).toEqual(
    items.map(({ id }, index) => [id, cursors[index]]),
  );
  expect(rows[2]).toMatchObject({
    unlockId: made.company.id,
    recordId: 'f1',
    origin: 'BOUGHT',
    entryId: made.company.entryId,
    aliases: 'company:domain:harbourline.example; company:id:f1',
  });
  const rest = rowsOf(
    await textOf(deps, as.VIEWER, 'records.csv', { operation: 'PERSON', after: cursors[0]! }),
  );
  expect(rest.map(({ unlockId }) => unlockId)).toEqual([made.person.id]);
});

it('reads records in small pages when snapshots are large', async () => {
  const workspace = await createWorkspace(store.database);
  for (let index = 0; index < 120; index += 1) {
    await writeUnlock(store.database, workspace.id, { operation: 'PERSON', snapshots: [copy(person)] });
  }
  const { database, selects } = counting(store.database);
  const pieces = await openExport(exportDepsOn(database), workspace.as.VIEWER, {
    name: 'records',
    format: 'ndjson',
    query: new URLSearchParams(),
  });
  const sizes: number[] = [];
  for await (const piece of pieces) sizes.push(linesOf(piece).length);
  expect(sizes).toEqual([50, 50, 20]);
  expect(selects()).toBe(3);
});

it.each(roles)('exports nothing of another workspace when the caller is a %s', async (role) => {
  const { as, id } = await withRecords();
  await writeEntries(store.database, id, [{}]);
  const other = await createWorkspace(store.database);
  const deps = exportDepsOn(store.database);
  const period = { from: '2000-01-01', to: '2100-01-01', groupBy: 'OPERATION' };
  const linesFor = async (caller: typeof as.ADMIN): Promise<number[]> => [
    linesOf(await textOf(deps, caller, 'entries.ndjson')).length,
    linesOf(await textOf(deps, caller, 'unlocks.ndjson')).length,
    linesOf(await textOf(deps, caller, 'records.ndjson')).length,
    linesOf(await textOf(deps, caller, 'usage.ndjson', period)).length,
  ];
  expect(await linesFor(as[role])).toEqual([1, 3, 3, 1]);
  expect(await linesFor(other.as[role])).toEqual([0, 0, 0, 0]);
  const cursor = String(linesOf(await textOf(deps, as[role], 'unlocks.ndjson'))[0]!['cursor']);
  expect(await textOf(deps, other.as[role], 'unlocks.ndjson', { after: cursor })).toBe('');
});

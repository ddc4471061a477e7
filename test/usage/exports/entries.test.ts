import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connections, tokens } from '../../../schema/tables/index.js';
import { openExport } from '../../../src/usage/exports/open-export.js';
import { newId } from '../../../src/platform/ids.js';
import { listEntries } from '../../../src/usage/entry.js';
import { readUsage } from '../../../src/usage/read-usage.js';
import { writeEntries } from '../setup.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createWorkspace } from '../../support/workspace.js';
import { counting, exportDepsOn, linesOf, rowsOf, textOf } from './setup.js';

let store: TestDatabase;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
const tokenId = newId();
const connectionId = newId();
const accountId = newId();
const minuteMs = 60_000;
const begin = Date.UTC(2026, 9, 31, 12);

/** 2,300 entries of all kinds over two days: five pages, with the same instant on both sides of their edges. */
beforeAll(async () => {
  store = await createTestDatabase();
  workspace = await createWorkspace(store.database);
  await writeEntries(
    store.database,
    workspace.id,
    Array.from({ length: 2_300 }, (_, index) => ({
      occurredAt: new Date(begin + Math.floor(index / 3) * 3 * minuteMs),
      tokenId,
      connectionId: index % 4 === 0 ? null : connectionId,
      accountId,
      workflow: index % 5 === 0 ? null : ['crm-sync', '=HYPERLINK("http://evil.example")', 'a,b'][index % 3]!,
      ...(index % 7 === 0
        ? { outcome: 'NOT_FOUND' as const, charge: 'NOT_FOUND' as const, credits: 0n }
        : index % 11 === 0
          ? { charge: 'ALREADY_UNLOCKED' as const, credits: 0n, saved: 1n }
          : index % 13 === 0
            ? {
                kind: 'CORRECTION' as const,
                charge: 'NOT_FOUND' as const,
                credits: -1n,
                correctsEntryId: newId(),
              }
            : { credits: BigInt(index % 9) + 1n }),
    })),
  );
  await store.database.db.execute(sql`
    insert into accounts (workspace_id, id, provider) values (${workspace.id}, ${accountId}, 'FIRMABLE')`);
  await store.database.db.insert(connections).values({
    workspaceId: workspace.id,
    id: connectionId,
    provider: 'FIRMABLE',
    name: '+Sales',
    accountId,
    keyHint: 'aaaa',
    sandbox: false,
    deletedAt: new Date(),
  });
  await store.database.db.insert(tokens).values({
    workspaceId: workspace.id,
    id: tokenId,
    name: 'retool',
    role: 'MEMBER',
    hashPrefix: Buffer.from('a'),
    hash: Buffer.from(tokenId),
    hint: 'aaaa',
  });
});
afterAll(() => store.close());

const sum = (rows: Record<string, string>[], column: string): bigint =>
  rows.reduce((total, row) => total + BigInt(row[column] ?? 'none'), 0n);

it('exports CSV that adds up to the ledger and to usage when there are corrections', async () => {
  const rows = rowsOf(await textOf(exportDepsOn(store.database), workspace.as.VIEWER, 'entries.csv'));
  const [ledger] = await store.database.db.execute<{ credits: string; saved: string }>(
    sql`select sum(credits) as credits, sum(saved) as saved from entries where workspace_id = ${workspace.id}`,
  );
  const usage = await readUsage(store, workspace.as.VIEWER, {
    from: new Date(begin),
    to: new Date(begin + 48 * 60 * minuteMs),
    timeZone: 'UTC',
    groupBy: [],
    filter: {},
  });
  expect(rows).toHaveLength(2_300);
  expect(rows.some(({ creditsCharged }) => creditsCharged === '-1')).toBe(true);
  expect([sum(rows, 'creditsCharged'), sum(rows, 'creditsSaved')]).toEqual([
    BigInt(ledger!.credits),
    BigInt(ledger!.saved),
  ]);
  expect([sum(rows, 'creditsCharged'), sum(rows, 'creditsSaved')]).toEqual([
    usage.totals.creditsCharged,
    usage.totals.creditsSaved,
  ]);
});

it('exports usage with the same totals when the grouping differs', async () => {
  const query = { from: '2026-10-31', to: '2026-11-03T00:00:00Z', timeZone: 'Australia/Lord_Howe' };
  const entries = rowsOf(await textOf(exportDepsOn(store.database), workspace.as.VIEWER, 'entries.csv'));
  for (const groupBy of ['', 'HOUR', 'DAY,WORKFLOW', 'TOKEN,OUTCOME,CONNECTION']) {
    const rows = rowsOf(
      await textOf(exportDepsOn(store.database), workspace.as.VIEWER, 'usage.csv', {
        ...query,
        ...(groupBy === '' ? {} : { groupBy }),
      }),
    );
    expect([groupBy, sum(rows, 'creditsCharged')]).toEqual([groupBy, sum(entries, 'creditsCharged')]);
    expect([groupBy, sum(rows, 'creditsSaved')]).toEqual([groupBy, sum(entries, 'creditsSaved')]);
  }
});

it('exports the values of the CSV, as numbers and unguarded texts, when the format is NDJSON', async () => {
  const deps = exportDepsOn(store.database);
  const csv = rowsOf(await textOf(deps, workspace.as.VIEWER, 'entries.csv'));
  const lines = linesOf(await textOf(deps, workspace.as.VIEWER, 'entries.ndjson'));
  expect(lines.map((line) => Object.keys(line))[0]).toEqual(Object.keys(csv[0]!));
  expect(lines.map(({ id, creditsCharged }) => [id, String(creditsCharged)])).toEqual(
    csv.map(({ id, creditsCharged }) => [id, creditsCharged]),
  );
  expect(new Set(lines.map(({ creditsCharged }) => typeof creditsCharged))).toEqual(new Set(['number']));
  expect(new Set(lines.map(({ workflow }) => workflow))).toContain('=HYPERLINK("http://evil.example")');
  expect(new Set(csv.map(({ workflow }) => workflow))).toContain(`'=HYPERLINK("http://evil.example")`);
});

it('exports the names of connections and tokens when they are deleted, too', async () => {
  const lines = linesOf(await textOf(exportDepsOn(store.database), workspace.as.VIEWER, 'entries.ndjson'));
  expect(new Set(lines.map(({ token }) => token))).toEqual(new Set(['retool']));
  expect(
    lines.every((line) => (line['connectionId'] === null ? null : '+Sales') === line['connection']),
  ).toBe(true);
});

it('resumes right after a row when its cursor is inside a page or an instant', async () => {
  const deps = exportDepsOn(store.database);
  const all = rowsOf(await textOf(deps, workspace.as.VIEWER, 'entries.csv')).map(({ id }) => id);
  const cursors = rowsOf(await textOf(deps, workspace.as.VIEWER, 'entries.csv')).map(({ cursor }) => cursor!);
  expect(new Set(all).size).toBe(2_300);
  for (const at of [0, 1, 498, 499, 500, 1_250, 2_298, 2_299]) {
    const rest = rowsOf(await textOf(deps, workspace.as.VIEWER, 'entries.csv', { after: cursors[at]! }));
    expect([at, rest.map(({ id }) => id)]).toEqual([at, all.slice(at + 1)]);
  }
  const { items } = await listEntries(store, workspace.as.VIEWER, {
    first: 3,
    after: cursors[1_233]!,
    filter: {},
  });
  expect(items.map(({ id }) => id)).toEqual(all.slice(1_234, 1_237));
});

it.each<[string, Parameters<typeof listEntries>[2]['filter']]>([
  ['from=2026-11-01T00:00:00Z', { from: new Date('2026-11-01') }],
  ['to=2026-11-01', { to: new Date('2026-11-01') }],
  ['workflow=a,b', { workflow: 'a,b' }],
  ['charge=CHARGED&outcome=FOUND', { charge: 'CHARGED', outcome: 'FOUND' }],
  [`connection=${connectionId}`, { connectionId }],
  [`token=${tokenId}&sandbox=false`, { tokenId, sandbox: false }],
  ['provider=APOLLO', { provider: 'APOLLO' }],
  ['operation=COMPANY&payer=CONNECTION', { operation: 'COMPANY', payer: 'CONNECTION' }],
])('exports what the query lists when the filter is %s', async (query, filter) => {
  const rows = rowsOf(
    await textOf(
      exportDepsOn(store.database),
      workspace.as.VIEWER,
      'entries.csv',
      new URLSearchParams(query),
    ),
  );
  const { items, totalCount } = await listEntries(store, workspace.as.VIEWER, {
    first: 100,
    after: null,
    filter,
  });
  expect(rows.slice(0, 100).map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(rows).toHaveLength(await totalCount());
});

it('matches any value of a label when it is repeated', async () => {
  const deps = exportDepsOn(store.database);
  const query = new URLSearchParams('charge=NOT_FOUND,ALREADY_UNLOCKED&workflow=crm-sync&workflow=a,b');
  const rows = rowsOf(await textOf(deps, workspace.as.VIEWER, 'entries.csv', query));
  expect(new Set(rows.map(({ charge }) => charge))).toEqual(new Set(['NOT_FOUND', 'ALREADY_UNLOCKED']));
  expect(new Set(rows.map(({ workflow }) => workflow))).toEqual(new Set(['crm-sync', 'a,b']));
});

it('reads pages on demand, and no more when the client has disconnected', async () => {
  const { database, selects } = counting(store.database);
  const pieces = await openExport(exportDepsOn(database), workspace.as.VIEWER, {
    name: 'entries',
    format: 'ndjson',
    query: new URLSearchParams(),
  });
  const opened = selects();
  const reading = pieces[Symbol.asyncIterator]();
  await reading.next();
  expect(selects()).toBe(opened);
  await reading.next();
  const read = selects();
  expect(read).toBeGreaterThan(opened);
  await reading.return?.();
  expect((await reading.next()).done).toBe(true);
  expect(selects()).toBe(read);
});

it('writes only a header in CSV, and nothing in NDJSON, when no entry matches', async () => {
  const { as } = await createWorkspace(store.database);
  const deps = exportDepsOn(store.database);
  expect(await textOf(deps, as.VIEWER, 'entries.ndjson')).toBe('');
  expect(await textOf(deps, as.VIEWER, 'entries.csv')).toMatch(/^id,kind,occurredAt,.*,cursor\r\n$/);
});

it('exports chargeback that adds up to the credits charged when it is requested', async () => {
  const query = { from: '2026-10-31', to: '2026-11-03', groupBy: 'WORKFLOW' };
  const deps = exportDepsOn(store.database);
  const plain = rowsOf(await textOf(deps, workspace.as.VIEWER, 'usage.csv', query));
  expect(plain[0]).toMatchObject({ chargebackCredits: '', latencyP50Ms: '' });
  const rows = rowsOf(await textOf(deps, workspace.as.VIEWER, 'usage.csv', { ...query, chargeback: 'true' }));
  expect(sum(rows, 'chargebackCredits')).toBe(sum(rows, 'creditsCharged'));
});

it('exports the local starts of days when a time zone is given', async () => {
  const query = { from: '2026-10-31', to: '2026-11-03', groupBy: 'DAY', timeZone: 'Australia/Sydney' };
  const rows = rowsOf(await textOf(exportDepsOn(store.database), workspace.as.VIEWER, 'usage.csv', query));
  expect(rows.slice(0, 2)).toMatchObject([
    { startsAt: '2026-10-30T13:00:00.000Z', startsAtLocal: '2026-10-31 00:00' },
    { startsAt: '2026-10-31T13:00:00.000Z', startsAtLocal: '2026-11-01 00:00' },
  ]);
});

it("exports PostgreSQL's local date when Node's time zones are older", async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [{ occurredAt: new Date('2026-11-26T20:00:00Z') }]);
  const query = { from: '2026-11-01', to: '2026-12-01', groupBy: 'DAY', timeZone: 'America/Vancouver' };
  const rows = rowsOf(await textOf(exportDepsOn(store.database), as.VIEWER, 'usage.csv', query));
  expect(rows.map(({ startsAtLocal }) => startsAtLocal)).toEqual(['2026-11-26 00:00']);
});

it('resumes after any row of usage when its cursor is given', async () => {
  const query = { from: '2026-10-31', to: '2026-11-03', groupBy: 'DAY,WORKFLOW,OUTCOME' };
  const deps = exportDepsOn(store.database);
  const rows = rowsOf(await textOf(deps, workspace.as.VIEWER, 'usage.csv', query));
  expect(rows.length).toBeGreaterThan(8);
  for (const [at, { cursor }] of rows.entries()) {
    const rest = rowsOf(await textOf(deps, workspace.as.VIEWER, 'usage.csv', { ...query, after: cursor! }));
    expect(rest).toEqual(rows.slice(at + 1));
  }
});

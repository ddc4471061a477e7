import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../../src/platform/database.js';
import { findBinaries } from '../../src/platform/embedded/find-binaries.js';
import { readTimeZone } from '../../src/platform/time-zone.js';
import { type CountingFirmable, domainsFrom, startCountingFirmable } from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';

const migrations = path.resolve(import.meta.dirname, '../../migrations');
const fileName = readdirSync(migrations).find((name) => name.endsWith('_rename_legacy_time_zones.sql')) ?? '';
const migration = readFileSync(path.join(migrations, fileName), 'utf8');
/** Every legacy name, in lower case, with the present one. */
const legacyZones = [...migration.matchAll(/\('([^']+)', '([^']+)'\)/g)].map(
  ([, legacy = '', present = '']) => [legacy, present] as const,
);

let folder: string;
let postgres: OwnPostgres;
let firmable: CountingFirmable;
let gateways: Gateways;

beforeAll(async () => {
  // As in Debian 13, whose package tzdata has no legacy names.
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-zones-'));
  chmodSync(folder, 0o755);
  const native = path.resolve(path.dirname(findBinaries().postgres), '..');
  execFileSync('cp', ['-a', `${native}/.`, folder]);
  const zones = path.join(folder, 'share/postgresql/timezone');
  const legacy = new Set(legacyZones.map(([name]) => name));
  for (const name of execFileSync('find', ['.', '-type', 'f'], { cwd: zones, encoding: 'utf8' }).split(
    '\n',
  )) {
    if (legacy.has(name.slice(2).toLowerCase())) rmSync(path.join(zones, name));
  }
  const bin = path.join(folder, 'bin');
  postgres = await openOwnPostgres(100, {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
  });
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: postgres.address.url },
    firmableUrl: firmable.url,
  });
  await gateways.lookUpAll(0, domainsFrom(1, 5));
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const report = (zone: string): Promise<unknown> =>
  gateways.read(
    0,
    `{ field: usage(groupBy: [DAY], timeZone: "${zone}", from: "2020-01-01", to: "2030-01-01")
       { totals { creditsCharged } rows { startsAt creditsCharged } } }`,
  );

it('knows the present name of every legacy one', async () => {
  const sql = connect(postgres.address, { max: 1, onnotice: () => {} });
  const known = new Set(
    (await sql<{ name: string }[]>`select name from pg_timezone_names`).map(({ name }) => name),
  );
  await sql.end();
  expect(known.size).toBeGreaterThan(400);
  expect(legacyZones).toHaveLength(100);
  for (const [legacy, present] of legacyZones) {
    expect([legacy, readTimeZone(legacy), known.has(present)]).toEqual([legacy, present, true]);
  }
});

it.each([
  ['GB', 'Europe/London'],
  ['nz', 'Pacific/Auckland'],
  ['NZ-CHAT', 'Pacific/Chatham'],
  ['EST5EDT', 'America/New_York'],
  ['Zulu', 'UTC'],
  ['GMT+0', 'UTC'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['US/Pacific', 'America/Los_Angeles'],
  ['australia/SYDNEY', 'Australia/Sydney'],
])('reports the same in %s as in %s', async (one, other) => {
  const rows = await report(one);
  expect(rows).toEqual(await report(other));
  expect(rows).toMatchObject({ rows: [{ creditsCharged: expect.any(Number) }] });
});

it('keeps a budget under the present name, whichever is given', async () => {
  const budget = {
    name: 'zones',
    scope: 'WORKFLOW',
    subject: 'zones',
    period: 'DAY',
    mode: 'HARD',
    limit: 2,
  };
  const { id } = await gateways.setBudget({ ...budget, timeZone: 'Asia/Calcutta' });
  await gateways.setBudget({ ...budget, id, timeZone: 'asia/kolkata' });
  const budgets = await gateways.read<{ nodes: { timeZone: string }[] }>(
    0,
    '{ field: budgets { nodes { timeZone } } }',
  );
  expect(budgets.nodes.map(({ timeZone }) => timeZone)).toContain('Asia/Kolkata');
  expect(budgets.nodes.map(({ timeZone }) => timeZone)).not.toContain('Asia/Calcutta');
  const found = await Promise.all(
    domainsFrom(100, 4).map((by) => gateways.lookUp(0, by, { workflow: 'zones' })),
  );
  expect(found.filter(({ outcome }) => outcome === 'FOUND')).toHaveLength(2);
});

it('renames the zones of earlier releases', async () => {
  const budget = {
    name: 'renamed',
    scope: 'WORKFLOW',
    subject: 'renamed',
    period: 'DAY',
    mode: 'HARD',
    limit: 2,
  };
  await gateways.setBudget(budget);
  const sql = connect(postgres.address, { max: 1, onnotice: () => {} });
  await sql`update budgets set time_zone = 'Asia/Calcutta' where name = 'renamed'`;
  await sql.unsafe(migration);
  expect(await sql`select time_zone from budgets where name = 'renamed'`).toEqual([
    { time_zone: 'Asia/Kolkata' },
  ]);
  await sql.end();
});

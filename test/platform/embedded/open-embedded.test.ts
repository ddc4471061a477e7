import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connect, type DatabaseAddress } from '../../../src/platform/database.js';
import { type EmbeddedPostgres, openEmbedded } from '../../../src/platform/embedded/open-embedded.js';
import { isAlive, runningPostgres } from '../../../src/platform/embedded/running-postgres.js';
import { makeFolder } from '../../support/gateway.js';
import { silentLog } from '../../support/silent-log.js';

const maxWaitMs = 120_000;
vi.setConfig({ testTimeout: maxWaitMs });
const cleanups: (() => unknown)[] = [];
const seed = makeFolder();
const seedDir = path.join(seed.folder, 'data');

const open = async (dataDir: string): Promise<EmbeddedPostgres> => {
  const embedded = await openEmbedded({ dataDir, connectionsMax: 20, log: silentLog });
  cleanups.push(embedded.close);
  return embedded;
};

/** A data folder with a cluster in it, copied from one that was made once, which is far quicker than making one. */
const makeDataDir = (name = 'data'): string => {
  const { folder, remove } = makeFolder();
  cleanups.push(remove);
  const dataDir = path.join(folder, name);
  cpSync(seedDir, dataDir, { recursive: true });
  return dataDir;
};

const query = async (address: DatabaseAddress, statement: string): Promise<unknown[]> => {
  const sql = connect(address, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
};

const clusterIn = (dataDir: string): string => path.join(dataDir, 'postgres');

beforeAll(async () => {
  await (await openEmbedded({ dataDir: seedDir, connectionsMax: 20, log: silentLog })).close();
}, maxWaitMs);
afterAll(seed.remove);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

it('creates one cluster with one owner when two starts meet on an empty folder', async () => {
  const { folder, remove } = makeFolder();
  cleanups.push(remove);
  const results = await Promise.allSettled([open(folder), open(folder)]);
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(readdirSync(folder)).toContain('postgres');
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});

it('starts the server again when it dies, and stays its owner', async () => {
  const dataDir = makeDataDir();
  const { address } = await open(dataDir);
  await query(address, 'create table kept as select 1 as row');
  process.kill(runningPostgres(clusterIn(dataDir))?.pid ?? 0, 'SIGKILL');
  const rows = () => query(address, 'select row from kept').catch(() => 'away');
  await expect.poll(rows, { timeout: maxWaitMs }).toEqual([{ row: 1 }]);
  const owners = () =>
    query(address, `select count(*)::int as owners from pg_locks where locktype = 'advisory' and granted`);
  await expect.poll(owners, { timeout: maxWaitMs }).toEqual([{ owners: 1 }]);
  await expect(open(dataDir)).rejects.toThrow(/Another gateway already runs/);
});

it('leaves no server behind when it is closed while the server is being started again', async () => {
  const dataDir = makeDataDir();
  const embedded = await openEmbedded({ dataDir, connectionsMax: 20, log: silentLog });
  const first = runningPostgres(clusterIn(dataDir))?.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => isAlive(first), { interval: 2 }).toBe(false);
  await embedded.close();
  expect(runningPostgres(clusterIn(dataDir))).toBeNull();
});

it('starts when the pid of a dead server belongs to another program now', async () => {
  const dataDir = makeDataDir();
  const embedded = await openEmbedded({ dataDir, connectionsMax: 20, log: silentLog });
  const lockFile = path.join(clusterIn(dataDir), 'postmaster.pid');
  const text = readFileSync(lockFile, 'utf8');
  await embedded.close();
  writeFileSync(lockFile, text.replace(/^\d+/, String(process.ppid)));
  const { address } = await open(dataDir);
  expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
});

it.each([
  ['too long for a socket', 'a-long-name/'.repeat(10)],
  ['one with a comma, which divides lists of sockets', 'a,b'],
])('works in a folder whose path is %s', async (_, name) => {
  const dataDir = makeDataDir(name);
  const { address } = await open(dataDir);
  expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
  const socketDir = 'socketDir' in address ? address.socketDir : '';
  cleanups.unshift(() => rmSync(socketDir, { recursive: true, force: true }));
  expect(Buffer.byteLength(socketDir)).toBeLessThan(88);
});

it('keeps statements and values out of the log', async () => {
  const dataDir = makeDataDir();
  const { address } = await open(dataDir);
  await query(address, 'create table kept (id text primary key)');
  for (const _ of [1, 2]) await query(address, `insert into kept values ('canary-value')`).catch(() => {});
  await query(address, `select 'canary-value' from nowhere`).catch(() => {});
  await query(address, `do $$ begin raise warning 'shown'; end $$`);
  const log = readFileSync(path.join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toContain('shown');
  expect(log).not.toContain('canary');
});

it('says where to look when the server does not start', async () => {
  const dataDir = makeDataDir();
  writeFileSync(path.join(clusterIn(dataDir), 'PG_VERSION'), '9\n');
  await expect(open(dataDir)).rejects.toThrow(/did not start \(exit code 1\): read postgres.log in DATA_DIR/);
});

it('says what to do when a data folder cannot be created', async () => {
  const { folder, remove } = makeFolder();
  cleanups.push(remove);
  writeFileSync(path.join(folder, 'file'), '');
  await expect(open(path.join(folder, 'file', 'data'))).rejects.toThrow(/DATA_DIR .* Choose a folder/);
});

it('removes what crashed first starts have left', async () => {
  const dataDir = makeDataDir();
  mkdirSync(path.join(dataDir, 'postgres.partial-left'));
  await open(dataDir);
  expect(readdirSync(dataDir)).not.toContain('postgres.partial-left');
});

import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { GatewayError } from '../../errors.js';
import { connect, type DatabaseAddress, type Sql } from '../database.js';
import { createDataDir } from './data-folders.js';
import { clusterDirOf } from './prepare-cluster.js';

// A base backup as PostgreSQL's manual describes it (25.3.3): the files, copied while the server writes, with the log of
// that time, which makes them consistent at the next start.

/** Written last, so that a backup that was interrupted is not restored. */
const markerName = 'backup.json';
const marker = z.object({ format: z.literal(1), madeAt: z.string(), hasKeys: z.boolean() });
export type Backup = z.output<typeof marker>;

/**
 * Copies the embedded database and, if there is one, the file of encryption keys into `folder`, which must not exist or
 * be empty. The server goes on. Throws INVALID_INPUT for another folder, and leaves nothing after any error.
 */
export const backUp = async (
  dataDir: string,
  address: DatabaseAddress,
  folder: string,
  now: Date,
): Promise<Backup> => {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw wrongFolder(`${folder} is a file`);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw wrongFolder(`${folder} is not empty`);
  const existed = existsSync(folder);
  makeFolder(folder);
  try {
    const keys = path.join(dataDir, 'secrets');
    const made: Backup = { format: 1, madeAt: now.toISOString(), hasKeys: existsSync(keys) };
    if (made.hasKeys) copyDurably(keys, path.join(folder, 'secrets'));
    await copyCluster(clusterDirOf(dataDir), address, clusterDirOf(folder));
    writeDurably(path.join(folder, markerName), JSON.stringify(made));
    return made;
  } catch (error) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
    if (!existed) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};

const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw wrongFolder(`${folder} cannot be made`, cause);
  }
};

const wrongFolder = (fault: string, cause?: unknown): GatewayError =>
  new GatewayError('INVALID_INPUT', `${fault}: name a new folder.`, { cause });

const copyCluster = async (from: string, address: DatabaseAddress, to: string): Promise<void> => {
  // The server ends a backup whose session ends.
  const sql = connect(address, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connection: { application_name: 'firmable-gateway backup' },
  });
  try {
    await keepLog(sql);
    await sql`select pg_backup_start('firmable-gateway', true)`;
    copyFolder(from, to, '');
    const [stop] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop(true)`;
    const label = stop?.labelfile ?? '';
    const firstLog = /^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)/m.exec(label)?.[1];
    if (firstLog === undefined) throw new Error('the server gave no backup label');
    for (const name of readdirSync(path.join(from, 'pg_wal'))) {
      if (/^[0-9A-F]{24}$/.test(name) && name >= firstLog) {
        copyDurably(path.join(from, 'pg_wal', name), path.join(to, 'pg_wal', name));
      }
    }
    writeDurably(path.join(to, 'backup_label'), label);
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/** A slot of this session keeps the log that the server would otherwise recycle during a long copy. */
const keepLog = async (sql: Sql): Promise<void> => {
  const name = `backup_${process.pid}`;
  await sql`select pg_create_physical_replication_slot(${name}, true, true)`;
};

// What the server creates anew at each start, and the log, which is copied at the end.
const emptied = /^(pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/|.*\bpgsql_tmp)/;
const skipped = /^(postmaster\.(pid|opts)|backup_label(\.old)?)$/;

const copyFolder = (from: string, to: string, inside: string): void => {
  mkdirSync(path.join(to, inside), { mode: 0o700 });
  for (const entry of readdirSync(path.join(from, inside), { withFileTypes: true })) {
    const name = path.posix.join(inside, entry.name);
    if (emptied.test(name) || skipped.test(name)) continue;
    if (entry.isDirectory()) copyFolder(from, to, name);
    else if (entry.isFile()) {
      copyDurably(path.join(from, name), path.join(to, name), { mayBeGone: true });
    }
  }
};

/** Copies a file, and waits until it is on the disk. A table may be dropped while its folder is read. */
const copyDurably = (from: string, to: string, { mayBeGone = false } = {}): void => {
  try {
    copyFileSync(from, to);
  } catch (error) {
    if (mayBeGone && !existsSync(from)) return;
    throw error;
  }
  syncFile(to);
};

const writeDurably = (file: string, text: string): void => {
  writeFileSync(file, text, { mode: 0o600 });
  syncFile(file);
};

const syncFile = (file: string): void => {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Restores a backup into a data folder without a database; the next start makes it consistent. Throws UNAVAILABLE, with
 * the remedy; no start takes a partial restore for a database. Leaves a note of it, which `readRestore` returns.
 */
export const restore = (folder: string, dataDir: string, now: Date): Backup => {
  const made = readMarker(folder);
  const ours = path.join(folder, 'secrets');
  if (made.hasKeys && !existsSync(ours))
    throw unusable(
      `${ours}, the encryption keys of the backup, is missing: put the file back into the folder.`,
    );
  const home = createDataDir(dataDir);
  const clusterDir = clusterDirOf(home);
  if (existsSync(clusterDir)) {
    throw unusable(`${home} has a database already: set DATA_DIR to a new folder, or move that one away.`);
  }
  const keys = path.join(home, 'secrets');
  if (made.hasKeys && existsSync(keys) && !readFileSync(keys).equals(readFileSync(ours))) {
    throw unusable(`${keys} has other encryption keys than the backup: set DATA_DIR to a new folder.`);
  }
  const partialDir = mkdtempSync(path.join(home, 'postgres.partial-'));
  try {
    copyWhole(clusterDirOf(folder), path.join(partialDir, 'postgres'));
    if (made.hasKeys) copyDurably(ours, keys);
    const note: Restore = { madeAt: made.madeAt, restoredAt: now.toISOString() };
    writeDurably(path.join(home, restoreName), JSON.stringify(note));
    renameSync(path.join(partialDir, 'postgres'), clusterDir);
  } finally {
    rmSync(partialDir, { recursive: true, force: true });
  }
  return made;
};

const restoreName = 'restored.json';
const restoreNote = z.object({ madeAt: z.string(), restoredAt: z.string() });
/** When the backup was made, and when it was restored. */
type Restore = z.output<typeof restoreNote>;

/** The restore that this data folder comes from, until `forgetRestore`; null if there was none. */
export const readRestore = (dataDir: string): Restore | null => {
  const file = path.join(dataDir, restoreName);
  if (!existsSync(file)) return null;
  return restoreNote.parse(JSON.parse(readFileSync(file, 'utf8')));
};

export const forgetRestore = (dataDir: string): void => {
  rmSync(path.join(dataDir, restoreName), { force: true });
};

const copyWhole = (from: string, to: string): void => {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyWhole(source, target);
    else copyDurably(source, target);
  }
};

const readMarker = (folder: string): Backup => {
  const file = path.join(folder, markerName);
  if (!existsSync(file)) {
    throw unusable(`${folder} is not a complete backup: name a folder that the backup command has finished.`);
  }
  const read = marker.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw unusable(
    `${file} cannot be read: restore a backup of another release with the release that made it, and use another copy of a damaged one.`,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const unusable = (message: string): GatewayError => new GatewayError('UNAVAILABLE', message);

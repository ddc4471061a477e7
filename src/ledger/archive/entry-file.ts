import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Transaction } from '../../platform/database.js';

/** SHA-256, in hexadecimal, of a file and of the text that is compressed in it. */
export type FileHashes = { file: string; text: string };

/** The columns of entries in their order. */
export const readColumns = async (tx: Transaction): Promise<string[]> => {
  const rows = await tx<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = 'entries'::regclass and attnum > 0 and not attisdropped order by attnum`;
  return rows.map(({ name }) => name);
};

const listOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

const rowsPerPart = 10_000;

/**
 * CSV as PostgreSQL writes it: a null is an empty field, an empty text is "". Its rows are sorted by their key. Read in
 * parts: postgres.js stops reading its connection when a long COPY ends while its reader is behind.
 */
const copyOut = async function* (
  tx: Transaction,
  table: string,
  columns: readonly string[],
): AsyncGenerator<Buffer, void, undefined> {
  for (let after: string | null = null, isFirst = true; ; isFirst = false) {
    const behind: string = after === null ? 'true' : `(workspace_id, id) > ${after}`;
    const [last] = await tx.unsafe<{ key: string }[]>(
      `select format('(%L::uuid, %L::uuid)', workspace_id, id) as key from "${table}" where ${behind}
      order by workspace_id, id offset ${rowsPerPart - 1} limit 1`,
    );
    const until = last === undefined ? 'true' : `(workspace_id, id) <= ${last.key}`;
    const part = await tx
      .unsafe(
        `copy (select ${listOf(columns)} from "${table}" where ${behind} and ${until} order by workspace_id, id)
        to stdout with (format csv${isFirst ? ', header' : ''})`,
      )
      .readable();
    yield await collect(part);
    if (last === undefined) return;
    after = last.key;
  }
};

const collect = (stream: Readable): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', reject);
  });

/** Writes a table of entries as compressed CSV; the file is on the disk when this resolves. */
export const writeEntries = async (
  tx: Transaction,
  table: string,
  columns: readonly string[],
  file: string,
): Promise<FileHashes> => {
  const text = createHash('sha256');
  const whole = createHash('sha256');
  await pipeline(
    copyOut(tx, table, columns),
    hashing(text),
    createGzip(),
    hashing(whole),
    createWriteStream(file, { mode: 0o600 }),
  );
  await flush(file);
  return { file: whole.digest('hex'), text: text.digest('hex') };
};

/** Flushes a file, or the names in a folder, to the disk. */
export const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The hash of the text that writeEntries would write. */
export const hashTable = async (
  tx: Transaction,
  table: string,
  columns: readonly string[],
): Promise<string> => {
  const text = createHash('sha256');
  await pipeline(copyOut(tx, table, columns), hashing(text), discard());
  return text.digest('hex');
};

/** The hashes of a file. */
export const hashFile = async (file: string): Promise<FileHashes> => {
  const text = createHash('sha256');
  const whole = createHash('sha256');
  await pipeline(createReadStream(file), hashing(whole), createGunzip(), hashing(text), discard());
  return { file: whole.digest('hex'), text: text.digest('hex') };
};

/** Reads a file into an empty table with the columns of entries. */
export const readEntries = async (
  tx: Transaction,
  table: string,
  columns: readonly string[],
  file: string,
): Promise<void> => {
  const into = await tx
    .unsafe(`copy "${table}" (${listOf(columns)}) from stdin with (format csv, header match)`)
    .writable();
  await pipeline(createReadStream(file), createGunzip(), into);
};

const hashing = (hash: Hash): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });

const discard = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

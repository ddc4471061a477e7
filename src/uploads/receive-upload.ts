import { authorizeInScope, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { Providers } from '../providers/catalogue.js';
import { describeUpload, type UploadAnswer } from './describe-upload.js';
import { openTable } from './open-table.js';
import { cleanFileName } from './file-name.js';
import { readRows } from './read-rows.js';
import { type ChunkStore, openChunkStore } from './store-chunks.js';

/** `storedBytesMax`: of all lists of a workspace together, as they are stored; 0 for no limit. */
export type UploadLimits = { bytesMax: number; rowsMax: number; storedBytesMax: number };

/** A file as a client sends it. */
export type ReceivedFile = {
  name: string | null;
  /** The one that the client named; null for none. */
  charset: string | null;
  /** Whether the first row is a header; null: it is found out. */
  hasHeader: boolean | null;
  /** The name of a workbook's sheet, or its number from 1; null for the first with rows. */
  sheet: string | null;
  bytes: AsyncIterable<Uint8Array>;
};

type Deps = { database: Pick<Database, 'db'>; providers: Providers; limits: UploadLimits; log: Log };

/** Rows may be this many times as long as the file, as they are stored: an empty cell is a byte in CSV, and three there. */
const storedMax = 4;

/**
 * Reads a file as it arrives and stores its rows, in memory that does not grow with the file. Cells are stored as they
 * are, in their order. A row that cannot be read is left out and reported with its line. Throws FORBIDDEN, INVALID_INPUT for
 * what is no table, LIMIT_EXCEEDED for too much of it, and what `bytes` throws; then nothing is stored.
 */
export const receiveUpload = async (
  { database, providers, limits, log }: Deps,
  caller: Caller,
  file: ReceivedFile,
): Promise<UploadAnswer> => {
  authorizeInScope(caller, 'enrich');
  let bytes = 0;
  const counted = async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of file.bytes) {
      bytes += piece.length;
      if (bytes > limits.bytesMax) throw tooLarge(limits.bytesMax);
      yield piece;
    }
  };
  const table = await openTable(counted(), file, limits.bytesMax);
  let store: ChunkStore | null = null;
  try {
    const charactersMax = limits.bytesMax * storedMax;
    const { storedBytesMax } = limits;
    store = await openChunkStore(database, caller, { format: table.format, charactersMax, storedBytesMax });
    const read = await readRows(table, store, {
      ...file,
      rowsMax: limits.rowsMax,
      firmable: providers.FIRMABLE,
    });
    const upload = await store.complete({
      format: table.format,
      fileName: cleanFileName(file.name),
      encoding: table.encoding(),
      separator: table.separator(),
      bytes,
      columns: read.columns,
      faultCount: read.faultCount,
      faults: read.faults,
    });
    const notes = [...table.notes(), ...read.notes];
    const { sheets } = table;
    return await describeUpload(upload, { ...read, notes, sheet: table.sheet(), sheets }, providers);
  } catch (error) {
    await store?.discard().catch(() => log.warn('an upload that was cut off could not be deleted'));
    throw error;
  } finally {
    await table.close();
  }
};

/** Refuses a file that is larger than the setting allows. */
export const tooLarge = (bytesMax: number): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `The file is larger than ${bytesMax} bytes: split it into several, or have the operator raise UPLOAD_BYTES_MAX.`,
  );

import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { uploadChunks, uploads } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isTransient } from '../platform/database-errors.js';
import { newId } from '../platform/ids.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { remainingBytes, requireSpace, storageFull } from './stored-bytes.js';
import { chunkRowsMax, type Upload, uploadColumns, uploadNotFound, writeChunk, writeRow } from './upload.js';

type Row = { line: number; cells: readonly string[] };
type Fact = 'format' | 'fileName' | 'encoding' | 'separator' | 'columns' | 'bytes' | 'faultCount' | 'faults';

/** Stores the rows of one upload as they come. */
export type ChunkStore = {
  /** Null, or what to wait for before the next row: at most two chunks are in memory. */
  add: (row: Row) => Promise<void> | null;
  /** Stores what is left, and makes the upload complete: from now on it can be used. */
  complete: (facts: Pick<Upload, Fact>) => Promise<Upload>;
  /** Deletes what was stored. */
  discard: () => Promise<void>;
};

/** A chunk of long rows has fewer of them. */
const chunkCharactersMax = 1_000_000;

/**
 * Begins an upload. Until it is complete nobody can use it. `charactersMax`: how long its rows may be together, as they are
 * stored; `storedBytesMax`: those of all lists of the workspace, 0 for no limit. `add` and `complete` throw LIMIT_EXCEEDED for
 * more.
 */
export const openChunkStore = async (
  { db }: Pick<Database, 'db'>,
  { workspaceId, tokenId }: Caller,
  {
    format,
    charactersMax,
    storedBytesMax,
  }: { format: Upload['format']; charactersMax: number; storedBytesMax: number },
): Promise<ChunkStore> => {
  const id = newId();
  const remaining = await remainingBytes(db, workspaceId, storedBytesMax);
  await db.insert(uploads).values({ workspaceId, id, tokenId, format, columns: [] });
  let rows: string[] = [];
  let characters = 0;
  let allCharacters = 0;
  let storedBytes = 0;
  let number = 0;
  let stored = 0;
  let writing: Promise<unknown> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const chunk = { number, firstRow: stored + 1, rowCount: rows.length, rows: writeChunk(rows) };
    [rows, characters] = [[], 0];
    storedBytes += Buffer.byteLength(chunk.rows);
    if (storedBytes > remaining) throw storageFull(storedBytesMax);
    number += 1;
    stored += chunk.rowCount;
    await writing;
    const values = { workspaceId, uploadId: id, ...chunk };
    writing = persist(() => db.insert(uploadChunks).values(values).onConflictDoNothing());
    // It is awaited before the next one is written; until then nobody else handles its failure.
    writing.catch(() => {});
  };

  return {
    add: (row) => {
      const text = writeRow(row);
      rows.push(text);
      characters += text.length;
      allCharacters += text.length;
      if (allCharacters > charactersMax) throw tooManyCells(charactersMax);
      return rows.length === chunkRowsMax || characters >= chunkCharactersMax ? flush() : null;
    },
    complete: async (facts) => {
      await flush();
      await writing;
      const [upload] = await persist(() =>
        db.transaction(async (tx) => {
          await requireSpace(tx, { workspaceId, id }, storedBytes, storedBytesMax);
          return await tx
            .update(uploads)
            .set({ ...facts, rows: stored, storedBytes, completedAt: new Date() })
            .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)))
            .returning(uploadColumns);
        }),
      );
      // Its row is deleted where it took longer than uploads may take.
      if (upload === undefined) throw uploadNotFound();
      return upload;
    },
    discard: async () => {
      await writing.catch(() => {});
      await persist(() =>
        db
          .delete(uploadChunks)
          .where(and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, id))),
      );
      await persist(() =>
        db.delete(uploads).where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id))),
      );
    },
  };
};

const outageMs = 30_000;
const retryMs = 500;

/** Makes a change again while the database is lost, for some time: the client waits meanwhile. It may be made twice. */
const persist = async <Result>(change: () => PromiseLike<Result>): Promise<Result> => {
  const endMs = performance.now() + outageMs;
  for (;;) {
    try {
      return await withQueryTimeout(change(), 15_000);
    } catch (error) {
      if (!isTransient(error) || performance.now() > endMs) throw error;
      await sleep(retryMs);
    }
  }
};

const tooManyCells = (charactersMax: number): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `The rows of the file are longer than ${charactersMax} characters together, empty cells included: remove empty columns, split the file, or have the operator raise UPLOAD_BYTES_MAX.`,
  );

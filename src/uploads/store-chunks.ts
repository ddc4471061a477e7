import { and, eq } from 'drizzle-orm';
import { uploadChunks, uploads } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
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

/** Begins an upload. Until it is complete nobody can use it. */
export const openChunkStore = async (
  { db }: Pick<Database, 'db'>,
  { workspaceId, tokenId }: Caller,
  format: Upload['format'],
): Promise<ChunkStore> => {
  const id = newId();
  await db.insert(uploads).values({ workspaceId, id, tokenId, format, columns: [] });
  let rows: string[] = [];
  let characters = 0;
  let number = 0;
  let stored = 0;
  let writing: Promise<unknown> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const chunk = { number, firstRow: stored + 1, rowCount: rows.length, rows: writeChunk(rows) };
    [rows, characters] = [[], 0];
    number += 1;
    stored += chunk.rowCount;
    await writing;
    writing = db
      .insert(uploadChunks)
      .values({ workspaceId, uploadId: id, ...chunk })
      .execute();
    // It is awaited before the next one is written; until then nobody else handles its failure.
    writing.catch(() => {});
  };

  return {
    add: (row) => {
      const text = writeRow(row);
      rows.push(text);
      characters += text.length;
      return rows.length === chunkRowsMax || characters >= chunkCharactersMax ? flush() : null;
    },
    complete: async (facts) => {
      await flush();
      await writing;
      const [upload] = await db
        .update(uploads)
        .set({ ...facts, rows: stored, completedAt: new Date() })
        .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)))
        .returning(uploadColumns);
      // Its row is deleted where it took longer than uploads may take.
      if (upload === undefined) throw uploadNotFound();
      return upload;
    },
    discard: async () => {
      await writing.catch(() => {});
      await db
        .delete(uploadChunks)
        .where(and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, id)));
      await db.delete(uploads).where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)));
    },
  };
};

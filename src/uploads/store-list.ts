import { uploadChunks, uploads } from '../../schema/tables/index.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { requireSpace } from './stored-bytes.js';
import { chunkRowsMax, type Upload, uploadColumns, writeChunk, writeRow } from './upload.js';

/**
 * Stores identifiers that came with a request as an upload of format LIST. `columns` are their headers; each row has a
 * cell for each column. Its line is its number. Runs in the caller's transaction. Throws FORBIDDEN, and LIMIT_EXCEEDED where all
 * lists of the workspace would have more than `storedBytesMax` bytes (0: no limit).
 */
export const storeList = async (
  db: Pick<Drizzle, 'insert' | 'select' | 'execute'>,
  caller: Caller,
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  storedBytesMax: number,
): Promise<Upload> => {
  authorizeInScope(caller, 'enrich');
  const { workspaceId, tokenId } = caller;
  const id = newId();
  const lines = rows.map((cells, index) => ({ line: index + 1, cells }));
  const chunks = Array.from({ length: Math.ceil(rows.length / chunkRowsMax) }, (_, number) => {
    const own = lines.slice(number * chunkRowsMax, (number + 1) * chunkRowsMax);
    const firstRow = number * chunkRowsMax + 1;
    return {
      workspaceId,
      uploadId: id,
      number,
      firstRow,
      rowCount: own.length,
      rows: writeChunk(own.map(writeRow)),
    };
  });
  const bytes = chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.rows), 0);
  await requireSpace(db, { workspaceId, id }, bytes, storedBytesMax);
  if (chunks.length > 0) await db.insert(uploadChunks).values(chunks);
  const [upload] = await db
    .insert(uploads)
    .values({
      workspaceId,
      id,
      tokenId,
      format: 'LIST',
      columns: [...columns],
      rows: rows.length,
      bytes,
      storedBytes: bytes,
      completedAt: new Date(),
    })
    .returning(uploadColumns);
  if (upload === undefined) throw new Error('an upload was not written');
  return upload;
};

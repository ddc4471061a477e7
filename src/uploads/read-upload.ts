import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { uploadChunks, uploads } from '../../schema/tables/index.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { fromPublicId } from '../access/public-ids.js';
import { isConfined } from '../access/scopes.js';
import type { Database } from '../platform/database.js';
import type { Providers } from '../providers/catalogue.js';
import { type Proposal, proposeMapping } from './propose-mapping.js';
import { isUpload, readChunk, type Upload, uploadColumns, uploadNotFound, type UploadRow } from './upload.js';

type Reader = Pick<Database, 'db'>;

/** Which upload; the caller has authorized it. */
export type UploadOf = { workspaceId: string; uploadId: string };

/**
 * The upload with this public id (`upl_…`). A confined token sees those that it sent. Throws FORBIDDEN, or NOT_FOUND, also
 * for one that was not received to its end.
 */
export const getUpload = async (
  { database }: { database: Reader },
  caller: Caller,
  id: string,
): Promise<Upload> => {
  authorizeInScope(caller, 'read');
  const [upload] = await database.db
    .select(uploadColumns)
    .from(uploads)
    .where(isUpload(caller.workspaceId, fromPublicId('upload', id)));
  if (upload === undefined || (isConfined(caller.scopes) && upload.tokenId !== caller.tokenId))
    throw uploadNotFound();
  return upload;
};

/** The rows with these numbers, from 1, both included. What lies behind the end is left out. */
export const readUploadRows = async (
  { db }: Reader,
  upload: UploadOf,
  { from, to }: { from: number; to: number },
): Promise<UploadRow[]> => {
  const chunks = await db
    .select({ firstRow: uploadChunks.firstRow, rows: uploadChunks.rows })
    .from(uploadChunks)
    .where(
      and(
        ofUpload(upload),
        lte(uploadChunks.firstRow, to),
        gte(sql`${uploadChunks.firstRow} + ${uploadChunks.rowCount} - 1`, from),
      ),
    )
    .orderBy(asc(uploadChunks.number));
  return chunks.flatMap(readChunk).filter(({ number }) => number >= from && number <= to);
};

/** The rows of the chunk with this number, from 0: at most 500; none for a chunk that does not exist. */
export const readUploadChunk = async (
  { db }: Reader,
  upload: UploadOf,
  number: number,
): Promise<UploadRow[]> => {
  const [chunk] = await db
    .select({ firstRow: uploadChunks.firstRow, rows: uploadChunks.rows })
    .from(uploadChunks)
    .where(and(ofUpload(upload), eq(uploadChunks.number, number)));
  return chunk === undefined ? [] : readChunk(chunk);
};

/**
 * What the answer to POST /uploads has proposed for this upload: its operation, and which columns have identifiers; or what it would
 * have proposed for `operation`.
 */
export const readProposal = async (
  { database, providers }: { database: Reader; providers: Providers },
  upload: Pick<Upload, 'workspaceId' | 'id' | 'columns'>,
  operation: Proposal['operation'] | null = null,
): Promise<Proposal> => {
  const { workspaceId, id: uploadId, columns } = upload;
  const rows = await readUploadChunk(database, { workspaceId, uploadId }, 0);
  return proposeMapping(columns, rows, providers, operation);
};

const ofUpload = ({ workspaceId, uploadId }: UploadOf) =>
  and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, uploadId));

import { and, asc, eq, sql } from 'drizzle-orm';
import { uploadChunks, uploads } from '../../schema/tables/index.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { fromPublicId } from '../access/public-ids.js';
import { isConfined } from '../access/scopes.js';
import type { Database } from '../platform/database.js';
import type { Providers } from '../providers/catalogue.js';
import { type Proposal, proposeMapping } from './propose-mapping.js';
import {
  isUpload,
  listDamaged,
  readChunk,
  type Upload,
  uploadColumns,
  uploadNotFound,
  type UploadRow,
} from './upload.js';

type Reader = Pick<Database, 'db'>;

/** Which upload; the caller has authorized it. */
export type UploadOf = { workspaceId: string; uploadId: string };

/**
 * The upload with this public id (`upl_…`). A confined token sees those that it sent. Throws FORBIDDEN, or NOT_FOUND, also
 * for one that was not received to its end.
 */
export const getUpload = async (deps: { database: Reader }, caller: Caller, id: string): Promise<Upload> => {
  const upload = await findUpload(deps, caller, id);
  if (upload === null) throw uploadNotFound();
  return upload;
};

/** As `getUpload`, but null for one that does not exist. */
export const findUpload = async (
  { database }: { database: Reader },
  caller: Caller,
  id: string,
): Promise<Upload | null> => {
  authorizeInScope(caller, 'read');
  const [upload] = await database.db
    .select(uploadColumns)
    .from(uploads)
    .where(isUpload(caller.workspaceId, fromPublicId('upload', id)));
  if (upload === undefined || (isConfined(caller.scopes) && upload.tokenId !== caller.tokenId)) return null;
  return upload;
};

/**
 * The rows with these numbers, from 1, in the order of the list; of a range both ends are included. What lies behind the end is
 * left out. Throws as `readChunk`.
 */
export const readUploadRows = async (
  { db }: Reader,
  upload: UploadOf,
  wanted: { from: number; to: number } | readonly number[],
): Promise<UploadRow[]> => {
  const ranges = 'from' in wanted ? [wanted] : wanted.map((number) => ({ from: number, to: number }));
  if (ranges.length === 0) return [];
  const isWanted =
    'from' in wanted
      ? ({ number }: UploadRow) => number >= wanted.from && number <= wanted.to
      : isOneOf(new Set(wanted));
  const chunks = await db
    .select(chunkColumns)
    .from(uploadChunks)
    .where(
      and(
        ofUpload(upload),
        sql`exists (
          select from json_to_recordset(${JSON.stringify(ranges)}::text::json) as wanted("from" int, "to" int)
          where wanted."from" < ${uploadChunks.firstRow} + ${uploadChunks.rowCount}
            and wanted."to" >= ${uploadChunks.firstRow})`,
      ),
    )
    .orderBy(asc(uploadChunks.number));
  return chunks.flatMap(readChunk).filter(isWanted);
};

const isOneOf =
  (numbers: ReadonlySet<number>) =>
  ({ number }: UploadRow): boolean =>
    numbers.has(number);

/** The rows of the chunk with this number, from 0: at most 500. Throws as `readChunk`, also for one that does not exist. */
export const readUploadChunk = async (
  { db }: Reader,
  upload: UploadOf,
  number: number,
): Promise<UploadRow[]> => {
  const [chunk] = await db
    .select(chunkColumns)
    .from(uploadChunks)
    .where(and(ofUpload(upload), eq(uploadChunks.number, number)));
  if (chunk === undefined) throw listDamaged();
  return readChunk(chunk);
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
  return await proposeMapping(columns, rows, providers, operation);
};

const chunkColumns = {
  firstRow: uploadChunks.firstRow,
  rowCount: uploadChunks.rowCount,
  rows: uploadChunks.rows,
} as const;

const ofUpload = ({ workspaceId, uploadId }: UploadOf) =>
  and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, uploadId));

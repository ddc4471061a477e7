import { and, eq, isNotNull, type InferSelectModel } from 'drizzle-orm';
import { uploads } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';

/** The identifiers that a column of a list can have, as the API names them. */
export const columnIdentifiers = [
  'ID',
  'DOMAIN',
  'WEBSITE',
  'LINKEDIN',
  'ABN',
  'WORK_EMAIL',
  'PERSONAL_EMAIL',
] as const;
export type ColumnIdentifier = (typeof columnIdentifiers)[number];

/** A column by its position, from 0, and the identifier that its cells are. */
export type ColumnMapping = { column: number; identifier: ColumnIdentifier };

/** A list whose rows are all stored. */
export type Upload = Omit<InferSelectModel<typeof uploads>, 'completedAt' | 'storedBytes'>;

/** A row as it was received: its number, from 1 and without gaps, its line in the file, and its cells. */
export type UploadRow = { number: number; line: number; cells: readonly string[] };

/** At most this many rows are in a chunk. */
export const chunkRowsMax = 500;

export const uploadColumns = {
  workspaceId: uploads.workspaceId,
  id: uploads.id,
  tokenId: uploads.tokenId,
  fileName: uploads.fileName,
  format: uploads.format,
  encoding: uploads.encoding,
  separator: uploads.separator,
  columns: uploads.columns,
  rows: uploads.rows,
  bytes: uploads.bytes,
  faultCount: uploads.faultCount,
  faults: uploads.faults,
  createdAt: uploads.createdAt,
} as const;

/** The complete upload with this id. One that is still received, or was cut off, is not complete. */
export const isUpload = (workspaceId: string, id: string) =>
  and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id), isNotNull(uploads.completedAt));

/** The cells of a row in a chunk, after the line where it begins. */
type StoredRow = readonly [line: number, ...cells: string[]];

/** A row in the text of a chunk: JSON, in which every character that PostgreSQL cannot store is escaped. */
export const writeRow = ({ line, cells }: Pick<UploadRow, 'line' | 'cells'>): string =>
  JSON.stringify([line, ...cells] satisfies StoredRow);

/** The text of a chunk that has these rows. */
export const writeChunk = (rows: readonly string[]): string => `[${rows.join(',')}]`;

/** A chunk as it is stored. */
export type StoredChunk = { firstRow: number; rowCount: number; rows: string };

/** The rows of a chunk. Throws `listDamaged` unless it has all of them. */
export const readChunk = ({ firstRow, rowCount, rows }: StoredChunk): UploadRow[] => {
  const stored = parseRows(rows);
  if (stored?.length !== rowCount) throw listDamaged();
  return stored.map(([line, ...cells], index) => ({ number: firstRow + index, line, cells }));
};

const parseRows = (rows: string): StoredRow[] | null => {
  try {
    const stored: StoredRow[] | null = JSON.parse(rows);
    return Array.isArray(stored) && stored.every(Array.isArray) ? stored : null;
  } catch {
    return null;
  }
};

/** What a list that was deleted or changed by hand, or lost with a part of the database, is refused with. */
export const listDamaged = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'The list is gone from the database, or damaged there. The results so far stay: send the list again, and create another job with it.',
    { field: ['source'] },
  );

export const uploadNotFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'There is no such upload: it was never completed, or it was not used by a job in time and is deleted. Send the file again to POST /uploads.',
    { field: ['source', 'upload', 'id'] },
  );

import type { Caller } from '../../access/caller.js';
import type { Database } from '../../platform/database.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What stands in one place of an export. A list of texts is one text in CSV; other objects are JSON in either format. */
export type Cell = string | number | bigint | boolean | Date | null | readonly string[] | object;

/** One column of an export, and how a row fills it. */
export type Column<Row> = { name: string; value: (row: Row) => Cell };

/** A long result in pieces: the next is read when it is asked for, and none once nobody asks. */
export type Pages<Row> = AsyncIterable<readonly Row[]>;

export type IdKind = 'connection' | 'token' | 'entry' | 'unlock';

/** What exports need from outside. */
export type ExportDeps = {
  database: Database;
  /** An id as the API shows it. */
  showId: (kind: IdKind, id: string) => string;
  /** Such an id read back; throws BAD_REQUEST for what cannot be one. */
  readId: (kind: IdKind, publicId: string) => string | null;
  /** Reads a kept copy; null where today's code cannot. */
  readCompany: (provider: string, body: string) => CompanyRecord | null;
  readPerson: (provider: string, body: string) => PersonRecord | null;
  /** False where no copies are to be kept: then none is exported either. */
  snapshotsKept: boolean;
};

/** The text of an export piece by piece, written by one of the verbs of this room. */
export type Export<Input> = (
  deps: ExportDeps,
  caller: Caller,
  input: Input & { format: ExportFormat; after: string | null },
) => Promise<AsyncIterable<string>>;

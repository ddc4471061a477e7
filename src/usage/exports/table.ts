import type { Caller } from '../../access/caller.js';
import { GatewayError } from '../../errors.js';
import type { ReportDeps } from '../report-queue.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The formats of the results of a job. */
export const resultFormats = [...exportFormats, 'xlsx'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** One value of an export. A list of texts is one text in CSV and XLSX; other objects are JSON in all formats. */
export type Cell = string | number | bigint | boolean | Date | null | NumberText | readonly string[] | object;

/** A text that is a number, as a file has it: in CSV it stays as it is, because it starts no formula. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** The text of a list or of another object in one cell. */
export const textOfObject = (cell: object): string =>
  cell instanceof NumberText ? cell.text : isList(cell) ? cell.join('; ') : JSON.stringify(cell);

const isList = (cell: object): cell is readonly string[] =>
  Array.isArray(cell) && cell.every((item) => typeof item === 'string');

/** One column of an export, and its value for a row. */
export type Column<Row> = { name: string; value: (row: Row) => Cell };

/**
 * The columns with these names, in this order; null: all. Throws BAD_REQUEST with the names of all columns for a name that
 * is unknown, empty or given twice.
 */
export const chooseColumns = <Row>(
  columns: readonly Column<Row>[],
  names: readonly string[] | null,
): readonly Column<Row>[] => {
  if (names === null) return columns;
  const byName = new Map(columns.map((column) => [column.name, column]));
  return names.map((name, at) => {
    const column = byName.get(name);
    if (column !== undefined && names.indexOf(name) === at) return column;
    // The name is not repeated, because it may be a key.
    throw new GatewayError(
      'BAD_REQUEST',
      `Name ${at + 1} in "columns" is ${column === undefined ? 'not a column of this export' : 'there twice'}: choose from ${[...byName.keys()].join(', ')}.`,
      { field: ['columns'] },
    );
  });
};

/** A long result in pages, each of which is read on demand. */
export type Pages<Row> = AsyncIterable<readonly Row[]>;

export type IdKind = 'connection' | 'token' | 'entry' | 'unlock' | 'job';

/** What exports need of the gateway. */
export type ExportDeps = {
  /** Reads one page when it is its turn among the reports, on the server that is to be read. It may run twice. */
  read: <Result>(page: (deps: Pick<ReportDeps, 'database'>) => Promise<Result>) => Promise<Result>;
  /** Makes a search find every snapshot that was written before. Absent: it finds what it found before. */
  catchUp?: () => Promise<void>;
  /** An id as the API shows it. */
  showId: (kind: IdKind, id: string) => string;
  /** Parses such an id; throws BAD_REQUEST. */
  readId: (kind: IdKind, publicId: string) => string | null;
  /** Parses a stored snapshot; null if this version cannot. */
  readCompany: (provider: string, body: string) => CompanyRecord | null;
  readPerson: (provider: string, body: string) => PersonRecord | null;
  /** False if snapshots are not stored: then none is exported. */
  snapshotsKept: boolean;
};

/** How an export is written. `columns`: see chooseColumns. */
export type ExportLayout = { format: ExportFormat; columns: readonly string[] | null };

/** Writes the text of an export in pieces. */
export type Export<Input> = (
  deps: ExportDeps,
  caller: Caller,
  input: Input & ExportLayout & { after: string | null },
) => Promise<AsyncIterable<string>>;

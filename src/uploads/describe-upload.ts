import { toPublicId } from '../access/public-ids.js';
import { mapInTurns } from '../platform/map-in-turns.js';
import type { Providers } from '../providers/catalogue.js';
import { proposeMapping } from './propose-mapping.js';
import type { ReadTable } from './read-rows.js';
import type { ColumnIdentifier, Upload } from './upload.js';
import type { RecordKind } from '../providers/provider.js';

/** The answer to POST /uploads. Positions are from 1. */
export type UploadAnswer = {
  id: string;
  fileName: string | null;
  format: Upload['format'];
  encoding: string | null;
  separator: string | null;
  /** The sheet of a workbook that was read, and all of them in its order; null and empty for a text. */
  sheet: string | null;
  sheets: readonly string[];
  /** False where the first row is data. */
  header: boolean;
  columns: { name: string; position: number; identifier: ColumnIdentifier | null; samples: string[] }[];
  /** The columns that a job uses if it names none, in their order of preference. */
  mapping: { column: string; position: number; identifier: ColumnIdentifier }[];
  operation: RecordKind;
  rows: number;
  bytes: number;
  /** The first rows, cell by cell. */
  preview: string[][];
  faultCount: number;
  faults: Upload['faults'];
  /** Sentences about how the file was read: a guess, or what was completed. */
  notes: string[];
};

const samplesMax = 3;
const previewRows = 10;
const cellCharactersMax = 200;

type Described = Pick<ReadTable, 'hasHeader' | 'firstRows' | 'notes'> &
  Pick<UploadAnswer, 'sheet' | 'sheets'>;

/** Describes an upload with what its first rows propose. Long cells are shown in part. */
export const describeUpload = async (
  upload: Upload,
  { hasHeader, firstRows, notes, sheet, sheets }: Described,
  providers: Providers,
): Promise<UploadAnswer> => {
  const { operation, mapping } = await proposeMapping(upload.columns, firstRows, providers);
  const identifiers = new Map(mapping.map(({ column, identifier }) => [column, identifier]));
  return {
    id: toPublicId('upload', upload.id),
    fileName: upload.fileName,
    format: upload.format,
    encoding: upload.encoding,
    separator: upload.separator,
    sheet,
    sheets,
    header: hasHeader,
    columns: await mapInTurns(upload.columns, (name, at) => {
      const cells = firstRows.map((row) => shown(row.cells[at])).filter((cell) => cell.trim() !== '');
      const samples = [...new Set(cells)].slice(0, samplesMax);
      return { name, position: at + 1, identifier: identifiers.get(at) ?? null, samples };
    }),
    mapping: mapping.map(({ column, identifier }) => ({
      column: upload.columns[column] ?? '',
      position: column + 1,
      identifier,
    })),
    operation,
    rows: upload.rows,
    bytes: upload.bytes,
    preview: firstRows
      .slice(0, previewRows)
      .map(({ cells }) => upload.columns.map((_, at) => shown(cells[at]))),
    faultCount: upload.faultCount,
    faults: upload.faults,
    notes,
  };
};

const shown = (cell: string | undefined): string => (cell ?? '').slice(0, cellCharactersMax);

import type { CsvFault, CsvRow } from '../csv/csv-row.js';

/** What the rows of a file are read as. `fault`: a sentence that says why the row cannot be read, then what to do. */
export type TableItem = CsvRow | { line: number; fault: string };

/** A file that is being read. What is known of it is complete when its rows are. */
export type TableReader = {
  format: 'CSV' | 'XLSX';
  /** The rows in their order, piece by piece. Throws INVALID_INPUT where the file cannot be read on. */
  rows: () => AsyncIterable<TableItem[]>;
  encoding: () => string | null;
  separator: () => string | null;
  /** The sheets of a workbook by name, in its order, and the one that is read; null, and none, for a text. */
  sheet: () => string | null;
  sheets: readonly string[];
  /** Sentences about how the file was read. */
  notes: () => string[];
  /** Deletes what it has stored meanwhile. */
  close: () => Promise<void>;
};

/** A row may have this many characters. Spreadsheets allow 32,767 in a cell. */
export const rowCharactersMax = 1_000_000;

/** A row may have as many cells as in a spreadsheet. */
export const columnsMax = 16_384;

/** The sentence of a row that is too long. */
export const rowTooLong = `The row is longer than ${rowCharactersMax} characters and was left out: shorten its cells.`;

/** The sentence of a row that a CSV file does not have whole. */
export const sentenceOf = ({ fault }: CsvFault): string =>
  fault === 'TOO_LONG'
    ? rowTooLong
    : 'A quote is opened on this line and not closed, so the line was left out: close the quote, or write two quotes for one inside of a cell.';

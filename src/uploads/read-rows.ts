import { GatewayError } from '../errors.js';
import type { Provider } from '../providers/catalogue.js';
import { isHeader, namesOfColumns } from './find-header.js';
import type { ChunkStore } from './store-chunks.js';
import { columnsMax, type TableItem, type TableReader } from './table-reader.js';
import { chunkRowsMax, type Upload } from './upload.js';

/** What is known when all rows are read. */
export type ReadTable = {
  columns: string[];
  hasHeader: boolean;
  firstRows: { line: number; cells: readonly string[] }[];
  faultCount: number;
  faults: Upload['faults'];
  notes: string[];
};

/** A row before its number is known. */
type Row = { line: number; cells: string[] };

const faultsKept = 100;
/** The first rows are kept for the proposal, up to this many characters. A cell counts as one, also when it is empty. */
const firstCharactersMax = 1_000_000;

/**
 * Reads and stores all rows. The first ones decide whether there is a header. A row with fewer cells than the header gets
 * empty ones; one with more adds columns without a name. Throws INVALID_INPUT for a table without rows, and LIMIT_EXCEEDED.
 */
export const readRows = async (
  table: TableReader,
  store: ChunkStore,
  { rowsMax, hasHeader, firmable }: { rowsMax: number; hasHeader: boolean | null; firmable: Provider },
): Promise<ReadTable> => {
  const read: ReadTable = {
    columns: [],
    hasHeader: true,
    firstRows: [],
    faultCount: 0,
    faults: [],
    notes: [],
  };
  /** The first rows, until it is known whether there is a header. */
  let first: Row[] | null = [];
  let headers = 0;
  let count = 0;
  let characters = 0;
  const isFirst = (row: Row, number: number): boolean => {
    if (number > chunkRowsMax || characters > firstCharactersMax) return false;
    characters += row.cells.reduce((sum, cell) => sum + cell.length + 1, 0);
    return true;
  };
  const uneven = { shorter: 0, longer: 0, shorterAt: 0, longerAt: 0 };

  // Without a promise for each row: a file of a million would leave as many to the garbage collector.
  const add = (row: Row): Promise<void> | null => {
    count += 1;
    if (count > rowsMax) throw tooManyRows(rowsMax);
    if (row.cells.length < headers && uneven.shorter++ === 0) uneven.shorterAt = row.line;
    if (row.cells.length > headers && uneven.longer++ === 0) uneven.longerAt = row.line;
    while (read.columns.length < row.cells.length) read.columns.push('');
    if (isFirst(row, count)) read.firstRows.push(row);
    // In a copy: a piece of a file may have thousands of short rows under a header of thousands of columns.
    return store.add(row.cells.length < headers ? { ...row, cells: padded(row.cells, headers) } : row);
  };
  const start = async (rows: Row[]): Promise<void> => {
    first = null;
    const [head, ...rest] = rows;
    if (head === undefined) return;
    const below = rest.map(({ cells }) => cells);
    read.hasHeader = hasHeader ?? (await isHeader(head.cells, below, firmable));
    const width = Math.max(...rows.map(({ cells }) => cells.length));
    read.columns = read.hasHeader ? head.cells.map(storable) : namesOfColumns(width);
    headers = read.columns.length;
    for (const row of read.hasHeader ? rest : rows) await add(row);
  };
  const take = (item: TableItem): Promise<void> | null => {
    const fault = faultOf(item);
    if (fault !== null) {
      read.faultCount += 1;
      if (read.faults.length < faultsKept) read.faults.push(fault);
    } else if ('cells' in item) {
      if (first === null) return add(item);
      if (!isFirst(item, first.push(item))) {
        characters = 0;
        return start(first);
      }
    }
    return null;
  };

  for await (const items of table.rows()) {
    for (const item of items) {
      const stored = take(item);
      if (stored !== null) await stored;
    }
  }
  characters = 0;
  if (first !== null) await start(first);
  if (count === 0) throw withoutRows(read, table.notes());
  read.notes = notesOf(table.format, count, uneven, read);
  return read;
};

const padded = (cells: readonly string[], width: number): string[] => [
  ...cells,
  ...Array.from({ length: width - cells.length }, () => ''),
];

/** PostgreSQL stores neither NUL nor half of a surrogate pair in a document. */
const storable = (header: string): string => header.replaceAll(/\0|\p{Cs}/gu, '\ufffd');

const faultOf = (item: TableItem): Upload['faults'][number] | null => {
  if ('fault' in item) return { line: item.line, reason: item.fault };
  return item.cells.length <= columnsMax
    ? null
    : {
        line: item.line,
        reason: `The row has ${item.cells.length} cells and was left out: send at most ${columnsMax} columns.`,
      };
};

const tooManyRows = (rowsMax: number): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `The file has more than ${rowsMax} rows: split it into several, or have the operator raise UPLOAD_ROWS_MAX.`,
  );

const withoutRows = ({ columns, faults: [fault] }: ReadTable, notes: readonly string[]): GatewayError => {
  // The reason says what to do.
  if (fault !== undefined)
    return new GatewayError(
      'INVALID_INPUT',
      `No row of this file can be read. Line ${fault.line}: ${fault.reason}`,
    );
  const why = columns.length === 0 ? 'This file is empty' : 'This file has a header and no rows';
  return new GatewayError(
    'INVALID_INPUT',
    [`${why}: send a table with one row for each record.`, ...notes].join(' '),
  );
};

/** A workbook leaves out the empty cells at the end of a row, so that one with fewer cells is as it should be. */
const notesOf = (
  format: TableReader['format'],
  count: number,
  { shorter, longer, shorterAt, longerAt }: Record<'shorter' | 'longer' | 'shorterAt' | 'longerAt', number>,
  { hasHeader, columns, firstRows }: Pick<ReadTable, 'hasHeader' | 'columns' | 'firstRows'>,
): string[] => {
  const names = columns.map((name) => name.trim().toLowerCase());
  const isRepeated = (name: string, at: number): boolean => name !== '' && names.indexOf(name) !== at;
  const other =
    format === 'CSV' && hasHeader && columns.length === 1 ? otherSeparator(columns, firstRows) : null;
  // In a list, a cell with the separator is rare. Below a title, most rows are longer.
  const isTitle = hasHeader && longer * 2 > count;
  const advice =
    format === 'XLSX' ? (hasHeader ? deleteTitle : '') : isTitle ? `${deleteTitle}${elseQuoteIt}` : quoteIt;
  return [
    ...(hasHeader ? [] : ['The first row is data, so the columns are named by their position.']),
    ...(names.some(isRepeated) ? ['Several columns have the same name: name them by their position.'] : []),
    ...(shorter === 0 || format === 'XLSX'
      ? []
      : [
          `${rowsHave(shorter)} fewer cells than the header, first line ${shorterAt}: the missing cells are empty.`,
        ]),
    ...(longer === 0
      ? []
      : [
          `${rowsHave(longer)} more cells than the header, first line ${longerAt}: they are kept in columns without a name.${advice}`,
        ]),
    ...(other === null
      ? []
      : [
          `The file has one column, whose cells have "${other}" in common. Separators are commas, semicolons, tabs and vertical bars: if "${other}" is one, too, add a first line sep=${other} to the file.`,
        ]),
  ];
};

const quoteIt = ' Put a cell that contains the separator in quotes.';
const deleteTitle = ' If what was read as the header is a title, delete the rows above the header.';

const elseQuoteIt = ' Otherwise, put a cell that contains the separator in quotes.';

/** What other programs separate cells with. */
const otherSeparators = ['^', '~', '¦', '§', '#', '*', ':'];
const comparedRows = 20;

/** What a list of one column may have as its separator: most of its first rows have it as often as the header. */
const otherSeparator = (
  [header = '']: ReadTable['columns'],
  firstRows: ReadTable['firstRows'],
): string | null => {
  const rows = firstRows.slice(0, comparedRows);
  const isCommon = (separator: string): boolean => {
    const count = countIn(header, separator);
    const alike = rows.filter(({ cells: [cell = ''] }) => countIn(cell, separator) === count);
    return count > 0 && alike.length * 2 > rows.length;
  };
  return otherSeparators.find(isCommon) ?? null;
};

/** Without those of addresses. */
const countIn = (text: string, separator: string): number =>
  text.replaceAll('://', '').split(separator).length - 1;

const rowsHave = (count: number): string => (count === 1 ? '1 row has' : `${count} rows have`);

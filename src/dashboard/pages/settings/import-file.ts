import { kindOfFile, sniffBytes } from '../../../csv/file-kind.js';
import { decodeText } from '../../../csv/decode-text.js';
import { readCsv } from '../../../csv/read-csv.js';
import type { CsvRow } from '../../../csv/csv-row.js';
import type { ImportColumnKind } from '../../api/operations.js';

/** The lines of a dropped file, headings included. */
export type ImportFile = { name: string; rows: readonly CsvRow[]; width: number };

/** What each column holds; null: it is not read. Without headings the first line is a record. */
export type Mapping = { kinds: readonly (ImportColumnKind | null)[]; hasHeadings: boolean };

/** A request's worth of lines, and the line of the file behind each line of it. */
export type Chunk = { csv: string; lines: readonly number[] };

const fileBytesMax = 100_000_000;
const columnsMax = 200;
const rowsPerChunk = 5_000;
// JSON and other fields are added, and a request takes a megabyte by default.
const bytesPerChunk = 500_000;

/** Reads a file as spreadsheets save it, or says why it cannot be read. */
export const readImportFile = async (file: File): Promise<ImportFile | { problem: string }> => {
  if (file.size > fileBytesMax)
    return {
      problem: `${file.name} is larger than 100 MB: split it, or have the operator use the command import-unlocks.`,
    };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { problem: `${file.name} cannot be read: drop one CSV file.` };
  }
  const kind = kindOfFile(bytes.subarray(0, sniffBytes));
  if (kind !== 'TEXT') {
    const what = kind === 'ZIP' ? 'a workbook or an archive' : kind.name;
    return { problem: `${file.name} is ${what}: save the table as CSV, and drop that.` };
  }
  const rows = readCsv(decodeText(bytes));
  if ('unclosedLine' in rows)
    return {
      problem: `${file.name} has a quoted cell without an end, which begins at line ${rows.unclosedLine}: close the quote, or drop the whole file if it was cut off.`,
    };
  if (rows.length === 0) return { problem: `${file.name} has no lines.` };
  const width = Math.max(...rows.slice(0, 1_000).map(({ cells }) => cells.length));
  if (width > columnsMax)
    return {
      problem: `${file.name} has ${width} columns: keep those that are to be read, at most ${columnsMax}.`,
    };
  return { name: file.name, rows, width };
};

/** The first lines as they are, so that the gateway finds the columns by their headings. */
export const asItIs = ({ rows }: ImportFile, count: number): Chunk => {
  const some = rows.slice(0, count);
  return { csv: csvOf(some.map(({ cells }) => cells)), lines: some.map(({ line }) => line) };
};

/**
 * The lines in chunks of one request each, with the headings that the gateway reads. Cells of columns that are not read are
 * blank; several columns of one kind become one, separated by semicolons. A line keeps its number of cells, so that one with
 * too many is still noticed. `count`: only the first lines.
 */
export const chunksOf = (
  { rows }: ImportFile,
  { kinds, hasHeadings }: Mapping,
  count = Number.POSITIVE_INFINITY,
): Chunk[] => {
  const placeOf = new Map<ImportColumnKind, number>();
  for (const [at, kind] of kinds.entries()) if (kind !== null && !placeOf.has(kind)) placeOf.set(kind, at);
  const headings = kinds.map((kind, at) =>
    kind !== null && placeOf.get(kind) === at ? kind.toLowerCase() : '',
  );
  const chunks: Chunk[] = [];
  let texts: string[] = [];
  let lines: number[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (lines.length > 0) chunks.push({ csv: [csvLine(headings), ...texts].join(''), lines });
    [texts, lines, bytes] = [[], [], 0];
  };
  for (const { line, cells } of rows.slice(hasHeadings ? 1 : 0, count)) {
    const text = csvLine(mappedCells(cells, kinds, placeOf));
    const size = encoder.encode(JSON.stringify(text)).length;
    if (lines.length === rowsPerChunk || bytes + size > bytesPerChunk) finish();
    texts.push(text);
    lines.push(line);
    bytes += size;
  }
  finish();
  return chunks;
};

const encoder = new TextEncoder();

const mappedCells = (
  cells: readonly string[],
  kinds: Mapping['kinds'],
  placeOf: ReadonlyMap<ImportColumnKind, number>,
): string[] =>
  cells.map((cell, at) => {
    if (at >= kinds.length) return cell;
    const kind = kinds[at] ?? null;
    if (kind === null || placeOf.get(kind) !== at) return '';
    return cells.filter((other, place) => kinds[place] === kind && other.trim() !== '').join('; ');
  });

const csvOf = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join('');

/** Line breaks within a cell become spaces, so that each row is one line. */
const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`).join(',')}\n`;

import { stringify } from 'csv-stringify/sync';
import { type Cell, type Column, type ExportFormat, NumberText, type Pages, textOfObject } from './table.js';

/**
 * Writes pages as text, one piece for each. CSV starts with its header and ends lines with CRLF; NDJSON has one object a
 * line. Credits are written with all their digits.
 */
export const writePages = async function* <Row>(
  format: ExportFormat,
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield csvLines([columns.map(({ name }) => name)]);
  const write = format === 'csv' ? csvPage : ndjsonPage;
  for await (const rows of pages) {
    if (rows.length > 0) yield write(columns, rows);
  }
};

/** The text of a CSV file behind a byte order mark. */
export const behindMark = async function* (
  text: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  yield '\u{feff}';
  yield* text;
};

const ndjsonPage = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  rows
    .map(
      (row) =>
        `{${columns.map(({ name, value }) => `${JSON.stringify(name)}:${json(value(row))}`).join(',')}}\n`,
    )
    .join('');

const json = (cell: Cell): string => (typeof cell === 'bigint' ? cell.toString() : JSON.stringify(cell));

const csvPage = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  csvLines(rows.map((row) => columns.map(({ value }) => value(row))));

/**
 * Lines of CSV in the format of RFC 4180. Cells with semicolons, tabs or outer spaces are quoted, too, for spreadsheets
 * that split at them or trim, and so are cells with a lone carriage return, which csv-stringify leaves bare.
 */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map((cells) => cells.map(textOf)),
    { record_delimiter: 'windows', quoted_match: /[;\t\r\n]|^\s|\s$/ },
  );

/**
 * The text of a cell, safe to open in a spreadsheet: it never starts a formula. A text that would gets an apostrophe in
 * front, and an apostrophe that it starts with is doubled, so that removing one restores the text. The same applies
 * after every separator inside, because spreadsheets of other locales split at semicolons or tabs and ignore quotes
 * there. Numbers, instants and booleans are written by the gateway and stay as they are.
 */
const textOf = (cell: Cell): string | null => {
  if (cell === null) return null;
  if (typeof cell === 'string') return withoutFormula(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (cell instanceof NumberText) return cell.text;
  if (typeof cell === 'object') return withoutFormula(textOfObject(cell));
  return String(cell);
};

// The characters that start a formula in spreadsheets, in both widths: OWASP, "CSV Injection".
const formulaStarts = new Set("'=+-@＝＋－＠\t\r\n");
/** Those that start one only at the start of the whole cell: inside they end a line, and a line may be empty. */
const breaks = new Set('\t\r\n');
const separators = new Set(';,\t\r\n"');
const mayHoldFormula = /^\s*['=+\-@＝＋－＠]|[;,\t\r\n"]/;

/** One pass from left to right: a search backwards would take time quadratic in the spaces of a provider's text. */
const withoutFormula = (text: string): string => {
  if (!mayHoldFormula.test(text)) return text;
  let written = '';
  let startsCell = true;
  let isInside = false;
  for (const char of text) {
    const isFormula = startsCell && formulaStarts.has(char) && !(isInside && breaks.has(char));
    written += isFormula ? `'${char}` : char;
    isInside ||= separators.has(char);
    startsCell = separators.has(char) || (startsCell && /\s/.test(char));
  }
  return written;
};

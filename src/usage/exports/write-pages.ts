import { csvCell } from './csv-cell.js';
import type { Cell, Column, ExportFormat, Pages } from './table.js';

/**
 * Writes pages as text, one piece for each. CSV begins with its header, and ends each line with CRLF; NDJSON is one
 * object for each line. Credits are written with all their digits.
 */
export const writePages = async function* <Row>(
  format: ExportFormat,
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`;
  const lineOf = format === 'csv' ? csvLine : ndjsonLine;
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map((row) => lineOf(columns, row)).join('');
  }
};

const csvLine = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  `${columns.map(({ value }) => csvCell(value(row))).join(',')}\r\n`;

const ndjsonLine = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  `{${columns.map(({ name, value }) => `${JSON.stringify(name)}:${json(value(row))}`).join(',')}}\n`;

const json = (cell: Cell): string => (typeof cell === 'bigint' ? cell.toString() : JSON.stringify(cell));

import type { CsvRow } from './csv-row.js';
import { createCsvScanner } from './scan-csv.js';

/** The line where a quote is opened that is never closed: the file is incomplete. */
export type UnclosedQuote = { unclosedLine: number };

/** Reads a whole CSV file, by the rules of `createCsvScanner`. */
export const readCsv = (text: string): CsvRow[] | UnclosedQuote => {
  const scanner = createCsvScanner();
  const rows: CsvRow[] = [];
  for (const item of [...scanner.scan(text), ...scanner.end()]) {
    if ('fault' in item) return { unclosedLine: item.line };
    rows.push(item);
  }
  return rows;
};

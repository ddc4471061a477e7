import { CsvError, parse } from 'csv-parse/sync';

/** A row with the number of the line on which it starts, from 1. */
export type CsvRow = { line: number; cells: string[] };

/**
 * Reads CSV as spreadsheets and Firmable write it: RFC 4180 with any line breaks, with or without a byte order mark,
 * separated by commas, semicolons or tabs, whichever occurs most in the first line outside of quotes. Empty lines are
 * left out. Null where a quote is not closed: the file is incomplete.
 */
export const readCsv = (text: string): CsvRow[] | null => {
  const source = text.replace(/^\uFEFF/, '');
  const records = parseRecords(source);
  if (records === null) return null;
  const rows: CsvRow[] = [];
  let line = 1;
  for (const { record: cells, raw } of records) {
    if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line, cells });
    // Counted here: csv-parse counts a CRLF inside of quotes as two lines.
    line += raw.match(/\r\n|\r|\n/g)?.length ?? 0;
  }
  return rows;
};

const parseRecords = (source: string): { record: string[]; raw: string }[] | null => {
  try {
    const records: unknown = parse(source, {
      delimiter: separatorOf(source),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      raw: true,
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types do not know the option raw
    return records as { record: string[]; raw: string }[];
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return null;
    throw error;
  }
};

const headerCharactersMax = 20_000;

const separatorOf = (source: string): string => {
  const bare = source.slice(0, headerCharactersMax).replace(/"(?:[^"]|"")*"/g, '');
  const [first = ''] = bare.split(/[\r\n]/, 1);
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

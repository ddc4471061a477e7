import { CsvError, parse } from 'csv-parse/sync';

/** A row with the number of the line on which it starts, from 1. */
export type CsvRow = { line: number; cells: string[] };

/** The line where a quote is opened that is never closed: the file is incomplete. */
export type UnclosedQuote = { unclosedLine: number };

/**
 * Reads CSV as spreadsheets and Firmable write it: RFC 4180 with any line breaks, with or without a byte order mark, with
 * spaces around quoted cells. A first line `sep=;` names the separator, as Excel writes it. Without it that is the comma,
 * semicolon, tab or vertical bar, whichever occurs most in the first line outside of quotes. Empty lines are left out.
 */
export const readCsv = (text: string): CsvRow[] | UnclosedQuote => {
  const source = text.replace(/^\uFEFF/, '');
  const [named = '', separator] = /^"?sep=([^\r\n"])"?(?:\r\n|\n|\r|$)/i.exec(source) ?? [];
  const records = parseRecords(source.slice(named.length), separator);
  const linesBefore = named === '' ? 0 : 1;
  if ('unclosedLine' in records) return { unclosedLine: records.unclosedLine + linesBefore };
  const rows: CsvRow[] = [];
  let line = 1 + linesBefore;
  for (const { record: cells, raw } of records) {
    if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line, cells });
    // Counted here: csv-parse counts a CRLF inside of quotes as two lines.
    line += raw.match(/\r\n|\r|\n/g)?.length ?? 0;
  }
  return rows;
};

type Parsed = { record: string[]; raw: string }[];

const parseRecords = (source: string, separator: string | undefined): Parsed | UnclosedQuote => {
  const delimiter = separator ?? separatorOf(source);
  // Text behind a closing quote cannot be trimmed: such a cell is read as it stands, with its quotes.
  return (
    parseTrimmed(source, delimiter, { trim: true }) ?? parseTrimmed(source, delimiter, { ltrim: true }) ?? []
  );
};

/** Null where a cell has text behind its closing quote, and cannot be trimmed. */
const parseTrimmed = (
  source: string,
  delimiter: string,
  trimming: { trim?: true; ltrim?: true },
): Parsed | UnclosedQuote | null => {
  let bytesRead = 0;
  try {
    const records: unknown = parse(source, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      raw: true,
      on_record: (record, { bytes }) => {
        bytesRead = bytes;
        return record;
      },
      ...trimming,
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types do not know the option raw
    return records as Parsed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE') return null;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    const before = new TextDecoder().decode(new TextEncoder().encode(source).subarray(0, bytesRead));
    return { unclosedLine: 1 + (before.match(/\r\n|\r|\n/g)?.length ?? 0) };
  }
};

const headerCharactersMax = 20_000;

const separatorOf = (source: string): string => {
  const bare = source.slice(0, headerCharactersMax).replace(/"(?:[^"]|"")*"/g, '');
  const [first = ''] = bare.split(/[\r\n]/, 1);
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

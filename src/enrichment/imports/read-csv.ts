/** A row with the number of the line that it begins on, from 1. */
export type CsvRow = { line: number; cells: string[] };

/**
 * Reads CSV as spreadsheets and Firmable write it: RFC 4180, with any line ends, with or without a byte order mark,
 * separated by commas, semicolons or tabs, whichever the first line has most of outside of quotes. Empty lines are
 * left out. Null where a quote is never closed: such a file was cut off.
 */
export const readCsv = (text: string): CsvRow[] | null => {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let began = 1;
  let inQuotes = false;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') rows.push({ line: began, cells });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    const isBreak = char === '\n' || (char === '\r' && source[at + 1] !== '\n');
    if (isBreak) line += 1;
    if (inQuotes) {
      if (char !== '"') cell += char;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else inQuotes = false;
    } else if (char === '"' && cell === '') inQuotes = true;
    else if (char === separator) {
      cells.push(cell);
      cell = '';
    } else if (isBreak) {
      endRow();
      began = line;
    } else if (char !== '\r') cell += char;
  }
  if (inQuotes) return null;
  endRow();
  return rows;
};

const headerCharactersMax = 20_000;

const separatorOf = (source: string): string => {
  const bare = source.slice(0, headerCharactersMax).replace(/"(?:[^"]|"")*"/g, '');
  const [first = ''] = bare.split(/[\r\n]/, 1);
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

import type { CsvFault, CsvRow } from '../csv/csv-row.js';
import { createDecoder } from '../csv/decode-text.js';
import { createCsvScanner } from '../csv/scan-csv.js';
import { rowCharactersMax, sentenceOf, type TableItem, type TableReader } from './table-reader.js';

/** Reads a text file, such as CSV or TSV, as its bytes arrive. `charset`: the one that the client named. */
export const readTextTable = (bytes: AsyncIterable<Uint8Array>, charset: string | null): TableReader => {
  const decoder = createDecoder(charset);
  const scanner = createCsvScanner(rowCharactersMax);
  const ambiguous = { count: 0, firstLine: 0 };
  const itemOf = (item: CsvRow | CsvFault): TableItem => {
    if ('fault' in item) return { line: item.line, fault: sentenceOf(item) };
    if (item.isAmbiguous === true && ambiguous.count++ === 0) ambiguous.firstLine = item.line;
    return item;
  };
  return {
    format: 'CSV',
    rows: async function* rows() {
      for await (const piece of bytes) yield scanner.scan(decoder.decode(piece)).map(itemOf);
      yield [...scanner.scan(decoder.end()), ...scanner.end()].map(itemOf);
    },
    encoding: decoder.encoding,
    separator: scanner.separator,
    sheet: () => null,
    sheets: [],
    close: async () => {},
    notes: () => [
      ...(decoder.strayBytes() === 0
        ? []
        : [
            `${strayBytes(decoder.strayBytes())} read as Windows-1252: save the file as UTF-8 if that is wrong.`,
          ]),
      ...(ambiguous.count === 0
        ? []
        : [
            `${ambiguous.count === 1 ? '1 row has' : `${ambiguous.count} rows have`} a cell in quotes with lines that could be rows of their own, first line ${ambiguous.firstLine}: if they are, close the quote on that line.`,
          ]),
    ],
  };
};

const strayBytes = (count: number): string =>
  count === 1 ? '1 byte is not UTF-8 and was' : `${count} bytes are not UTF-8 and were`;

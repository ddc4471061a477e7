import { GatewayError } from '../errors.js';

/**
 * Passes on the lines of a result in CSV or NDJSON row by row, so that a stream that was cut goes on behind the last whole row.
 * Each line ends with the number of its row; a people search has several lines of one row.
 */
export type RecordSplitter = {
  /** The lines of rows that are whole. */
  push: (chunk: Buffer) => Buffer;
  /** What is left at the end of the stream. */
  end: () => Buffer;
  /** Forgets the row that was cut off. The next chunk starts a new stream, whose header is left out. */
  cut: () => void;
  /** The number of the last row that was passed on, from 1; 0 before the first. */
  lastRow: () => number;
};

const quote = 0x22;
const lineFeed = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
/** Longer than any row number with what is around it. */
const tailLength = 16;

export const createRecordSplitter = (format: 'csv' | 'ndjson'): RecordSplitter => {
  // The lines of the row that may go on, up to `lineStart`, and what was received of the next line.
  let kept: Buffer = Buffer.alloc(0);
  let scanned = 0;
  let lineStart = 0;
  let isQuoted = false;
  let keptRow: number | null = null;
  let lastRow = 0;
  let header: Buffer | null = null;
  let hasHeader = format === 'ndjson';

  const start = (): void => {
    kept = Buffer.alloc(0);
    [scanned, lineStart, isQuoted, keptRow] = [0, 0, false, null];
    hasHeader = format === 'ndjson';
  };

  /** The header of the first stream; of a later one nothing. */
  const takeHeader = (line: Buffer): Buffer => {
    const bare = line.subarray(line.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0);
    hasHeader = true;
    if (header === null) {
      header = Buffer.from(bare);
      return line;
    }
    if (bare.equals(header)) return Buffer.alloc(0);
    throw new GatewayError(
      'INTERNAL',
      'The columns of the result changed during the download: start it again.',
    );
  };

  return {
    push: (chunk) => {
      kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      const passed: Buffer[] = [];
      let from = 0;
      for (; scanned < kept.length; scanned += 1) {
        const byte = kept[scanned];
        // A line feed inside quotes belongs to a cell.
        if (byte === quote && format === 'csv') isQuoted = !isQuoted;
        if (byte !== lineFeed || isQuoted) continue;
        const line = kept.subarray(lineStart, scanned + 1);
        if (!hasHeader) {
          passed.push(takeHeader(line));
          from = scanned + 1;
        } else {
          const row = rowOf(line);
          if (keptRow !== null && row !== keptRow) {
            passed.push(kept.subarray(from, lineStart));
            from = lineStart;
            lastRow = keptRow;
          }
          keptRow = row;
        }
        lineStart = scanned + 1;
      }
      kept = Buffer.from(kept.subarray(from));
      scanned -= from;
      lineStart -= from;
      return Buffer.concat(passed);
    },
    end: () => kept,
    cut: start,
    lastRow: () => lastRow,
  };
};

const rowOf = (line: Buffer): number => {
  const tail = line.subarray(Math.max(0, line.length - tailLength)).toString('latin1');
  const row = /[,:](\d{1,9})\}?\r?\n$/.exec(tail)?.[1];
  if (row !== undefined) return Number(row);
  throw new GatewayError(
    'INTERNAL',
    'The lines of the result have no row numbers: install the version of the gateway here.',
  );
};

/** Passes on whole records of a CSV or NDJSON stream, and counts them. */
export type RecordSplitter = {
  /** The whole records that are now known, in bytes. */
  push: (chunk: Buffer) => Buffer;
  /** What is left at the end of the stream. */
  end: () => Buffer;
  /** Forgets the record that was cut off. The next chunk starts a new stream, whose header is left out. */
  cut: () => void;
  /** How many rows were passed on, without the header. */
  rows: () => number;
};

const quote = 0x22;
const lineFeed = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Line feeds inside quotes belong to a cell. */
export const createRecordSplitter = (format: 'csv' | 'ndjson'): RecordSplitter => {
  let kept: Buffer = Buffer.alloc(0);
  let scanned = 0;
  let isQuoted = false;
  let header: Buffer | null = null;
  let rows = 0;
  let isContinued = false;

  /** Drops the header of a stream that goes on behind a row; the first header is kept to compare with. */
  const takeHeader = (record: Buffer): Buffer => {
    const bare = record.subarray(record.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0);
    const isRepeated = header !== null && isContinued && bare.equals(header);
    if (header !== null && !isRepeated) rows += 1;
    header ??= Buffer.from(bare);
    isContinued = false;
    return isRepeated ? Buffer.alloc(0) : record;
  };

  return {
    push: (chunk) => {
      kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      const passed: Buffer[] = [];
      let start = 0;
      let whole = 0;
      for (; scanned < kept.length; scanned += 1) {
        const byte = kept[scanned];
        if (byte === quote && format === 'csv') isQuoted = !isQuoted;
        if (byte !== lineFeed || isQuoted) continue;
        whole = scanned + 1;
        if (format === 'csv' && (header === null || isContinued)) {
          passed.push(takeHeader(kept.subarray(start, whole)));
          start = whole;
        } else rows += 1;
      }
      passed.push(kept.subarray(start, whole));
      kept = Buffer.from(kept.subarray(whole));
      scanned = kept.length;
      return Buffer.concat(passed);
    },
    end: () => kept,
    cut: () => {
      kept = Buffer.alloc(0);
      scanned = 0;
      isQuoted = false;
      isContinued = true;
    },
    rows: () => rows,
  };
};

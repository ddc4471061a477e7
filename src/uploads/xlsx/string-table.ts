import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** The shared strings of a workbook, by their number from 0. */
export type StringTable = {
  add: (text: string) => void;
  /** Null for a number that the table does not have. */
  get: (number: number) => string | null;
  close: () => void;
};

const pageBytes = 65_536;
/** Sheets name strings mostly in the order in which they are stored, so a few pages suffice. */
const pagesMax = 64;

/**
 * Keeps strings in a file, with their places in memory (4 bytes each): a sheet of a million rows may have several million. At
 * most 4 MB of them are in memory.
 */
export const createStringTable = (file: string): StringTable => {
  const fd = openSync(file, 'w+', 0o600);
  let ends = new Uint32Array(1_024);
  let count = 0;
  let written = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const pages = new Map<number, Buffer>();

  const flush = (): void => {
    const bytes = Buffer.concat(pending);
    writeSync(fd, bytes, 0, bytes.length, written);
    written += bytes.length;
    [pending, pendingBytes] = [[], 0];
  };
  const readPage = (number: number): Buffer => {
    const known = pages.get(number);
    const page = known ?? Buffer.alloc(Math.min(pageBytes, written - number * pageBytes));
    if (known === undefined) readSync(fd, page, 0, page.length, number * pageBytes);
    // The page that was used longest ago is the first.
    pages.delete(number);
    pages.set(number, page);
    const [oldest] = pages.keys();
    if (pages.size > pagesMax && oldest !== undefined) pages.delete(oldest);
    return page;
  };
  const read = (from: number, to: number): string => {
    const first = Math.floor(from / pageBytes);
    const last = Math.floor(Math.max(from, to - 1) / pageBytes);
    const parts = Array.from({ length: last - first + 1 }, (_, index) => readPage(first + index));
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    return bytes.toString('utf8', from - first * pageBytes, to - first * pageBytes);
  };

  return {
    add: (text) => {
      const bytes = Buffer.from(text);
      pending.push(bytes);
      pendingBytes += bytes.length;
      if (count === ends.length) {
        const larger = new Uint32Array(count * 2);
        larger.set(ends);
        ends = larger;
      }
      ends[count] = written + pendingBytes;
      count += 1;
      if (pendingBytes >= pageBytes) flush();
    },
    get: (number) => {
      if (!Number.isInteger(number) || number < 0 || number >= count) return null;
      if (pendingBytes > 0) flush();
      const [from, to] = [number === 0 ? 0 : (ends[number - 1] ?? 0), ends[number] ?? 0];
      return from === to ? '' : read(from, to);
    },
    close: () => closeSync(fd),
  };
};

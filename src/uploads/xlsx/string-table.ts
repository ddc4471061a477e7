import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** The shared strings of a workbook, by their number from 0. */
export type StringTable = {
  add: (text: string) => void;
  /** Null for a number that the table does not have. */
  get: (number: number) => string | null;
  close: () => void;
};

const pendingBytesMax = 65_536;
/** Sheets name strings mostly in the order in which they are stored, so a few pages suffice; others read small ones. */
const pageBytes = 8_192;
const pagesMax = 512;
const placeBytes = 4;

/**
 * Keeps strings in a file, and their places in another: a sheet of a million rows may have several million, and a hostile
 * file names hundreds of millions. At most 4 MB of each are in memory.
 */
export const createStringTable = (file: string): StringTable => {
  const texts = createPagedFile(`${file}.texts`);
  const ends = createPagedFile(`${file}.ends`);
  const endOf = (number: number): number =>
    number < 0 ? 0 : ends.read(number * placeBytes, (number + 1) * placeBytes).readUInt32LE();

  return {
    add: (text) => {
      texts.add(Buffer.from(text));
      const end = Buffer.allocUnsafe(placeBytes);
      end.writeUInt32LE(texts.size());
      ends.add(end);
    },
    get: (number) => {
      if (!Number.isInteger(number) || number < 0 || number >= ends.size() / placeBytes) return null;
      const [from, to] = [endOf(number - 1), endOf(number)];
      return from === to ? '' : texts.read(from, to).toString();
    },
    close: () => {
      texts.close();
      ends.close();
    },
  };
};

/** Bytes that are appended, and read anywhere later. */
const createPagedFile = (file: string) => {
  const fd = openSync(file, 'w+', 0o600);
  let written = 0;
  let pending = Buffer.allocUnsafe(pendingBytesMax);
  let pendingBytes = 0;
  const pages = new Map<number, Buffer>();

  const flush = (): void => {
    writeSync(fd, pending, 0, pendingBytes, written);
    written += pendingBytes;
    pendingBytes = 0;
  };
  const readPage = (number: number): Buffer => {
    const known = pages.get(number);
    // The page that was used longest ago is the first. Its memory is used again.
    const [oldest] = pages.size >= pagesMax ? pages.keys() : [];
    const free = known === undefined && oldest !== undefined ? pages.get(oldest) : undefined;
    if (known === undefined && oldest !== undefined) pages.delete(oldest);
    const page = known ?? free ?? Buffer.allocUnsafe(pageBytes);
    if (known === undefined) readSync(fd, page, 0, pageBytes, number * pageBytes);
    pages.delete(number);
    pages.set(number, page);
    return page;
  };

  return {
    size: (): number => written + pendingBytes,
    add: (bytes: Buffer): void => {
      if (pendingBytes + bytes.length > pending.length) flush();
      if (bytes.length > pending.length) pending = Buffer.allocUnsafe(bytes.length);
      bytes.copy(pending, pendingBytes);
      pendingBytes += bytes.length;
    },
    /** Valid until the next call. Nothing is added afterwards. */
    read: (from: number, to: number): Buffer => {
      if (pendingBytes > 0) flush();
      const first = Math.floor(from / pageBytes);
      const last = Math.floor((to - 1) / pageBytes);
      if (last - first < pagesMax) {
        const parts = Array.from({ length: last - first + 1 }, (_, index) => readPage(first + index));
        const [only] = parts;
        const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
        return bytes.subarray(from - first * pageBytes, to - first * pageBytes);
      }
      const bytes = Buffer.allocUnsafe(to - from);
      readSync(fd, bytes, 0, bytes.length, from);
      return bytes;
    },
    close: (): void => closeSync(fd),
  };
};

import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { brokenWorkbook, noWorkbook, tooLargeInside } from './broken-workbook.js';

/** A ZIP archive whose directory has been read. Names are in lower case. */
export type Archive = {
  has: (name: string) => boolean;
  /** The bytes of a part, of at most `bytesMax`; none for a part that it does not have. Throws INVALID_INPUT. */
  read: (name: string, bytesMax?: number) => AsyncIterable<Uint8Array>;
  close: () => void;
};

/** The directory of the archive is in memory. */
export const entriesMax = 10_000;
const directoryBytesMax = 4_000_000;
/** XML of sheets becomes 5 to 30 times as small; an archive that is made to fill a disk becomes 1,000 times as small. */
const ratioMax = 200;
const alwaysAllowedBytes = 50_000_000;

/** Opens the archive in a file. `bytesMax`: how large a part may be when it is unpacked. Throws INVALID_INPUT. */
export const openArchive = async (file: string, bytesMax: number): Promise<Archive> => {
  // Only workbooks need it.
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch(
    (error: unknown): never => {
      throw brokenWorkbook(error);
    },
  );
  try {
    const entries = await readEntries(zip);
    refuseOthers(entries);
    return {
      has: (name) => entries.has(name.toLowerCase()),
      read: (name, partMax = bytesMax) => readPart(zip, entries.get(name.toLowerCase()), partMax),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw brokenWorkbook(error);
  }
};

const readEntries = async (zip: ZipFile): Promise<ReadonlyMap<string, Entry>> => {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    bytes += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    count += 1;
    if (count > entriesMax || bytes > directoryBytesMax) throw tooLargeInside();
    entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
  }
  return entries;
};

const saveAsXlsx = 'save it as XLSX or CSV, and send that';

const refuseOthers = (entries: ReadonlyMap<string, Entry>): void => {
  if (entries.has('[content_types].xml') && [...entries.keys()].some((name) => name.endsWith('workbook.xml')))
    return;
  const names = [...entries.keys()];
  const begins = (folder: string): boolean => names.some((name) => name.startsWith(folder));
  if (names.some((name) => name.endsWith('workbook.bin')))
    throw noWorkbook('a binary workbook (.xlsb)', saveAsXlsx);
  if (begins('word/')) throw noWorkbook('a Word document', 'send the table as XLSX or CSV');
  if (begins('ppt/')) throw noWorkbook('a presentation', 'send the table as XLSX or CSV');
  if (entries.has('mimetype') && entries.has('content.xml'))
    throw noWorkbook('an OpenDocument file', saveAsXlsx);
  if (begins('index/')) throw noWorkbook('a document of Apple Numbers', 'export it as CSV or XLSX');
  throw noWorkbook('a ZIP archive', 'unpack it, and send the CSV or XLSX file that is in it');
};

const readPart = async function* readPart(
  zip: ZipFile,
  entry: Entry | undefined,
  bytesMax: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (entry === undefined) return;
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > Math.min(bytesMax, Math.max(alwaysAllowedBytes, compressedSize * ratioMax)))
    throw tooLargeInside();
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    yield* stream;
  } catch (error) {
    throw brokenWorkbook(error);
  }
};

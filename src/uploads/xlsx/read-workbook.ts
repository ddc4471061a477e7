import { GatewayError } from '../../errors.js';
import type { TableItem, TableReader } from '../table-reader.js';
import { type Archive, openArchive } from './open-archive.js';
import { readParts, type WorkbookParts } from './read-parts.js';
import { createSheetReader } from './read-sheet.js';
import { openSpool, writeTo } from './spool-file.js';
import { createStringTable, type StringTable } from './string-table.js';

/** A part of a workbook may be this many times as large as a file: XML is long. */
const unpackedMax = 16;

/**
 * Reads a workbook (XLSX): the cells of one sheet as they are shown, dates as ISO 8601. `sheet` is its name, or its number
 * from 1; null stands for the first visible one with rows, or for the first hidden one if no other has any. The file is kept in
 * a temporary folder until the reader is closed. Throws INVALID_INPUT for an archive that is no workbook, is damaged, or
 * unpacks to far more than its size allows.
 */
export const readWorkbook = async (
  bytes: AsyncIterable<Uint8Array>,
  { sheet, bytesMax }: { sheet: string | null; bytesMax: number },
): Promise<TableReader> => {
  const spool = await openSpool();
  let archive: Archive | null = null;
  let strings: StringTable | null = null;
  const notes: string[] = [];
  const close = async (): Promise<void> => {
    strings?.close();
    archive?.close();
    await spool.close();
  };
  try {
    const file = spool.pathOf('workbook.xlsx');
    await writeTo(file, bytes);
    archive = await openArchive(file, bytesMax * unpackedMax);
    strings = createStringTable(spool.pathOf('strings'));
    const parts = await readParts(archive, strings);
    let name: string | null = null;
    const begin = (one: string): void => {
      name = one;
    };
    const rows = readFirstSheet({ archive, strings, parts, sheet, notes, begin });
    return {
      format: 'XLSX',
      rows: () => rows,
      encoding: none,
      separator: none,
      sheet: () => name,
      sheets: parts.sheets.map((one) => one.name),
      notes: () => notes,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const none = (): null => null;

/** A row of 40 bytes may have 16,384 cells, of which all but one are empty: few rows are in memory at a time. */
const sliceBytes = 2_048;

type Workbook = {
  archive: Archive;
  strings: StringTable;
  parts: WorkbookParts;
  sheet: string | null;
  notes: string[];
  /** Notes each sheet that is read, so at last the one that has rows. */
  begin: (name: string) => void;
};

/** The rows of the sheet that was named, else of the first that has any; hidden ones are last. */
const readFirstSheet = async function* readFirstSheet({
  archive,
  strings,
  parts,
  sheet,
  notes,
  begin,
}: Workbook): AsyncGenerator<TableItem[], void, undefined> {
  const { sheets } = parts;
  const visibleFirst = [...sheets.filter((one) => !one.isHidden), ...sheets.filter((one) => one.isHidden)];
  const notesOfEmpty: string[] = [];
  for (const one of sheet === null ? visibleFirst : [sheetNamed(parts, sheet)]) {
    begin(one.name);
    const reader = createSheetReader({ ...parts, strings });
    let isEmpty = true;
    for await (const piece of archive.read(one.part)) {
      for (let at = 0; at < piece.length; at += sliceBytes) {
        const items = reader.read(piece.subarray(at, at + sliceBytes));
        isEmpty &&= items.length === 0;
        yield items;
      }
    }
    const last = reader.end();
    yield last;
    if (isEmpty && last.length === 0) {
      notesOfEmpty.push(...reader.notes());
      continue;
    }
    if (sheets.length > 1)
      notes.push(
        `The sheet "${one.name}" was read, one of ${sheets.length}: name another with ?sheet= and its name or number.`,
      );
    notes.push(...reader.notes());
    return;
  }
  notes.push(...notesOfEmpty);
};

const sheetNamed = ({ sheets }: WorkbookParts, wanted: string): WorkbookParts['sheets'][number] => {
  const found =
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase()) ??
    (/^\d{1,4}$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined);
  if (found !== undefined) return found;
  const names = sheets.slice(0, 20).map(({ name }) => `"${name}"`);
  throw new GatewayError(
    'INVALID_INPUT',
    `This workbook has no such sheet: name one of ${names.join(', ')}, or its number from 1.`,
    { field: ['sheet'] },
  );
};

import { type Cell, type Column, type Pages, textOfObject } from './table.js';

/** The most columns of a sheet, by the specification of Excel. */
export const xlsxColumnsMax = 16_384;

/** The most characters of a cell, by the specification of Excel: a longer one makes it refuse the file. */
const textMax = 32_767;

/** What Excel shows exactly: it has 15 digits. */
const exactMax = 999_999_999_999_999;

/**
 * Writes pages as an XLSX workbook with one sheet, while they are read, in memory that does not grow with them. The first
 * row has the names of the columns, of which there are at most `xlsxColumnsMax`; a sheet that is full goes
 * on in a second. Texts are texts: they start no formula, and keep their leading zeros. Numbers are numbers, up to 15 digits.
 */
export const writeXlsx = async function* <Row>(
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
  { isLarge }: { isLarge: boolean },
): AsyncGenerator<Uint8Array, void, undefined> {
  // It is loaded only for such an export.
  const { writeXlsxStream } = await import('hucre/xlsx');
  const rows = (async function* () {
    for await (const page of pages) {
      for (const row of page) yield columns.map(({ value }) => cellOf(value(row)));
    }
  })();
  yield* writeXlsxStream(rows, {
    name: 'Results',
    columns: columns.map(({ name }) => ({ header: textOf(name) })),
    freezePane: { rows: 1 },
    // A part of more than 4 GiB needs it, and older readers do not know it.
    zip64: isLarge,
  });
};

const cellOf = (cell: Cell): string | number | boolean | null => {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'string') return textOf(cell);
  if (typeof cell === 'number' || typeof cell === 'bigint') {
    const number = Number(cell);
    return Math.abs(number) <= exactMax ? number : String(cell);
  }
  return textOf(cell instanceof Date ? cell.toISOString() : textOfObject(cell));
};

/** A text that XML can hold: what looks like an escape of OOXML is escaped itself, and noncharacters are replaced. */
const textOf = (text: string): string =>
  cut(text)
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD');

const cut = (text: string): string => {
  if (text.length <= textMax) return text;
  const mark = `… [cut: ${text.length} characters]`;
  // Half of a surrogate pair is no character.
  return text.slice(0, textMax - mark.length).replace(/[\uD800-\uDBFF]$/, '') + mark;
};

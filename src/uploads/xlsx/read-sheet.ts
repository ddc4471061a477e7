import { columnsMax, rowCharactersMax, rowTooLong, type TableItem } from '../table-reader.js';
import { brokenWorkbook } from './broken-workbook.js';
import { type CellFormat, plainFormat, showDate, showNumber, unescapeText } from './cell-format.js';
import { createLinkCounter, formulaStart } from './count-links.js';
import { createXmlReader } from './read-xml.js';
import type { StringTable } from './string-table.js';

type SheetOptions = {
  strings: StringTable;
  formats: readonly CellFormat[];
  epoch1904: boolean;
};

type Cell = {
  at: number;
  type: string;
  format: CellFormat;
  text: string;
  /** Its start, or null for a cell without one. */
  formula: string | null;
  hasValue: boolean;
};
type Row = { line: number; cells: string[]; characters: number; at: number };

/**
 * Reads the rows of a sheet piece by piece. Each cell is a text: a string as it is, a number or date as it is shown, the value
 * of a formula as it was last calculated. A row without content is left out.
 */
export const createSheetReader = ({ strings, formats, epoch1904 }: SheetOptions) => {
  let items: TableItem[] = [];
  let row: Row | null = null;
  let cell: Cell | null = null;
  let lastLine = 0;
  /** Whether text belongs to the cell: in <v>, or in a <t> that is no pronunciation. */
  let isText = false;
  let phonetic = 0;
  let isFormula = false;
  const links = createLinkCounter();
  const uncalculated = { count: 0, firstLine: 0 };

  const valueOf = ({ type, text, format }: Cell): string => {
    switch (type) {
      case 's': {
        const string = strings.get(Number(text));
        if (string === null && text !== '') throw brokenWorkbook();
        return string ?? '';
      }
      case 'b':
        return text === '1' ? 'TRUE' : text === '0' ? 'FALSE' : text;
      case 'inlineStr':
      case 'str':
        return unescapeText(text);
      case 'e':
        return text;
      case 'd':
        return showDate(text, format);
      default:
        return showNumber(text, format, epoch1904);
    }
  };
  const endCell = (): void => {
    if (row === null || cell === null) return;
    if (cell.formula !== null && !cell.hasValue && uncalculated.count++ === 0)
      uncalculated.firstLine = row.line;
    const value = row.characters > rowCharactersMax ? '' : valueOf(cell);
    // The text of a string is its number, and a format may show more than was read.
    row.characters += cell.type === 's' ? value.length : Math.max(0, value.length - cell.text.length);
    if (value !== '') {
      while (row.cells.length < cell.at) row.cells.push('');
      row.cells[cell.at] = value;
      links.addCell(cell.at, value, cell.formula);
    }
    row.at = cell.at + 1;
    cell = null;
  };
  const endRow = (): void => {
    if (row === null) return;
    const { line, cells, characters } = row;
    if (characters > rowCharactersMax) items.push({ line, fault: rowTooLong });
    else if (cells.some((value) => value.trim() !== '')) items.push({ line, cells });
    row = null;
  };

  /** One of a range has the column of its first cell. One within the workbook has no id of an address. */
  const addLink = (attributes: Readonly<Record<string, string>>): void => {
    const [from = '', to = from] = (attributes['ref'] ?? '').split(':');
    const at = columnOf(from);
    const cells = Number(to.replace(/^\D+/, '')) - Number(from.replace(/^\D+/, '')) + 1;
    const isOutside = Object.keys(attributes).some((key) => key.endsWith(':id'));
    if (isOutside && at !== null && at < columnsMax && cells > 0) links.addLink(at, cells);
  };

  const reader = createXmlReader({
    open: (name, attributes) => {
      if (name === 'row') {
        const line = Number(attributes['r'] ?? lastLine + 1);
        if (!Number.isInteger(line) || line < 1) throw brokenWorkbook();
        lastLine = line;
        row = { line, cells: [], characters: 0, at: 0 };
      } else if (name === 'c' && row !== null) {
        const { r: reference, s: style, t: type = 'n' } = attributes;
        const at = reference === undefined ? row.at : columnOf(reference);
        if (at === null || at >= columnsMax) throw brokenWorkbook();
        cell = {
          at,
          type,
          format: formats[Number(style ?? 0)] ?? plainFormat,
          text: '',
          formula: null,
          hasValue: false,
        };
      } else if (name === 'rPh') phonetic += 1;
      else if (name === 'f' && cell !== null) {
        isFormula = true;
        cell.formula = '';
      } else if (name === 'hyperlink') addLink(attributes);
      else if (name === 'v' || name === 't') {
        isText = cell !== null && phonetic === 0;
        // The value of a formula may be an empty string. Programs that calculate nothing write <v/> without a type.
        if (cell?.type === 'str') cell.hasValue = true;
      }
    },
    text: (more) => {
      if (isFormula && cell !== null) {
        cell.formula = `${cell.formula ?? ''}${more}`.slice(0, formulaStart);
      }
      if (!isText || cell === null || row === null) return;
      cell.hasValue = true;
      row.characters += more.length;
      if (row.characters <= rowCharactersMax) cell.text += more;
    },
    close: (name) => {
      if (name === 'v' || name === 't') isText = false;
      else if (name === 'f') isFormula = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c') endCell();
      else if (name === 'row') endRow();
    },
  });
  const taken = (): TableItem[] => {
    const some = items;
    items = [];
    return some;
  };
  return {
    read: (bytes: Uint8Array): TableItem[] => {
      reader.write(bytes);
      return taken();
    },
    end: (): TableItem[] => {
      reader.end();
      return taken();
    },
    /** Sentences about the cells that were read so far. */
    notes: (): string[] => [
      ...(uncalculated.count === 0 ? [] : [uncalculatedNote(uncalculated)]),
      ...(links.count() === 0 ? [] : [linksNote(links.count())]),
    ],
  };
};

const uncalculatedNote = ({ count, firstLine }: { count: number; firstLine: number }): string =>
  `${count === 1 ? '1 cell has a formula without its value and is' : `${count} cells have a formula without its value and are`} empty, first line ${firstLine}: open the workbook in a spreadsheet program, save it, and send it again.`;

const linksNote = (count: number): string =>
  `At least ${count === 1 ? '1 cell shows' : `${count} cells show`} another text than the address that the cell links to, and only the text was read: to use the addresses, write them into a column of their own.`;

/** The column of a reference such as AB12, from 0. */
const columnOf = (reference: string): number | null => {
  const [, letters] = /^([A-Z]{1,3})\d*$/i.exec(reference) ?? [];
  if (letters === undefined) return null;
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
};

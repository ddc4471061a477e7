import type { Cell } from './table.js';

/**
 * One cell as RFC 4180 writes it, safe to open in a spreadsheet. Text never begins a formula: where it would, an
 * apostrophe goes in front, and one that stands there already is doubled, so that taking one off gives the text back.
 * The same is done after every separator inside, because a spreadsheet of another country splits at semicolons or
 * tabs and heeds no quotes there. Numbers, instants and truth values are ours and stay as they are.
 */
export const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoted(withoutFormula(cell));
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'object')
    return quoted(withoutFormula(isList(cell) ? cell.join('; ') : JSON.stringify(cell)));
  return String(cell);
};

const isList = (cell: object): cell is readonly string[] =>
  Array.isArray(cell) && cell.every((item) => typeof item === 'string');

// The characters by which spreadsheets know a formula, in both widths: OWASP, "CSV Injection".
const formulaStarts = new Set("'=+-@＝＋－＠\t\r\n");
const separators = new Set(';,\t\r\n"');
const mayHoldFormula = /^\s*['=+\-@＝＋－＠]|[;,\t\r\n"]/;

/** One pass from left to right: texts come from outside, and a search backwards would take the square of their spaces. */
const withoutFormula = (text: string): string => {
  if (!mayHoldFormula.test(text)) return text;
  let written = '';
  let beginsCell = true;
  for (const char of text) {
    written += beginsCell && formulaStarts.has(char) ? `'${char}` : char;
    beginsCell = separators.has(char) || (beginsCell && /\s/.test(char));
  }
  return written;
};

const needsQuotes = /[",;\t\r\n]|^\s|\s$/;

const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

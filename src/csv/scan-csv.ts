import { chooseSeparator, separatorSample } from './choose-separator.js';
import type { CsvFault, CsvRow } from './csv-row.js';
import { createLines, type CsvLines } from './lines.js';
import { countBreaks } from './records.js';

export type CsvScanner = {
  /** The rows that end in the text so far and were not returned before. */
  scan: (text: string) => (CsvRow | CsvFault)[];
  end: () => (CsvRow | CsvFault)[];
  /** Null until enough has been read. */
  separator: () => string | null;
};

/**
 * Behind empty lines, with spaces, and with the tab as two characters, as people write it. Saved again, the line is a row like
 * the others, filled up with the separators that the file has now.
 */
const namedSeparator =
  /^(?:[ \t]*[\r\n])*"? {0,9}sep {0,9}= {0,9}(\\t|[^\r\n"]) {0,9}"? {0,9}(?:([,;\t|])\2*)? {0,9}(?:\r\n|\n|\r|$)/i;

/** What programs of DOS end a text with: Ctrl-Z. */
const endMark = '\u001a';

/**
 * Reads CSV piece by piece, as spreadsheets and people write it: RFC 4180 with any line breaks. Cells are returned as they
 * are, spaces included; only around a quoted cell they are left out. Text behind a closing quote belongs to the cell, which
 * then stands as it is, with its quotes; but a quote in another line that has text behind it closes nothing, so that the quote
 * before it is a fault of its line. A first line `sep=;` names the separator, as Excel writes it; without it
 * `chooseSeparator` does. Empty lines and an end mark are left out. A row may have up to `rowCharactersMax` characters.
 *
 * A library reads rows as quickly, but none that was tried (csv-parse, Papa Parse) finds a quote behind a space without
 * trimming every other cell, or goes on behind a quote that is never closed.
 */
export const createCsvScanner = (rowCharactersMax: number = Number.POSITIVE_INFINITY): CsvScanner => {
  let beginning: string | null = '';
  /** The end mark, while it is not known whether the text ends with it. */
  let held = '';
  let wanted = separatorSample.min;
  let separator: string | null = null;
  let lines: CsvLines | null = null;
  const read = (text: string, isLast: boolean): (CsvRow | CsvFault)[] => {
    if (beginning === null) return lines?.read(text, isLast) ?? [];
    beginning += text;
    if (beginning.length < wanted && !isLast) return [];
    const source = beginning.replace(/^\uFEFF/, '');
    const [named = '', given, filled] = namedSeparator.exec(source) ?? [];
    separator = filled ?? (given === '\\t' ? '\t' : given) ?? null;
    while (separator === null) {
      if (source.length < wanted - 1 && !isLast) return [];
      const isCut = wanted < separatorSample.max && (source.length > wanted || !isLast);
      separator = chooseSeparator(source.slice(0, wanted), isCut);
      wanted *= 2;
    }
    beginning = null;
    lines = createLines(separator, rowCharactersMax, 1 + countBreaks(named));
    return lines.read(source.slice(named.length), isLast);
  };
  return {
    scan: (text) => {
      const whole = held + text;
      held = whole.endsWith(endMark) ? endMark : '';
      return read(held === '' ? whole : whole.slice(0, -1), false);
    },
    end: () => read('', true),
    separator: () => separator,
  };
};

/**
 * A record of the text: where it ends, behind its line break, and how many line breaks it has. `isAmbiguous`: it has several
 * lines, each of which could be a row with as many cells.
 */
type Read = { cells: string[]; end: number; breaks: number; isAmbiguous: boolean };
/** More text is needed. `quoteAt`: the opening quote that was not closed. `isFinal`: no further text closes it. */
type Cut = { quoteAt: number | null; isFinal: boolean };
/** A cell up to its separator or line break. `quotes`: where those around it are; null for a cell that stands as it is. */
type Cell = { value: string; end: number; quotes: { open: number; close: number } | null };

export type Records = {
  read: (from: number) => Read | Cut;
  /** The place behind the next line break; null where the text has none, or may have half of one. */
  behindLine: (from: number) => number | null;
};

const needsText: Cut = { quoteAt: null, isFinal: false };

/** Creates a reader of the records of a text. `isEnd`: whether the file ends at this place. */
export const createRecords = (text: string, separator: string, isEnd: (at: number) => boolean): Records => {
  const nextQuote = createFinder(text, '"');
  const nextLf = createFinder(text, '\n');
  const nextCr = createFinder(text, '\r');
  const nextSeparator = createFinder(text, separator);
  const nextBreak = (from: number): number => Math.min(nextLf(from), nextCr(from));

  /** The place behind the line break here; null where more text may belong to it. */
  const behindBreak = (at: number): number | null => {
    if (at >= text.length) return isEnd(at) ? at : null;
    if (text[at] === '\n' || at + 1 < text.length) return text.startsWith('\r\n', at) ? at + 2 : at + 1;
    return isEnd(at + 1) ? at + 1 : null;
  };

  const isBlank = (at: number): boolean => text[at] !== separator && /[ \t\f\u00a0]/.test(text[at] ?? '');

  const blank = (from: number): number => {
    let at = from;
    while (isBlank(at)) at += 1;
    return at;
  };

  const read = (from: number): Read | Cut => {
    const lineEnd = nextBreak(from);
    if (nextQuote(from) > lineEnd || nextQuote(from) >= text.length) {
      const end = behindBreak(lineEnd);
      if (end === null) return needsText;
      const cells = text.slice(from, lineEnd).split(separator);
      return { cells, end, breaks: end > lineEnd ? 1 : 0, isAmbiguous: false };
    }
    return readQuoted(from);
  };

  /**
   * Reads a record that has a quote in its first line. A quote that closes a cell of several lines, but stands where a cell could
   * begin, may be the opening one of a later row: if a quote behind it has no other, the cell was never closed.
   */
  const readQuoted = (from: number): Read | Cut => {
    const cells: string[] = [];
    let ambiguousAt: number | null = null;
    for (let at = from; ; ) {
      const cell = readCell(at);
      if ('quoteAt' in cell)
        return cell.quoteAt === null ? cell : { ...cell, quoteAt: ambiguousAt ?? cell.quoteAt };
      const { value, end: cellEnd, quotes } = cell;
      if (quotes === null) {
        if (ambiguousAt !== null && value.includes('"')) return { quoteAt: ambiguousAt, isFinal: true };
      } else if (nextBreak(quotes.open) < quotes.close) {
        ambiguousAt = mayOpen(quotes.close) ? quotes.open : null;
      }
      cells.push(value);
      at = cellEnd + 1;
      if (text[cellEnd] === separator) continue;
      const end = behindBreak(cellEnd);
      if (end === null) return needsText;
      const record = text.slice(from, cellEnd);
      const inside = countBreaks(record);
      const breaks = inside + (end > cellEnd ? 1 : 0);
      return { cells, end, breaks, isAmbiguous: inside > 0 && hasRows(record, separator, cells.length) };
    }
  };

  /** Whether a cell could begin with this quote. */
  const mayOpen = (quoteAt: number): boolean => {
    let before = quoteAt - 1;
    while (isBlank(before)) before -= 1;
    return text[before] === separator || text[before] === '\n' || text[before] === '\r';
  };

  /**
   * A quote that opens a cell is closed by the next one that is not doubled. Where text follows that one in another line, it is
   * a quote of a later row, and this cell was never closed: else the rows between them would be lost.
   */
  const readCell = (from: number): Cell | Cut => {
    const open = blank(from);
    if (open >= text.length && !isEnd(open)) return needsText;
    if (text[open] !== '"') return asItStands(from, from);
    let close = nextQuote(open + 1);
    while (text[close + 1] === '"') close = nextQuote(close + 2);
    if (close >= text.length || (close + 1 >= text.length && !isEnd(close + 1)))
      return { quoteAt: open, isFinal: false };
    const end = blank(close + 1);
    if (end >= text.length && !isEnd(end)) return needsText;
    if (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r')
      return nextBreak(open) < close ? { quoteAt: open, isFinal: true } : asItStands(open, end);
    return { value: text.slice(open + 1, close).replaceAll('""', '"'), end, quotes: { open, close } };
  };

  /** The cell that begins here, up to the next separator or line break behind `behind`. */
  const asItStands = (from: number, behind: number): Cell | Cut => {
    const end = Math.min(nextSeparator(behind), nextBreak(behind));
    return end >= text.length && !isEnd(end)
      ? needsText
      : { value: text.slice(from, end), end, quotes: null };
  };

  const behindLine = (from: number): number | null => behindBreak(nextBreak(from));
  return { read, behindLine };
};

/** Whether each line has at least as many cells as the whole record, if quotes mean nothing. Empty lines do not count. */
const hasRows = (record: string, separator: string, cells: number): boolean =>
  record.split(/[\r\n]+/).every((line) => line.trim() === '' || line.split(separator).length >= cells);

/** Finds the next place of a character; the length of the text where there is none. Each place is searched for once. */
const createFinder = (text: string, character: string): ((from: number) => number) => {
  let found = -1;
  let searchedFrom = 0;
  return (from) => {
    if (from <= found && from >= searchedFrom) return found;
    searchedFrom = from;
    const at = text.indexOf(character, from);
    found = at === -1 ? text.length : at;
    return found;
  };
};

/** How many line breaks a text has. */
export const countBreaks = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

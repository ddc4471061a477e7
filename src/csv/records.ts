/** A record of the text: where it ends, behind its line break, and how many line breaks it has. */
type Read = { cells: string[]; end: number; breaks: number };
/** More text is needed. `quoteAt`: the opening quote that was not closed. */
type Cut = { quoteAt: number | null };

export type Records = {
  read: (from: number) => Read | Cut;
  /** The place behind the next line break; null where the text has none, or may have half of one. */
  behindLine: (from: number) => number | null;
};

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

  const blank = (from: number): number => {
    let at = from;
    while (at < text.length && text[at] !== separator && /[ \t\f\u00a0]/.test(text[at] ?? '')) at += 1;
    return at;
  };

  const read = (from: number): Read | Cut => {
    const lineEnd = nextBreak(from);
    if (nextQuote(from) > lineEnd || nextQuote(from) >= text.length) {
      const end = behindBreak(lineEnd);
      if (end === null) return { quoteAt: null };
      return { cells: text.slice(from, lineEnd).split(separator), end, breaks: end > lineEnd ? 1 : 0 };
    }
    return readQuoted(from);
  };

  /** Reads a record that has a quote in its first line. */
  const readQuoted = (from: number): Read | Cut => {
    const cells: string[] = [];
    for (let at = from; ; ) {
      const cell = readCell(at);
      if ('quoteAt' in cell) return cell;
      cells.push(cell.value);
      at = cell.end + 1;
      if (text[cell.end] === separator) continue;
      const end = behindBreak(cell.end);
      if (end === null) return { quoteAt: null };
      return { cells, end, breaks: countBreaks(text.slice(from, end)) };
    }
  };

  const readCell = (from: number): { value: string; end: number } | Cut => {
    const quoteAt = blank(from);
    if (quoteAt >= text.length && !isEnd(quoteAt)) return { quoteAt: null };
    if (text[quoteAt] !== '"') return asItStands(from, from);
    let close = nextQuote(quoteAt + 1);
    while (text[close + 1] === '"') close = nextQuote(close + 2);
    if (close >= text.length || (close + 1 >= text.length && !isEnd(close + 1))) return { quoteAt };
    const end = blank(close + 1);
    if (end >= text.length && !isEnd(end)) return { quoteAt: null };
    if (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r')
      return asItStands(quoteAt, end);
    return { value: text.slice(quoteAt + 1, close).replaceAll('""', '"'), end };
  };

  /** The cell that begins here, up to the next separator or line break behind `behind`. */
  const asItStands = (from: number, behind: number): { value: string; end: number } | Cut => {
    const end = Math.min(nextSeparator(behind), nextBreak(behind));
    return end >= text.length && !isEnd(end) ? { quoteAt: null } : { value: text.slice(from, end), end };
  };

  const behindLine = (from: number): number | null => behindBreak(nextBreak(from));
  return { read, behindLine };
};

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

/** How much of a file is looked at: more where its first line is longer. */
export const separatorSample = { min: 20_000, max: 1_000_000 };

const separators = [',', ';', '\t', '|'] as const;
const linesMax = 20;
const titlesMax = 3;

/**
 * The separator of a file, by its beginning: of the comma, semicolon, tab and vertical bar, the one by which most of the
 * next lines have as many cells as the first line, if at least half of them have. Else the one that occurs most in the first
 * line, if at least half of the next lines have it, too. Else the first lines may be a title, and the lines behind it decide.
 * Cells in quotes do not count. A comma where there is none. `isCut`: the file goes on; null where its first line does.
 */
export const chooseSeparator = (beginning: string, isCut: boolean): string | null => {
  const lines = withoutQuoted(beginning, isCut)
    .split(/[\r\n]+/, linesMax)
    .filter((line) => /\S/.test(line) || line.includes('\t'));
  // The last one may go on.
  if (isCut && lines.length < linesMax) lines.pop();
  if (isCut && lines.length === 0) return null;
  return ofTable(lines) ?? behindTitle(lines) ?? most(separators, (one) => cellsOf(one, lines[0])) ?? ',';
};

/** The separator of lines that are a header and rows, more or less. */
const ofTable = ([first = '', ...next]: string[]): string | null => {
  const isHalf = (count: number): boolean => count > 0 && count * 2 >= next.length;
  const some = separators.filter((one) => cellsOf(one, first) > 1);
  const agreeing = (one: string): number =>
    next.filter((line) => cellsOf(one, line) === cellsOf(one, first)).length;
  const having = (one: string): number => next.filter((line) => line.includes(one)).length;
  // What agrees decides first, by a weight that no header reaches.
  const byRows = (one: string): number => agreeing(one) * separatorSample.max + cellsOf(one, first);
  return (
    most(
      some.filter((one) => isHalf(agreeing(one))),
      byRows,
    ) ??
    most(
      some.filter((one) => isHalf(having(one))),
      (one) => cellsOf(one, first),
    )
  );
};

const behindTitle = (lines: string[]): string | null => {
  for (let titles = 1; titles <= titlesMax; titles += 1) {
    const rest = lines.slice(titles);
    const separator = ofTable(rest);
    // In a list of one column, a separator with a space behind it belongs to a text.
    if (separator !== null && rest[0]?.includes(`${separator} `) === false) return separator;
  }
  return null;
};

/** The one with the highest number, which is above 1; of equal ones the first. */
const most = (some: readonly string[], numberOf: (separator: string) => number): string | null => {
  let best: string | null = null;
  for (const one of some) if (numberOf(one) > (best === null ? 1 : numberOf(best))) best = one;
  return best;
};

const cellsOf = (separator: string, line = ''): number => line.split(separator).length;

/**
 * Leaves out all cells in quotes, by whatever separator. In a text that is cut, a quote without an end leaves out the rest: it
 * may be closed behind it.
 */
const withoutQuoted = (text: string, isCut: boolean): string => {
  const opening = /(?<=^|[,;\t|\r\n])[ \f\u00a0]*"/g;
  let bare = '';
  let from = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const close = closingQuote(text, opening.lastIndex);
    if (close === -1 && isCut) return bare + text.slice(from, match.index);
    if (close === -1) break;
    if (!/^[ \f\u00a0]{0,100}(?:[,;\t|\r\n]|$)/.test(text.slice(close + 1, close + 102))) continue;
    bare += text.slice(from, match.index);
    from = close + 1;
    opening.lastIndex = from;
  }
  return bare + text.slice(from);
};

/** The place of the next quote that is not doubled; -1 for none. */
const closingQuote = (text: string, from: number): number => {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
};

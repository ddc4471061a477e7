/** What a command prints: its result on standard output, everything else on standard error. */
export type Printer = {
  json: boolean;
  /** Prints the result: a JSON document, or lines for people. */
  result: (document: unknown, lines: () => string[]) => void;
  /** Reports what happens: a line for people, or an event as one line of JSON. */
  note: (text: string, event: object) => void;
  /** Whether a person reads standard error on a terminal that can rewrite a line. */
  isLive: boolean;
  /** The columns of the terminal. */
  width: () => number;
  /** Rewrites the last line of the terminal, cut to its width; '' removes it. */
  live: (text: string) => void;
};

type Options = { json: boolean; env: NodeJS.ProcessEnv; redact: (text: string) => string };

const width = (): number => Math.max(10, process.stderr.columns || 80);

/** Prints without colors. Control characters in names and cells never reach a terminal. */
export const createPrinter = ({ json, env, redact }: Options): Printer => {
  const isUtf8 = /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
  const isLive = !json && process.stderr.isTTY && env['TERM'] !== 'dumb';
  const shown = (text: string, isTerminal: boolean): string => {
    const safe = printable(redact(text));
    // A terminal in another encoding would show two wrong characters for one.
    return isTerminal && !isUtf8 ? safe.replace(/[^\n -~]/gu, '?') : safe;
  };
  let liveText = '';
  const live = (text: string): void => {
    const cut = shown(text, true).slice(0, width() - 1);
    if (!isLive || cut === liveText) return;
    process.stderr.write(`\r${cut}\u001B[K`);
    liveText = cut;
  };
  return {
    json,
    isLive,
    width,
    live,
    result: (document, lines) => {
      live('');
      const text = json ? redact(JSON.stringify(document)) : shown(lines().join('\n'), process.stdout.isTTY);
      process.stdout.write(`${text}\n`);
    },
    note: (text, event) => {
      const kept = liveText;
      live('');
      process.stderr.write(
        json ? `${redact(JSON.stringify(event))}\n` : `${shown(text, process.stderr.isTTY)}\n`,
      );
      live(kept);
    },
  };
};

/** The text without control characters and marks that reverse the direction of text. */
const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, ' ');

/** Rows as lines with aligned columns; numbers are aligned at their end. The first row is the header. */
export const tableLines = (rows: readonly (readonly (string | number | null)[])[]): string[] => {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '-' : String(cell))));
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const isNumeric = widths.map((_, at) => rows.slice(1).every((row) => typeof row[at] !== 'string'));
  return cells.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - cell.length));
        return isNumeric[at] === true ? `${space}${cell}` : `${cell}${space}`;
      })
      .join('  ')
      .trimEnd(),
  );
};

/** A value of the API in one line: lists by semicolons, objects as `name: value`. */
export const inLine = (value: unknown): string => {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.map(inLine).join('; ');
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  return Object.entries(value)
    .filter(([, one]) => one !== null)
    .map(([name, one]) => `${name}: ${inLine(one)}`)
    .join(', ');
};

/** "1 credit", "2 credits". */
export const countOf = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

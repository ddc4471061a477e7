/**
 * Counts cells that link to an address and show another text, of which only the text is read: by a formula
 * HYPERLINK("https://…","Visit"), or by a link of the sheet. What links a sheet has is known after its cells, and where they lead is
 * in another part of the workbook. So each column is counted: of its links, those above the number of its cells that have an
 * address certainly show another text.
 */
export const createLinkCounter = () => {
  const columns: { addresses: number; others: number; links: number }[] = [];
  let formulas = 0;

  const columnAt = (at: number) => (columns[at] ??= { addresses: 0, others: 0, links: 0 });
  return {
    /** For each cell with a value. `formula`: its start, or null. */
    addCell: (at: number, value: string, formula: string | null): void => {
      const isOther = !hasAddress.test(value);
      columnAt(at)[isOther ? 'others' : 'addresses'] += 1;
      if (isOther && formula !== null && linkFormula.test(formula)) formulas += 1;
    },
    /** A link of so many cells in a column. */
    addLink: (at: number, cells: number): void => {
      columnAt(at).links += cells;
    },
    /** How many cells show another text at least. */
    count: (): number =>
      Object.values(columns).reduce(
        (sum, { addresses, others, links }) => sum + Math.min(others, Math.max(0, links - addresses)),
        formulas,
      ),
  };
};

/** An address of the web or of e-mail, or as many digits as the shortest identifier has. */
const hasAddress = /[^\s.]\.[^\s.]|\S@\S|(?:\d[\s-]?){9}/;
/** With an address of its own: one that other cells make is in them. */
const linkFormula = /^\s*HYPERLINK\(\s*"[^"#][^"]*\.[^"]*"\s*[,;)]/i;
/** Excel allows 255 characters in a text of a formula. */
export const formulaStart = 300;

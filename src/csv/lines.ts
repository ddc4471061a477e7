import type { CsvFault, CsvRow } from './csv-row.js';
import { countBreaks, createRecords, type Records } from './records.js';

type Item = CsvRow | CsvFault;

export type CsvLines = { read: (text: string, isLast: boolean) => Item[] };

/**
 * Reads the rows of a text that comes in pieces. A row that is not complete is kept, and read again when the text has
 * doubled, so that the work stays proportional to the text.
 */
export const createLines = (separator: string, charactersMax: number, firstLine: number): CsvLines => {
  let rest = '';
  let line = firstLine;
  let wanted = 0;
  /** Inside of a row that is too long and is not kept. */
  let isSkipping = false;

  const read = (piece: string, isLast: boolean): Item[] => {
    rest += piece;
    if (!isLast && rest.length < wanted) return [];
    const items: Item[] = [];
    const text = rest;
    const isEnd = (at: number): boolean => at >= text.length && isLast;
    const records = createRecords(text, separator, isEnd);
    let at = 0;
    if (isSkipping) at = skipLine(text, records, 0);
    while (at < text.length) {
      const record = records.read(at);
      if ('cells' in record) {
        if (record.end - at > charactersMax) items.push({ line, fault: 'TOO_LONG' });
        else if (record.cells.length > 1 || record.cells[0]?.trim() !== '')
          items.push({ line, cells: record.cells, ...(record.isAmbiguous ? { isAmbiguous: true } : {}) });
        line += record.breaks;
        at = record.end;
      } else if (record.quoteAt !== null && (record.isFinal || isLast || text.length - at > charactersMax)) {
        line += countBreaks(text.slice(at, record.quoteAt));
        items.push({ line, fault: 'UNCLOSED_QUOTE' });
        at = skipLine(text, records, record.quoteAt);
      } else if (text.length - at > charactersMax) {
        items.push({ line, fault: 'TOO_LONG' });
        at = skipLine(text, records, at);
      } else break;
    }
    rest = text.slice(at);
    wanted = Math.min(rest.length * 2, charactersMax + 1);
    return items;
  };

  /** Behind the line that goes on at this place. */
  const skipLine = (text: string, records: Records, from: number): number => {
    const end = records.behindLine(from);
    isSkipping = end === null;
    if (end !== null) line += 1;
    return end ?? (text.endsWith('\r') ? text.length - 1 : text.length);
  };

  return { read };
};

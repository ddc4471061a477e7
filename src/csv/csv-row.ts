/**
 * A row with the number of the line on which it starts, from 1. `isAmbiguous`: by its quotes it has several lines, but each of
 * them could be a row with as many cells, so a quote may have been left open.
 */
export type CsvRow = { line: number; cells: string[]; isAmbiguous?: boolean };

/**
 * A row that cannot be read. UNCLOSED_QUOTE: the line of a quote that is never closed, or not within the longest row, or
 * whose next quote, in another line, has text behind it. Reading goes on at the next line.
 */
export type CsvFault = { line: number; fault: 'UNCLOSED_QUOTE' | 'TOO_LONG' };

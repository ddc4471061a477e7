/** A row with the number of the line on which it starts, from 1. */
export type CsvRow = { line: number; cells: string[] };

/**
 * A row that cannot be read. UNCLOSED_QUOTE: the line of a quote that is never closed, or not within the longest row.
 * Reading goes on at the next line.
 */
export type CsvFault = { line: number; fault: 'UNCLOSED_QUOTE' | 'TOO_LONG' };

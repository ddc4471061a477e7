import { openCursor, toCursor } from '../../platform/page.js';
import type { Pages } from './table.js';

/** A sorted list, and how to read it page by page. */
export type Reading<Row> = {
  /** The format of each value of a position. */
  shapes: readonly RegExp[];
  rowsPerPage: number;
  /** The next rows after a position, at most `rowsMax`; null: from the start. */
  read: (position: readonly string[] | null, rowsMax: number) => Promise<Row[]>;
  positionOf: (row: Row) => readonly string[];
};

export type WithCursor<Row> = Row & { cursor: string };

/**
 * Reads a list to its end, page by page. Resolves when the first page is read, so that errors are known before anything is
 * written. Throws BAD_REQUEST for a cursor of another list. Between two pages it holds neither a connection nor a
 * transaction, so a slow client costs nothing.
 */
export const readPages = async <Row extends object>(
  after: string | null,
  { shapes, rowsPerPage, read, positionOf }: Reading<Row>,
): Promise<Pages<WithCursor<Row>>> => {
  const begin = after === null ? null : openCursor(after, shapes);
  const first = await read(begin, rowsPerPage);
  return (async function* () {
    for (let rows = first; ; ) {
      yield rows.map((row) => ({ ...row, cursor: toCursor(positionOf(row)) }));
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsPerPage) return;
      rows = await read(positionOf(last), rowsPerPage);
    }
  })();
};

import { openCursor, toCursor } from '../../platform/page.js';
import type { Pages } from './table.js';

/** A list in an order of its own, and how to read on in it. */
export type Reading<Row> = {
  /** How each of a position's values looks. */
  shapes: readonly RegExp[];
  rowsPerPage: number;
  /** The next rows after a position, at most so many; null: from the beginning. */
  read: (position: readonly string[] | null, rowsMax: number) => Promise<Row[]>;
  positionOf: (row: Row) => readonly string[];
};

export type WithCursor<Row> = Row & { cursor: string };

/**
 * Reads a list to its end, page by page. Resolves with the first page read, so that what is wrong with the question
 * is known before anything is written; throws BAD_REQUEST for a foreign cursor. Nothing is held between two pages,
 * neither a connection nor a snapshot of the database: a slow reader costs nothing.
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

import type { Database } from '../../platform/database.js';
import type { Cursors } from '../../platform/page.js';
import type { ExportDeps, Pages } from './table.js';

/** A sorted list, and how to read it page by page. */
export type Reading<Row> = {
  cursors: Cursors;
  rowsPerPage: number;
  /** The next rows after a position, at most `rowsMax`; null: from the start. */
  read: (database: Database, position: readonly string[] | null, rowsMax: number) => Promise<Row[]>;
  positionOf: (row: Row) => readonly string[];
};

export type WithCursor<Row> = Row & { cursor: string };

/**
 * Reads a list to its end, page by page. Resolves when the first page is read, so that errors are known before anything is
 * written. Throws BAD_REQUEST for a cursor of another list. Between two pages it holds neither a connection nor a
 * transaction, so a slow client costs nothing, and each page may come from another server.
 */
export const readPages = async <Row extends object>(
  deps: Pick<ExportDeps, 'read'>,
  after: string | null,
  { cursors, rowsPerPage, read, positionOf }: Reading<Row>,
): Promise<Pages<WithCursor<Row>>> => {
  const readAfter = (position: readonly string[] | null): Promise<Row[]> =>
    deps.read(({ database }) => read(database, position, rowsPerPage));
  const first = await readAfter(after === null ? null : cursors.open(after));
  return (async function* () {
    for (let rows = first; ; ) {
      yield rows.map((row) => ({ ...row, cursor: cursors.make(positionOf(row)) }));
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsPerPage) return;
      rows = await readAfter(positionOf(last));
    }
  })();
};

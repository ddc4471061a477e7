import { type Child, make } from './make-element.js';

export type Column<Row> = {
  title: string;
  cell: (row: Row) => Child;
  isNumber?: boolean;
  /** Left out on narrow screens. */
  isExtra?: boolean;
};

/** A table with a caption; its first column heads the rows. Wide ones scroll within their own frame. */
export const makeTable = <Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): HTMLElement => {
  const head = columns.map((column) => make('th', { scope: 'col', class: classOf(column) }, column.title));
  const lines = rows.map((row) =>
    make(
      'tr',
      {},
      ...columns.map((column, at) =>
        at === 0
          ? make('th', { scope: 'row', class: classOf(column) }, column.cell(row))
          : make('td', { class: classOf(column) }, column.cell(row)),
      ),
    ),
  );
  const table = make(
    'table',
    {},
    make('caption', { class: 'unseen' }, caption),
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...lines),
  );
  return make(
    'div',
    { class: 'table', role: 'region', 'aria-label': caption, tabindex: '0', 'data-key': 'table' },
    table,
  );
};

const classOf = <Row>({ isNumber, isExtra }: Column<Row>): string | null => {
  const names = [isNumber === true ? 'number' : '', isExtra === true ? 'extra' : ''].filter(Boolean);
  return names.length === 0 ? null : names.join(' ');
};

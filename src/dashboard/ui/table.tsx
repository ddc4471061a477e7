import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/preact-table';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

export type Column<Row> = {
  title: string;
  /** The cell; the first column heads the row. */
  cell: (row: Row) => ComponentChildren;
  /** What the rows are sorted by when the viewer chooses the column. Left out: it cannot be chosen. */
  sortBy?: (row: Row) => number | string | null;
  /** Numbers stand at the right. */
  isNumber?: boolean;
  /** Left out on narrow screens. */
  isExtra?: boolean;
  /** Its title is only for screen readers, as for a column of buttons. */
  isUnnamed?: boolean;
};

export type TableProps<Row> = {
  /** What the table shows, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** A last row, such as totals: a cell for each column. */
  footer?: readonly ComponentChildren[];
  /** Checkboxes before the rows. */
  selection?: Selection<Row>;
};

export type Selection<Row> = {
  keys: ReadonlySet<string>;
  change: (keys: ReadonlySet<string>) => void;
  labelOf: (row: Row) => string;
};

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

/** A table that scrolls within its own frame where it is wide, with columns to sort by and rows to select. */
export const Table = <Row extends object>(props: TableProps<Row>): JSX.Element => {
  const { caption, columns, rows, keyOf, footer, selection } = props;
  const [sorting, setSorting] = useState<SortingState>([]);
  const definitions = useMemo(
    () =>
      columns.map(
        (column, at): ColumnDef<typeof features, Row> => ({
          id: `${at}`,
          accessorFn: (row) => column.sortBy?.(row) ?? undefined,
          enableSorting: column.sortBy !== undefined,
          sortUndefined: 'last',
        }),
      ),
    [columns],
  );
  const table = useTable<typeof features, Row, { sorting: SortingState }>(
    {
      features,
      columns: definitions,
      data: rows,
      getRowId: keyOf,
      state: { sorting },
      onSortingChange: setSorting,
      sortDescFirst: false,
    },
    (state) => ({ sorting: state.sorting }),
  );
  const [sorted] = sorting;
  const shown = table.getRowModel().rows;
  return (
    <div class="table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {selection === undefined ? null : <SelectAll rows={rows} keyOf={keyOf} selection={selection} />}
            {columns.map((column, at) => (
              <ColumnHead
                key={column.title}
                column={column}
                direction={sorted?.id === `${at}` ? (sorted.desc ? 'descending' : 'ascending') : null}
                sort={() => table.getColumn(`${at}`)?.toggleSorting()}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, original }) => (
            <tr key={id} class={selection?.keys.has(id) === true ? 'selected' : undefined}>
              {selection === undefined ? null : <SelectRow id={id} row={original} selection={selection} />}
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.title} scope="row" class={classOf(column)}>
                    {column.cell(original)}
                  </th>
                ) : (
                  <td key={column.title} class={classOf(column)}>
                    {column.cell(original)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {footer === undefined ? null : (
          <tfoot>
            <tr>
              {selection === undefined ? null : <td />}
              {columns.map((column, at) => (
                <td key={column.title} class={classOf(column)}>
                  {footer[at]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
};

type ColumnHeadProps<Row> = {
  column: Column<Row>;
  direction: 'ascending' | 'descending' | null;
  sort: () => void;
};

const ColumnHead = <Row,>({ column, direction, sort }: ColumnHeadProps<Row>): JSX.Element => {
  const { title, sortBy, isUnnamed = false } = column;
  if (sortBy === undefined) {
    return (
      <th scope="col" class={classOf(column)}>
        {isUnnamed ? <span class="unseen">{title}</span> : title}
      </th>
    );
  }
  return (
    <th scope="col" class={classOf(column)} aria-sort={direction ?? 'none'}>
      <button type="button" class="sort" onClick={sort}>
        {title}
        <span class="arrow" aria-hidden="true">
          {direction === null ? '' : direction === 'ascending' ? '↑' : '↓'}
        </span>
      </button>
    </th>
  );
};

const SelectAll = <Row,>({
  rows,
  keyOf,
  selection: { keys, change },
}: {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  selection: Selection<Row>;
}): JSX.Element => {
  const all = rows.map(keyOf);
  const areAll = all.length > 0 && all.every((key) => keys.has(key));
  return (
    <th scope="col" class="select">
      <input
        type="checkbox"
        aria-label="Select all rows"
        checked={areAll}
        onChange={() => change(new Set(areAll ? [] : all))}
      />
    </th>
  );
};

const SelectRow = <Row,>({
  id,
  row,
  selection: { keys, change, labelOf },
}: {
  id: string;
  row: Row;
  selection: Selection<Row>;
}): JSX.Element => (
  <td class="select">
    <input
      type="checkbox"
      aria-label={`Select ${labelOf(row)}`}
      checked={keys.has(id)}
      onChange={() => {
        const next = new Set(keys);
        if (!next.delete(id)) next.add(id);
        change(next);
      }}
    />
  </td>
);

const classOf = <Row,>({ isNumber = false, isExtra = false }: Column<Row>): string | undefined =>
  [isNumber ? 'number' : '', isExtra ? 'extra' : ''].filter(Boolean).join(' ') || undefined;

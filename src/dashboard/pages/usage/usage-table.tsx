import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { UsageReportDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatNumber, formatShare } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { CsvDialog } from './csv-dialog.js';
import { GroupSelects } from './group-selects.js';
import { type Dimension, dimensions, type Sums, type UsageRow } from './dimensions.js';
import { entriesParameters } from './entries-address.js';
import { groupKey, labelsOf } from './stack.js';
import { addSums, formatDifference, hitRateOf } from './sums.js';
import type { Filters } from './usage-address.js';
import { useUsageVariables } from './use-usage.js';
import { useUsageAddress } from './use-usage-address.js';

/** One line of the table: a group, also one that only the period before has. */
type Line = { key: string; titles: string[]; filters: Filters; now: Sums; before: Sums | null };

/** The groups with their sums, compared with the period before. A group leads to its entries. */
export const UsageTable = (): JSX.Element => {
  const { address } = useUsageAddress();
  const [isOpen, setOpen] = useState(false);
  const { groupBy, compare } = address;
  const variables = useUsageVariables(address, { groupBy, previous: compare });
  const reading = useReading(UsageReportDocument, variables);
  const title =
    groupBy.length === 0
      ? 'Totals'
      : `By ${groupBy.map((name) => dimensions[name].title.toLowerCase()).join(' and ')}`;
  return (
    <Panel
      title={title}
      tools={
        <>
          <GroupSelects />
          <Button kind="plain" label={`CSV: ${title}`} onClick={() => setOpen(true)}>
            CSV
          </Button>
        </>
      }
      query={{ document: UsageReportDocument, variables }}
    >
      <Shown reading={reading}>
        {({ usage: { rows, previous } }) => {
          const lines = linesOf({ rows, previous: previous?.rows ?? [] }, groupBy, compare);
          return lines.length === 0 ? (
            <EmptyState title="No lookups in this period." />
          ) : (
            <Table
              caption={`Usage ${title.toLowerCase()}`}
              columns={columnsOf({ groupBy, lines, compare, filters: address.filters })}
              rows={lines}
              keyOf={({ key }) => key}
              footer={footerOf(lines, groupBy, compare)}
            />
          );
        }}
      </Shown>
      {isOpen ? <CsvDialog report={{ name: 'usage', groupBy }} close={() => setOpen(false)} /> : null}
    </Panel>
  );
};

type Rows = { rows: readonly UsageRow[]; previous: readonly Omit<UsageRow, 'startsAt' | 'endsAt'>[] };

const linesOf = ({ rows, previous }: Rows, groupBy: readonly Dimension[], compare: boolean): Line[] => {
  const none = addSums([]);
  const before = new Map(previous.map((row) => [groupKey(row, groupBy), row]));
  const now = new Map(rows.map((row) => [groupKey(row, groupBy), row]));
  const all = [...now, ...[...before].filter(([key]) => !now.has(key))];
  return all
    .map(([key, row]) => ({
      key,
      titles: labelsOf(row, groupBy).map(({ title }) => title),
      filters: filtersOf(row, groupBy),
      now: now.get(key) ?? none,
      before: compare ? (before.get(key) ?? none) : null,
    }))
    .toSorted((a, b) => b.now.creditsCharged - a.now.creditsCharged || b.now.attempts - a.now.attempts);
};

const filtersOf = (row: Parameters<typeof labelsOf>[0], groupBy: readonly Dimension[]): Filters =>
  Object.fromEntries(
    groupBy.map((name) => [dimensions[name].parameter, [dimensions[name].labelOf(row).value]]),
  );

type ColumnsOf = {
  groupBy: readonly Dimension[];
  lines: readonly Line[];
  compare: boolean;
  filters: Filters;
};

const number = (title: string, of: (sums: Sums) => number, isExtra = false): Column<Line> => ({
  title,
  cell: ({ now }) => formatNumber(of(now)),
  sortBy: ({ now }) => of(now),
  isNumber: true,
  isExtra,
});

const columnsOf = ({ groupBy, lines, compare, filters }: ColumnsOf): Column<Line>[] => {
  const total = addSums(lines.map(({ now }) => now)).creditsCharged;
  return [
    ...groupBy.map(
      (name, at): Column<Line> => ({
        title: dimensions[name].title,
        cell: ({ titles, filters: own }) =>
          at === 0 ? (
            <Link
              to="/usage/entries"
              parameters={entriesParameters({ filters: { ...filters, ...own } })}
              label={`${titles.join(' · ')}: entries`}
            >
              {titles[at]}
            </Link>
          ) : (
            titles[at]
          ),
        sortBy: ({ titles }) => titles[at] ?? null,
      }),
    ),
    ...(groupBy.length === 0 ? [allColumn(filters)] : []),
    number('Charged', ({ creditsCharged }) => creditsCharged),
    ...(compare ? comparison : []),
    {
      title: 'Share',
      cell: ({ now }) => formatShare(total === 0 ? null : now.creditsCharged / total),
      isNumber: true,
      isExtra: true,
    },
    number('Saved', ({ creditsSaved }) => creditsSaved),
    number('Lookups', ({ lookups }) => lookups),
    number('Attempts', ({ attempts }) => attempts, true),
    {
      title: 'Hit rate',
      cell: ({ now }) => formatShare(hitRateOf(now)),
      sortBy: ({ now }) => hitRateOf(now),
      isNumber: true,
      isExtra: true,
    },
  ];
};

const allColumn = (filters: Filters): Column<Line> => ({
  title: 'Usage',
  cell: () => (
    <Link to="/usage/entries" parameters={entriesParameters({ filters })} label="All: entries">
      All
    </Link>
  ),
});

const comparison: readonly Column<Line>[] = [
  {
    title: 'Before',
    cell: ({ before }) => formatNumber(before?.creditsCharged ?? 0),
    sortBy: ({ before }) => before?.creditsCharged ?? 0,
    isNumber: true,
    isExtra: true,
  },
  {
    title: 'Change',
    cell: ({ now, before }) => formatDifference(now.creditsCharged, before?.creditsCharged ?? 0),
    sortBy: ({ now, before }) => now.creditsCharged - (before?.creditsCharged ?? 0),
    isNumber: true,
  },
];

const footerOf = (lines: readonly Line[], groupBy: readonly Dimension[], compare: boolean) => {
  const now = addSums(lines.map((line) => line.now));
  const before = addSums(lines.flatMap((line) => line.before ?? []));
  return [
    'Total',
    ...groupBy.slice(1).map(() => ''),
    formatNumber(now.creditsCharged),
    ...(compare
      ? [formatNumber(before.creditsCharged), formatDifference(now.creditsCharged, before.creditsCharged)]
      : []),
    formatShare(now.creditsCharged === 0 ? null : 1),
    formatNumber(now.creditsSaved),
    formatNumber(now.lookups),
    formatNumber(now.attempts),
    formatShare(hitRateOf(now)),
  ];
};

import type { JSX } from 'preact';
import type { RecordRowFragment } from '../../api/operations.js';
import { useView } from '../../app/use-view.js';
import { formatDate, formatNumber, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { type Column, type Selection, Table } from '../../ui/table.js';
import { mainIdentifier, titleOf } from './unlock.js';

type Row = RecordRowFragment;

/** Records, each with a link to its page and a checkbox. */
export const RecordTable = ({
  records,
  selection,
}: {
  records: readonly Row[];
  selection: Pick<Selection<Row>, 'keys' | 'change'>;
}): JSX.Element => {
  const { timeZone } = useView();
  return (
    <Table
      caption="Unlocked records, newest first"
      columns={columnsIn(timeZone)}
      rows={records}
      keyOf={({ id }) => id}
      selection={{ ...selection, labelOf: titleOf }}
    />
  );
};

const columnsIn = (timeZone: string): readonly Column<Row>[] => [
  {
    title: 'Name',
    cell: (record) => <Link to={`/records/${record.id}`}>{titleOf(record)}</Link>,
    sortBy: (record) => titleOf(record).toLowerCase(),
  },
  {
    title: 'Kind',
    cell: ({ operation }) => (operation === 'PERSON' ? 'Person' : 'Company'),
    isExtra: true,
  },
  { title: 'Provider', cell: ({ provider }) => providerTitle(provider), isExtra: true },
  { title: 'Identifier', cell: ({ identifiers }) => mainIdentifier(identifiers) ?? '–' },
  {
    title: 'Unlocked',
    cell: ({ unlockedAt }) => formatDate(unlockedAt, timeZone),
    sortBy: ({ unlockedAt }) => unlockedAt,
  },
  {
    title: 'Credits',
    cell: ({ creditsPaid }) => formatNumber(creditsPaid),
    sortBy: ({ creditsPaid }) => creditsPaid,
    isNumber: true,
  },
  {
    title: 'Fetched',
    cell: ({ fetchedAt }) => (fetchedAt === null ? 'No snapshot' : formatDate(fetchedAt, timeZone)),
    sortBy: ({ fetchedAt }) => fetchedAt,
    isExtra: true,
  },
];

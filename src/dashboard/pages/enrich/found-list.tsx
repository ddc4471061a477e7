import type { JSX } from 'preact';
import { Button } from '../../ui/button.js';
import { formatCredits, formatNumber, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel } from '../../ui/panel.js';
import { saveFile } from '../../api/save-file.js';
import { type Column, Table } from '../../ui/table.js';
import { foundCsv } from './found-csv.js';
import { Outcome } from './outcome.js';
import type { RecordKind } from './read-keys.js';
import type { Found } from './wanted.js';

/** The results of a list, in its order, with a file of them. */
export const FoundList = ({ found, kind }: { found: readonly Found[]; kind: RecordKind }): JSX.Element => {
  const count = found.filter(({ outcome }) => outcome === 'FOUND').length;
  const charged = found.reduce((sum, { receipt }) => sum + receipt.creditsCharged, 0);
  const saved = found.reduce((sum, { receipt }) => sum + receipt.creditsSaved, 0);
  const isSandbox = found.some(({ receipt }) => receipt.sandbox);
  const save = (): void =>
    saveFile(
      new Blob([foundCsv(found, kind)], { type: 'text/csv;charset=utf-8' }),
      `${kind.toLowerCase()}-results.csv`,
    );
  return (
    <div role="status">
      <Panel
        title="Results"
        tools={
          <Button kind="plain" label="CSV: the results" onClick={save}>
            CSV
          </Button>
        }
      >
        <p>
          {formatNumber(count)} of {formatNumber(found.length)} found. {formatCredits(charged)} charged,{' '}
          {formatNumber(saved)} saved{isSandbox ? ', in the sandbox' : ''}.
        </p>
        <Table caption="Results" columns={columns} rows={found} keyOf={({ receipt }) => receipt.id} />
      </Panel>
    </div>
  );
};

const nameOf = ({ company, person }: Found): JSX.Element | string => {
  const record = company ?? person;
  return record === null ? (
    '–'
  ) : (
    <Link to={`/records/${encodeURIComponent(record.recordId)}`}>{record.name ?? record.recordId}</Link>
  );
};

const columns: readonly Column<Found>[] = [
  { title: 'Identifier', cell: ({ text }) => text, sortBy: ({ text }) => text },
  {
    title: 'Outcome',
    cell: ({ outcome }) => <Outcome outcome={outcome} />,
    sortBy: ({ outcome }) => outcome,
  },
  { title: 'Name', cell: nameOf },
  {
    title: 'Charged',
    cell: ({ receipt }) => formatNumber(receipt.creditsCharged),
    sortBy: ({ receipt }) => receipt.creditsCharged,
    isNumber: true,
  },
  {
    title: 'Saved',
    cell: ({ receipt }) => formatNumber(receipt.creditsSaved),
    sortBy: ({ receipt }) => receipt.creditsSaved,
    isNumber: true,
  },
  {
    title: 'Provider',
    cell: ({ receipt: { provider } }) => (provider === null ? '–' : providerTitle(provider)),
  },
  { title: 'Problem', cell: ({ problem }) => problem?.message ?? '' },
];

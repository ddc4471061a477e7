import type { JSX } from 'preact';
import { type JobFactsFragment, JobResultsDocument, type JobResultsQuery } from '../../api/operations.js';
import { usePages } from '../../api/use-pages.js';
import { useParameter } from '../../app/use-view.js';
import { useOpenReceipt } from '../../receipt/receipt-dialog.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { SelectField } from '../../ui/field.js';
import { formatCount, formatNumber, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { Outcome } from '../enrich/outcome.js';

type Row = NonNullable<JobResultsQuery['job']>['results']['nodes'][number];

const outcomes = ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'] as const;
const pageSize = 50;
const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** The finished rows of a job, of one outcome or of all. */
export const JobResults = ({ job }: { job: JobFactsFragment }): JSX.Element => {
  const [chosen, choose] = useParameter('outcome');
  const outcome = outcomes.find((one) => one === chosen) ?? null;
  const openReceipt = useOpenReceipt();
  const reading = usePages(
    JobResultsDocument,
    { id: job.id, first: pageSize, outcome },
    (data) => data.job?.results ?? none,
  );
  return (
    <Panel title="Rows">
      <div class="job-filter">
        <SelectField
          name="outcome"
          label="Outcome"
          value={outcome ?? ''}
          options={[
            { value: '', title: 'All' },
            ...outcomes.map((one) => ({ value: one, title: outcomeTitles[one] })),
          ]}
          onChange={choose}
        />
      </div>
      <Shown reading={reading}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="No finished row has this outcome." />
          ) : (
            <>
              <div class="job-rows">
                <Table
                  caption="Finished rows, in the order of the list"
                  columns={columnsWith(openReceipt)}
                  rows={rows}
                  keyOf={({ number }) => `${number}`}
                />
              </div>
              <MoreButton
                what="rows"
                hasMore={reading.hasMore}
                isLoading={reading.isLoadingMore}
                load={reading.loadMore}
              />
            </>
          )
        }
      </Shown>
    </Panel>
  );
};

const outcomeTitles = {
  FOUND: 'Found',
  NOT_FOUND: 'Not found',
  REFUSED: 'Refused',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
} as const;

const columnsWith = (openReceipt: (id: string) => void): readonly Column<Row>[] => [
  { title: 'Row', cell: ({ number }) => formatNumber(number), isNumber: true },
  {
    title: 'List',
    cell: ({ values }) =>
      values
        .filter((value) => value !== '')
        .slice(0, 3)
        .join(' · '),
  },
  { title: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  { title: 'Record', cell: nameOf },
  { title: 'Charged', cell: ({ creditsCharged }) => formatNumber(creditsCharged), isNumber: true },
  { title: 'Saved', cell: ({ creditsSaved }) => formatNumber(creditsSaved), isNumber: true, isExtra: true },
  {
    title: 'Provider',
    cell: ({ provider }) => (provider == null ? '–' : providerTitle(provider)),
    isExtra: true,
  },
  {
    title: 'Problem',
    cell: ({ problem, duplicateOf }) =>
      duplicateOf == null ? (problem?.message ?? '') : `The same as row ${formatNumber(duplicateOf)}.`,
    isExtra: true,
  },
  {
    title: 'Receipt',
    isUnnamed: true,
    cell: ({ number, receipt }) =>
      receipt == null ? null : (
        <Button
          kind="plain"
          label={`Receipt of row ${formatNumber(number)}`}
          onClick={() => openReceipt(receipt.id)}
        >
          Receipt
        </Button>
      ),
  },
];

function nameOf({ company, person, people }: Row): JSX.Element | string {
  if (people != null) return formatCount(people.length, 'person').replace('persons', 'people');
  const record = company ?? person;
  if (record == null) return '–';
  return <Link to={`/records/${encodeURIComponent(record.recordId)}`}>{record.name ?? record.recordId}</Link>;
}

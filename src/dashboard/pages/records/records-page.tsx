import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { RecordsDocument, type RecordsQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatNumber } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { ExportDialog } from './export-dialog.js';
import { RecordTable } from './record-table.js';
import { RecordsSearch } from './records-search.js';
import { useRecordsAddress } from './use-records-address.js';

const pageSize = 50;

/** The unlocked records that the address searches for, with their export. */
export const RecordsPage = (): JSX.Element => {
  const { search, filter, after } = useRecordsAddress();
  const variables = { search, filter, first: pageSize, after };
  const reading = useReading(RecordsDocument, variables);
  return (
    <Page
      title="Records"
      description="The companies and people that your accounts have unlocked. Searching them costs nothing."
      hasCredits
    >
      <RecordsSearch />
      <Panel title="Unlocked records" query={{ document: RecordsDocument, variables }}>
        <Shown reading={reading}>{(data) => <Records key={search} data={data} />}</Shown>
      </Panel>
    </Page>
  );
};

const Records = ({ data: { unlocks } }: { data: RecordsQuery }): JSX.Element => {
  const { after, change } = useRecordsAddress();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [isExporting, setExporting] = useState(false);
  const { nodes, totalCount, pageInfo } = unlocks;
  const shown = nodes.map(({ id }) => id).join();
  // What is no longer shown is not exported.
  useEffect(() => setKeys((before) => new Set([...before].filter((key) => shown.includes(key)))), [shown]);
  if (nodes.length === 0) return <NoRecords />;
  const selected = nodes.filter(({ id }) => keys.has(id));
  return (
    <>
      <div class="records-head">
        <p role="status">
          {totalCount === null ? 'Thousands of' : formatNumber(totalCount)}{' '}
          {totalCount === 1 ? 'record' : 'records'}
          {selected.length === 0 ? '' : `, ${formatNumber(selected.length)} selected`}
        </p>
        <Button onClick={() => setExporting(true)}>
          {selected.length === 0 ? 'Export all' : 'Export selection'}
        </Button>
      </div>
      <div class="records-table">
        <RecordTable records={nodes} selection={{ keys, change: setKeys }} />
      </div>
      {after === null && !pageInfo.hasNextPage ? null : (
        <nav class="buttons" aria-label="Pages of the list">
          <Button isDisabled={after === null} onClick={() => change({ after: null })}>
            First page
          </Button>
          <Button
            isDisabled={!pageInfo.hasNextPage}
            onClick={() => change({ after: pageInfo.endCursor ?? null })}
          >
            Next page
          </Button>
        </nav>
      )}
      {isExporting ? <ExportDialog selected={selected} close={() => setExporting(false)} /> : null}
    </>
  );
};

const NoRecords = (): JSX.Element => {
  const { search, kind, provider, connection } = useRecordsAddress();
  if ((kind ?? provider ?? connection) === null && search === '') {
    return (
      <EmptyState title="No record is unlocked yet.">
        <Link to="/enrich">Look up a company or person</Link>, and it is here at once.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No unlocked record matches.">
      A name is found by the beginnings of its words, an identifier as a whole. What is not unlocked can be{' '}
      <Link to="/enrich" parameters={{ by: search }}>
        looked up
      </Link>
      .
    </EmptyState>
  );
};

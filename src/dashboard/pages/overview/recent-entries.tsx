import type { JSX } from 'preact';
import { RecentEntriesDocument, type RecentEntriesQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { useOpenReceipt } from '../../receipt/receipt-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatMoment, formatNumber, formatWord, payerOf, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { CsvButton } from './csv-button.js';
import { usePeriodVariables } from './use-period-variables.js';

type Entry = RecentEntriesQuery['entries']['nodes'][number];

const shown = 10;

/** The latest rows of the ledger; each opens its receipt. */
export const RecentEntries = (): JSX.Element => {
  const { from, to, sandbox } = usePeriodVariables();
  const variables = { first: shown, from, to, sandbox };
  const reading = useReading(RecentEntriesDocument, variables);
  return (
    <Panel
      title="Recent entries"
      query={{ document: RecentEntriesDocument, variables }}
      tools={
        <>
          <Link to="/usage" class="button plain">
            Usage
          </Link>
          <CsvButton of="Recent entries" groupBy={null} />
        </>
      }
    >
      <Shown reading={reading}>
        {({ entries: { nodes } }) =>
          nodes.length === 0 ? (
            <EmptyState title="No lookups in this period. Look up a record, and its entry appears here." />
          ) : (
            <div class="recent-entries">
              <Table
                caption="Recent entries of the ledger, newest first"
                columns={columns}
                rows={nodes}
                keyOf={({ id }) => id}
              />
            </div>
          )
        }
      </Shown>
    </Panel>
  );
};

const Opener = ({ entry }: { entry: Entry }): JSX.Element => {
  const { timeZone } = useView();
  const open = useOpenReceipt();
  return (
    <button type="button" class="link opener" data-key={entry.id} onClick={() => open(entry.lookupId)}>
      {formatMoment(entry.occurredAt, timeZone)}
      <span class="unseen">: receipt</span>
    </button>
  );
};

const columns: readonly Column<Entry>[] = [
  { title: 'Looked up', cell: (entry) => <Opener entry={entry} /> },
  { title: 'Record', cell: ({ recordName }) => recordName ?? '–', isExtra: true },
  { title: 'Operation', cell: (entry) => operationOf(entry), isExtra: true },
  { title: 'Outcome', cell: (entry) => outcomeOf(entry) },
  { title: 'Charged', cell: (entry) => formatNumber(entry.creditsCharged), isNumber: true },
  { title: 'Saved', cell: (entry) => formatNumber(entry.creditsSaved), isNumber: true, isExtra: true },
  { title: 'Workflow', cell: ({ workflow }) => workflow ?? '–', isExtra: true },
  { title: 'Token', cell: ({ token }) => token?.name ?? '–', isExtra: true },
  { title: 'Paid by', cell: payerOf, isExtra: true },
];

const operationOf = ({ kind, operation, provider }: Entry): string =>
  [
    kind === 'CORRECTION' ? 'Correction' : formatWord(operation),
    provider === null ? null : providerTitle(provider),
  ]
    .filter((part) => part !== null)
    .join(' · ');

const outcomeOf = ({ outcome, charge }: Entry): JSX.Element => (
  <>
    {formatWord(outcome)}
    {charge === 'ALREADY_UNLOCKED' || charge === 'PRESUMED' ? (
      <small class="quiet charge"> {formatWord(charge).toLowerCase()}</small>
    ) : null}
  </>
);

import type { JSX } from 'preact';
import { RecordHistoryDocument, type RecordHistoryQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { useOpenReceipt } from '../../receipt/receipt-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatInstant, formatNumber, formatWord, payerOf } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type Entry = RecordHistoryQuery['entries']['nodes'][number];

const shownMax = 100;

/** Every lookup that bought or used the record, each with its receipt. */
export const RecordHistory = ({ unlockId }: { unlockId: string }): JSX.Element => {
  const variables = { unlock: unlockId, first: shownMax };
  const reading = useReading(RecordHistoryDocument, variables);
  return (
    <Panel title="History" query={{ document: RecordHistoryDocument, variables }}>
      <Shown reading={reading}>
        {({ entries: { nodes, totalCount } }) =>
          nodes.length === 0 ? (
            <EmptyState title="No lookup has used this record." />
          ) : (
            <>
              <Table
                caption="Lookups of this record, newest first"
                columns={columns}
                rows={nodes}
                keyOf={({ id }) => id}
              />
              {totalCount !== null && totalCount > nodes.length ? (
                <p class="note">
                  The newest {formatNumber(nodes.length)} of {formatNumber(totalCount)}.
                </p>
              ) : null}
            </>
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
      {formatInstant(entry.occurredAt, timeZone)}
      <span class="unseen">: receipt</span>
    </button>
  );
};

const columns: readonly Column<Entry>[] = [
  { title: 'Looked up', cell: (entry) => <Opener entry={entry} /> },
  {
    title: 'Charge',
    cell: ({ kind, charge }) =>
      kind === 'CORRECTION' ? `Correction: ${formatWord(charge)}` : formatWord(charge),
  },
  { title: 'Charged', cell: ({ creditsCharged }) => formatNumber(creditsCharged), isNumber: true },
  { title: 'Saved', cell: ({ creditsSaved }) => formatNumber(creditsSaved), isNumber: true },
  {
    title: 'Source',
    cell: ({ fromSnapshot }) => (fromSnapshot ? 'Cached snapshot' : 'Provider'),
    isExtra: true,
  },
  { title: 'Workflow', cell: ({ workflow }) => workflow ?? '–', isExtra: true },
  { title: 'Token', cell: ({ token }) => token?.name ?? '–', isExtra: true },
  { title: 'Paid by', cell: payerOf, isExtra: true },
];

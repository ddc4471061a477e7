import type { JSX } from 'preact';
import { ReceiptDocument, type ReceiptQuery, ReceiptUnlockDocument } from '../api/operations.js';
import { useReading } from '../api/use-operation.js';
import { useDialogInAddress, useView } from '../app/use-view.js';
import { Badge } from '../ui/badge.js';
import { Dialog } from '../ui/dialog.js';
import { EmptyState } from '../ui/empty-state.js';
import { type FactOf, Facts } from '../ui/fact.js';
import {
  formatCredits,
  formatInstant,
  formatLatency,
  formatNumber,
  formatWord,
  payerOf,
  providerTitle,
} from '../ui/format.js';
import { Link } from '../ui/link.js';
import { Shown } from '../ui/panel.js';
import { type Column, Table } from '../ui/table.js';

type Entry = ReceiptQuery['entries']['nodes'][number];

const parameter = 'receipt';

/** Opens the receipt of a lookup, by putting it into the address. */
export const useOpenReceipt = (): ((lookupId: string) => void) => useDialogInAddress(parameter).open;

/** The receipt that the address names, if it names one. A page with links to receipts renders it once. */
export const ReceiptInAddress = (): JSX.Element | null => {
  const { value: lookupId, close } = useDialogInAddress(parameter);
  return lookupId === null ? null : <ReceiptDialog key={lookupId} lookupId={lookupId} close={close} />;
};

/** What one lookup cost, who paid, every attempt and every correction. `lookupId` begins with ent_. */
const ReceiptDialog = ({ lookupId, close }: { lookupId: string; close: () => void }): JSX.Element => {
  const reading = useReading(ReceiptDocument, { lookupId });
  return (
    <Dialog title="Receipt" isWide close={close}>
      <Shown reading={reading}>
        {({ entries: { nodes } }) =>
          nodes.length === 0 ? (
            <EmptyState title="This workspace has no lookup with this id." />
          ) : (
            <Receipt lookupId={lookupId} entries={nodes.toReversed()} />
          )
        }
      </Shown>
    </Dialog>
  );
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** `entries` are in the order in which they were written. */
const Receipt = ({ lookupId, entries }: { lookupId: string; entries: readonly Entry[] }): JSX.Element => {
  const { timeZone } = useView();
  const attempts = entries.filter(({ kind }) => kind === 'LOOKUP').toSorted((a, b) => a.step - b.step);
  const corrections = entries.filter(({ kind }) => kind === 'CORRECTION');
  const last = attempts.at(-1) ?? entries.at(-1);
  if (last === undefined) return <></>;
  const unlocked = entries.findLast((entry) => entry.unlockId !== null);
  const name = entries.findLast(({ recordName }) => recordName !== null)?.recordName ?? null;
  const facts: FactOf[] = [
    ...(name === null ? [] : [['Name', name] as const]),
    ['Looked up', formatInstant(attempts[0]?.occurredAt ?? last.occurredAt, timeZone)],
    ['Operation', formatWord(last.operation)],
    ['Outcome', formatWord(last.outcome)],
    ['Charged', formatCredits(sum(entries.map(({ creditsCharged }) => creditsCharged)))],
    ['Saved', formatCredits(sum(entries.map(({ creditsSaved }) => creditsSaved)))],
    ['Paid by', payerOf(last)],
    ['Token', last.token?.name ?? '–'],
    ['Workflow', last.workflow ?? '–'],
    ['Source', last.fromSnapshot ? 'Cached snapshot' : 'Provider'],
    ['Lookup', lookupId],
  ];
  return (
    <>
      {last.sandbox ? (
        <p class="note">
          <Badge>Sandbox</Badge> Invented records, no real credits.
        </p>
      ) : null}
      <Facts facts={facts} />
      <h3>{attempts.length === 1 ? 'Attempt' : 'Attempts'}</h3>
      <Table
        caption="Attempts of this lookup, in order"
        columns={attemptColumns}
        rows={attempts}
        keyOf={({ id }) => id}
      />
      {corrections.length === 0 ? null : (
        <>
          <h3>Corrections</h3>
          <Table
            caption="Corrections of its presumed charges"
            columns={correctionColumns(timeZone)}
            rows={corrections}
            keyOf={({ id }) => id}
          />
        </>
      )}
      {unlocked?.unlockId == null ? null : <Unlock id={unlocked.unlockId} name={name} />}
    </>
  );
};

/** The unlock that the lookup created or used. A token that may not read it sees the rest. */
const Unlock = ({ id, name }: { id: string; name: string | null }): JSX.Element | null => {
  const { timeZone } = useView();
  const { data } = useReading(ReceiptUnlockDocument, { id }, { once: true });
  const unlock = data?.node;
  if (unlock === null || unlock === undefined || !('recordId' in unlock)) return null;
  return (
    <>
      <h3>Unlock</h3>
      <Facts
        facts={[
          [
            'Record',
            <Link to={`/records/${id}`} key={id}>
              {name ?? unlock.recordId}
            </Link>,
          ],
          ['Id of the record', unlock.recordId],
          ['Unlocked', formatInstant(unlock.unlockedAt, timeZone)],
          ['Price', formatCredits(unlock.creditsPaid)],
        ]}
      />
    </>
  );
};

const problemOf = ({ outcome, problem, presumedCause }: Entry): string => {
  const why = problem ?? presumedCause;
  return why === null ? formatWord(outcome) : `${formatWord(outcome)}: ${formatWord(why).toLowerCase()}`;
};

const credits: Column<Entry>[] = [
  { title: 'Charged', cell: ({ creditsCharged }) => formatNumber(creditsCharged), isNumber: true },
  { title: 'Saved', cell: ({ creditsSaved }) => formatNumber(creditsSaved), isNumber: true, isExtra: true },
];

const attemptColumns: readonly Column<Entry>[] = [
  { title: 'Step', cell: ({ step }) => step },
  { title: 'Provider', cell: ({ provider }) => (provider === null ? '–' : providerTitle(provider)) },
  { title: 'Outcome', cell: problemOf },
  { title: 'Charge', cell: ({ charge }) => formatWord(charge) },
  ...credits,
  { title: 'Latency', cell: ({ latencyMs }) => formatLatency(latencyMs), isNumber: true, isExtra: true },
];

const correctionColumns = (timeZone: string): readonly Column<Entry>[] => [
  { title: 'Recorded', cell: ({ recordedAt }) => formatInstant(recordedAt, timeZone) },
  { title: 'Charge', cell: ({ charge }) => formatWord(charge) },
  ...credits,
  { title: 'Decided by', cell: ({ decidedBy }) => decidedBy?.name ?? '–' },
  { title: 'Reason', cell: ({ reason }) => reason ?? '–' },
];

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSearchParams } from 'wouter-preact';
import { UsageEntriesDocument, type UsageEntriesQuery, UsageReportDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useCredits } from '../../app/use-credits.js';
import { useParameter, useView } from '../../app/use-view.js';
import { ReceiptInAddress, useOpenReceipt } from '../../receipt/receipt-dialog.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import {
  formatCredits,
  formatDate,
  formatInstant,
  formatMoment,
  formatNumber,
  formatWord,
  payerOf,
  providerTitle,
} from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { CsvDialog } from './csv-dialog.js';
import { readSlot, type Slot } from './entries-address.js';
import { FilterBar } from './filter-bar.js';
import { apiFilter, writeUsageAddress } from './usage-address.js';
import { SavedViewsDialog } from './saved-views.js';
import { addSums } from './sums.js';
import { useUsageVariables } from './use-usage.js';
import { useUsageAddress } from './use-usage-address.js';

type Entry = UsageEntriesQuery['entries']['nodes'][number];

/** The entries behind a bar or a row of the usage page, or of the whole period, each with its receipt. */
export const EntriesPage = (): JSX.Element => {
  const { address, problems } = useUsageAddress();
  const [isOpen, setOpen] = useState(false);
  const [start] = useParameter('start');
  const [end] = useParameter('end');
  const { slot, problem } = readSlot(start, end);
  return (
    <Page
      title="Entries"
      description={
        <>
          What the ledger has for each step of each lookup.{' '}
          <Link to="/usage" parameters={writeUsageAddress(address)}>
            Back to usage
          </Link>
        </>
      }
      actions={<Button onClick={() => setOpen(true)}>Saved views</Button>}
      hasPeriod
      hasCredits
    >
      {[...problems, ...(problem === null ? [] : [problem])].map((text) => (
        <p key={text} class="notice bad" role="alert">
          {text}
        </p>
      ))}
      <FilterBar />
      {slot === null ? null : <SlotChip slot={slot} />}
      <EntriesPanel slot={slot} />
      <ReceiptInAddress />
      {isOpen ? <SavedViewsDialog close={() => setOpen(false)} /> : null}
    </Page>
  );
};

const SlotChip = ({ slot }: { slot: Slot }): JSX.Element => {
  const { timeZone } = useView();
  const [, setParameters] = useSearchParams();
  return (
    <p class="filters">
      <span class="chip">
        <span class="chip-text">
          {formatInstant(slot.start, timeZone)} to {formatInstant(slot.end, timeZone)}
        </span>
        <button
          type="button"
          class="chip-remove"
          aria-label="Show the whole period"
          onClick={() =>
            setParameters((before) => {
              const after = new URLSearchParams(before);
              for (const name of ['start', 'end', 'after']) after.delete(name);
              return after;
            })
          }
        >
          ×
        </button>
      </span>
    </p>
  );
};

const pageSize = 50;

const EntriesPanel = ({ slot }: { slot: Slot | null }): JSX.Element => {
  const { address } = useUsageAddress();
  const { sandbox } = useCredits();
  const { period, timeZone } = useView();
  const [after, goTo] = useParameter('after');
  const openReceipt = useOpenReceipt();
  const [isOpen, setOpen] = useState(false);
  const filter = apiFilter(address.filters, sandbox);
  const time = { from: slot?.start ?? period.from, to: slot?.end ?? period.to };
  const variables = { first: pageSize, after, filter: { ...filter, ...time } };
  const reading = useReading(UsageEntriesDocument, variables);
  return (
    <Panel
      title="Entries"
      tools={
        <Button kind="plain" label="CSV: Entries" onClick={() => setOpen(true)}>
          CSV
        </Button>
      }
      query={{ document: UsageEntriesDocument, variables }}
    >
      <EntrySums time={time} />
      <Shown reading={reading}>
        {({ entries: { nodes, pageInfo, archivedBefore } }) => (
          <>
            {archivedBefore === null ? null : (
              <p class="note">Entries before {formatDate(archivedBefore, timeZone)} are archived.</p>
            )}
            {nodes.length === 0 ? (
              <EmptyState title="No entries match." />
            ) : (
              <Table
                caption="Entries, newest first"
                columns={columnsOf(timeZone, openReceipt)}
                rows={nodes}
                keyOf={({ id }) => id}
              />
            )}
            <div class="buttons more">
              {after === null ? null : (
                <Button onClick={() => goTo(null, { push: true })}>Newest entries</Button>
              )}
              {pageInfo.hasNextPage ? (
                <Button onClick={() => goTo(pageInfo.endCursor, { push: true })}>Older entries</Button>
              ) : null}
            </div>
          </>
        )}
      </Shown>
      {isOpen ? <CsvDialog report={{ name: 'entries' }} at={slot} close={() => setOpen(false)} /> : null}
    </Panel>
  );
};

/** What all these entries add up to. */
const EntrySums = ({ time }: { time: { from: string; to: string } }): JSX.Element => {
  const { address } = useUsageAddress();
  const variables = { ...useUsageVariables(address, { groupBy: [], previous: false }), ...time };
  const reading = useReading(UsageReportDocument, variables);
  return (
    <Shown reading={reading}>
      {({ usage: { rows } }) => {
        const sums = addSums(rows);
        return (
          <p class="sums">
            <b>{formatCredits(sums.creditsCharged)}</b> charged, {formatNumber(sums.creditsSaved)} saved,{' '}
            {formatNumber(sums.lookups)} {sums.lookups === 1 ? 'lookup' : 'lookups'},{' '}
            {formatNumber(sums.attempts)} {sums.attempts === 1 ? 'attempt' : 'attempts'}
          </p>
        );
      }}
    </Shown>
  );
};

const columnsOf = (timeZone: string, open: (lookupId: string) => void): readonly Column<Entry>[] => [
  {
    title: 'Looked up',
    cell: ({ occurredAt, lookupId }) => {
      const moment = formatMoment(occurredAt, timeZone);
      return (
        <button
          type="button"
          class="link opener"
          aria-label={`${moment}: receipt`}
          onClick={() => open(lookupId)}
        >
          {moment}
        </button>
      );
    },
  },
  { title: 'Record', cell: ({ recordName }) => recordName ?? '–' },
  {
    title: 'Outcome',
    cell: ({ kind, outcome, problem }) =>
      kind === 'CORRECTION'
        ? 'Correction'
        : problem === null
          ? formatWord(outcome)
          : `${formatWord(outcome)}: ${formatWord(problem).toLowerCase()}`,
  },
  { title: 'Charge', cell: ({ charge }) => formatWord(charge), isExtra: true },
  { title: 'Charged', cell: ({ creditsCharged }) => formatNumber(creditsCharged), isNumber: true },
  { title: 'Saved', cell: ({ creditsSaved }) => formatNumber(creditsSaved), isNumber: true, isExtra: true },
  {
    title: 'Provider',
    cell: ({ provider }) => (provider === null ? '–' : providerTitle(provider)),
  },
  { title: 'Workflow', cell: ({ workflow }) => workflow ?? '–' },
  { title: 'Token', cell: ({ token }) => token?.name ?? '–' },
  { title: 'Paid by', cell: payerOf, isExtra: true },
];

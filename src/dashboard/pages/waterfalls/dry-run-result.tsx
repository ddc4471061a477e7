import type { JSX } from 'preact';
import type { WaterfallQuoteQuery } from '../../api/operations.js';
import { Badge } from '../../ui/badge.js';
import { formatNumber, formatWord, payerOf, providerTitle } from '../../ui/format.js';
import { type Column, Table } from '../../ui/table.js';

type Quote = WaterfallQuoteQuery['quote'];
type Item = Quote['items'][number];
type QuoteStep = Item['steps'][number];
type Payer = Quote['perProvider'][number]['payer'];
type Row = { key: string; record: string; item: Item; step: QuoteStep | null; isFirst: boolean };

/** What a dry run says: the price by payer, and each record with what every step would do. */
export const DryRunResult = ({
  quote: { items, perProvider, checks },
  lines,
  isOutdated,
}: {
  quote: Quote;
  /** The identifiers, in the order of the items. */
  lines: readonly string[];
  /** Whether the steps were changed since. */
  isOutdated: boolean;
}): JSX.Element => (
  <div class="stack dry-run-result" role="region" aria-label="Result of the dry run">
    {isOutdated ? <p class="note">The steps were changed since. Run it again.</p> : null}
    <Table caption="Price by payer" columns={shareColumns} rows={perProvider} keyOf={keyOfShare} />
    {checks.allowed ? (
      <p class="note">Budgets, limits and balances allow the maximum price.</p>
    ) : (
      checks.reasons.map((reason) => (
        <p key={reason} class="wrong">
          {reason}
        </p>
      ))
    )}
    <Table
      caption="Records and steps"
      columns={rowColumns}
      rows={rowsOf(items, lines)}
      keyOf={({ key }) => key}
    />
  </div>
);

const keyOfShare = ({ provider, payer }: Quote['perProvider'][number]): string =>
  `${provider} ${payer.kind} ${payer.connection?.name ?? ''}`;

const PayerName = ({ payer }: { payer: Payer | null }): JSX.Element => (
  <>
    {payer === null ? '–' : payerOf({ payer: payer.kind, connection: payer.connection })}
    {payer?.connection?.sandbox === true ? (
      <>
        {' '}
        <Badge>Sandbox</Badge>
      </>
    ) : null}
  </>
);

const shareColumns: readonly Column<Quote['perProvider'][number]>[] = [
  { title: 'Payer', cell: ({ payer }) => <PayerName payer={payer} /> },
  { title: 'Provider', cell: ({ provider }) => providerTitle(provider), isExtra: true },
  { title: 'Min', cell: ({ minCredits }) => formatNumber(minCredits), isNumber: true },
  { title: 'Max', cell: ({ maxCredits }) => formatNumber(maxCredits), isNumber: true },
];

const rowColumns: readonly Column<Row>[] = [
  { title: 'Record and step', cell: (row) => <RecordAndStep row={row} /> },
  { title: 'Payer', cell: ({ step }) => <PayerName payer={step?.payer ?? null} />, isExtra: true },
  { title: 'Price', cell: ({ step }) => (step === null ? '–' : priceOf(step)), isNumber: true },
  { title: 'State', cell: ({ item, step }) => stateOf(item, step) },
];

/** The first step of a record names it. What is wrong is said below. */
const RecordAndStep = ({ row: { record, item, step, isFirst } }: { row: Row }): JSX.Element => {
  const problem = item.problem ?? step?.problem ?? null;
  return (
    <>
      <span class={isFirst ? 'dry-run-record' : 'unseen'}>{record}</span>
      {step === null ? null : `${step.step}. ${providerTitle(step.provider)}`}
      {problem === null ? null : <span class="note choice-note flow">{problem.message}</span>}
    </>
  );
};

const rowsOf = (items: readonly Item[], lines: readonly string[]): Row[] =>
  items.flatMap((item, at): Row[] => {
    const record = lines[at] ?? `${at + 1}`;
    if (item.steps.length === 0) return [{ key: `${at}`, record, item, step: null, isFirst: true }];
    return item.steps.map((step, index) => ({
      key: `${at} ${step.step}`,
      record,
      item,
      step,
      isFirst: index === 0,
    }));
  });

const priceOf = ({ minCredits, maxCredits, problem }: QuoteStep): string => {
  if (problem !== null) return '–';
  return minCredits === maxCredits
    ? formatNumber(maxCredits)
    : `${formatNumber(minCredits)} to ${formatNumber(maxCredits)}`;
};

const stateOf = (item: Item, step: QuoteStep | null): string => {
  if (step === null) return formatWord(item.status);
  if (step.problem !== null) return 'Skipped';
  if (step.alreadyUnlocked) return 'Unlocked';
  return step.fromSnapshot ? 'Cached' : 'New';
};

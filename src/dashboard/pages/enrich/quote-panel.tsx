import type { JSX } from 'preact';
import type { PayerFragment, QuoteLookupsQuery } from '../../api/operations.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/fact.js';
import { formatCredits, formatNumber, formatWord, payerOf, providerTitle } from '../../ui/format.js';
import { Panel } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type Quote = QuoteLookupsQuery['quote'];
type Item = Quote['items'][number] & { text: string };
type Step = Quote['items'][number]['steps'][number];

/** The price of what is wanted, and the button that spends it. */
export const QuotePanel = ({
  quote,
  texts,
  isRunning,
  failure,
  lookUp,
}: {
  quote: Quote;
  texts: readonly string[];
  isRunning: boolean;
  /** Why the last attempt failed; '' if it did not. */
  failure: string;
  lookUp: () => void;
}): JSX.Element => {
  const items = quote.items.map((item, at) => ({ ...item, text: texts[at] ?? '' }));
  const [only] = items;
  const canRun = items.some(({ status }) => status !== 'INVALID');
  return (
    <Panel title="Quote">
      <dl class="facts">
        <Fact title="Price">{priceOf(quote)}</Fact>
        <Fact title="Unlocked already">{formatNumber(quote.unlocked)}</Fact>
        {items.length > 1 ? <Fact title="Duplicates">{formatNumber(quote.duplicates)}</Fact> : null}
        {quote.invalid > 0 ? <Fact title="Invalid">{formatNumber(quote.invalid)}</Fact> : null}
      </dl>
      {quote.checks.reasons.map((reason) => (
        <p key={reason} class="wrong" role="alert">
          {reason}
        </p>
      ))}
      {items.length === 1 && only !== undefined ? (
        <Steps item={only} />
      ) : (
        <Table caption="Quote of each record" columns={itemColumns} rows={items} keyOf={keyOf(items)} />
      )}
      <div class="buttons">
        <Button kind="primary" isDisabled={!canRun || isRunning} onClick={lookUp}>
          {isRunning ? 'Looking up…' : actionOf(quote, items.length)}
        </Button>
        {failure === '' ? null : (
          <p class="wrong" role="alert">
            {failure}
          </p>
        )}
      </div>
    </Panel>
  );
};

/** `free`, `1 credit`, `0 to 9 credits`. */
const priceOf = ({ minCredits, maxCredits }: { minCredits: number; maxCredits: number }): string => {
  if (maxCredits === 0) return 'free';
  if (minCredits === maxCredits) return formatCredits(maxCredits);
  return `${formatNumber(minCredits)} to ${formatCredits(maxCredits)}`;
};

const actionOf = ({ maxCredits }: Quote, count: number): string => {
  const what = count === 1 ? 'Look it up' : `Look up ${formatNumber(count)} records`;
  return maxCredits === 0 ? `${what} at no cost` : `${what} for up to ${formatCredits(maxCredits)}`;
};

const Steps = ({ item }: { item: Item }): JSX.Element =>
  item.problem === null ? (
    <Table
      caption="Steps of the lookup"
      columns={stepColumns}
      rows={item.steps}
      keyOf={({ step }) => `${step}`}
    />
  ) : (
    <p class="wrong" role="alert">
      {item.problem.message}
    </p>
  );

const payerText = (payer: PayerFragment | null): string =>
  payer === null ? '–' : payerOf({ payer: payer.kind, connection: payer.connection });

const stateOf = ({ problem, fromSnapshot, alreadyUnlocked }: Step): string => {
  if (problem !== null) return problem.message;
  if (fromSnapshot) return 'Stored here: no call';
  return alreadyUnlocked ? 'Unlocked: free' : 'A call to the provider';
};

const stepColumns: readonly Column<Step>[] = [
  { title: 'Step', cell: ({ step }) => step },
  { title: 'Provider', cell: ({ provider }) => providerTitle(provider) },
  { title: 'Payer', cell: ({ payer }) => payerText(payer) },
  { title: 'Price', cell: priceOf, isNumber: true },
  { title: 'What happens', cell: stateOf },
];

const tones: Record<Item['status'], Tone> = {
  NEW: 'neutral',
  UNLOCKED: 'good',
  PRESUMED: 'warning',
  DUPLICATE: 'neutral',
  INVALID: 'bad',
};

const itemColumns: readonly Column<Item>[] = [
  { title: 'Identifier', cell: ({ text }) => text },
  { title: 'State', cell: ({ status }) => <Badge tone={tones[status]}>{formatWord(status)}</Badge> },
  { title: 'Price', cell: priceOf, isNumber: true, sortBy: ({ maxCredits }) => maxCredits },
  { title: 'Problem', cell: ({ problem }) => problem?.message ?? '' },
];

const keyOf = (items: readonly Item[]) => (item: Item) => `${items.indexOf(item)}`;

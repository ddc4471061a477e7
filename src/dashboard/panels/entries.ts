import type { App, Look } from '../app.js';
import { openReceipt } from '../dialogs/receipt.js';
import { type Child, make } from '../make-element.js';
import { type Entries, type Entry, recentEntries } from '../operations/entries.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatInstant, formatMoment, formatNumber, formatWord, payerOf, providerTitle } from '../format.js';
import { makeTable } from '../table.js';
import { entriesFile } from './export-path.js';

const stepEntries = 20;
const entriesMax = 100;

/** The latest rows of the ledger; each opens its receipt. */
export const makeEntries = (app: App): Panel => {
  let first = stepEntries;
  const panel: Panel = makePanel(app, {
    id: 'entries',
    title: 'Recent entries',
    width: 'full',
    operation: () => recentEntries,
    variables: ({ period: { from, to } }) => ({ first, from, to }),
    draw: ({ entries }, look) => draw(app, entries, look, more),
    csv: entriesFile,
  });
  const more = (): HTMLElement | null => {
    if (first >= entriesMax) return null;
    const click = (): void => {
      first = Math.min(first + stepEntries * 2, entriesMax);
      panel.refresh().catch(() => app.announce('The gateway does not respond: try again.'));
    };
    return make('button', { type: 'button', class: 'more', 'data-key': 'more', click }, 'Show more');
  };
  return panel;
};

const draw = (
  app: App,
  { nodes, pageInfo }: Entries['entries'],
  { timeZone }: Look,
  more: () => HTMLElement | null,
): Drawing => {
  const opener = (entry: Entry): Child =>
    make(
      'button',
      {
        type: 'button',
        class: 'link',
        'data-key': entry.id,
        'aria-label': `Receipt of ${formatInstant(entry.occurredAt, timeZone)}`,
        click: () => openReceipt(app, entry),
      },
      formatMoment(entry.occurredAt, timeZone),
    );
  const table = makeTable(
    'Recent entries of the ledger, newest first',
    [
      { title: 'Looked up', cell: opener },
      { title: 'Operation', cell: (entry) => whatOf(entry), isExtra: true },
      { title: 'Outcome', cell: outcomeOf },
      { title: 'Charged', cell: (entry) => formatNumber(entry.creditsCharged), isNumber: true },
      { title: 'Saved', cell: (entry) => formatNumber(entry.creditsSaved), isNumber: true, isExtra: true },
      { title: 'Workflow', cell: ({ workflow }) => workflow ?? '–', isExtra: true },
      { title: 'Token', cell: ({ token }) => token?.name ?? '–', isExtra: true },
      { title: 'Paid by', cell: payerOf, isExtra: true },
    ],
    nodes,
  );
  const chart = make('div', {}, table, pageInfo.hasNextPage ? more() : null);
  return nodes.length === 0
    ? { chart, empty: 'No lookups in this period. Look up a record, and its entry appears here.' }
    : { chart };
};

const whatOf = ({ kind, operation, provider }: Entry): string =>
  [
    kind === 'CORRECTION' ? 'Correction' : formatWord(operation),
    provider === null ? null : providerTitle(provider),
  ]
    .filter((part) => part !== null)
    .join(' · ');

const outcomeOf = ({ outcome, charge, sandbox }: Entry): Child =>
  make(
    'span',
    { class: `outcome ${outcome.toLowerCase()}` },
    formatWord(outcome),
    charge === 'ALREADY_UNLOCKED' || charge === 'PRESUMED'
      ? make('small', {}, ` ${formatWord(charge)}`)
      : null,
    sandbox ? make('small', {}, ' sandbox') : null,
  );

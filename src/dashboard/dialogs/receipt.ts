import type { App } from '../app.js';
import { make } from '../make-element.js';
import { graphiqlLink } from '../operation.js';
import type { Entry } from '../operations/entries.js';
import { type Receipt, receipt, type Unlock } from '../operations/receipt.js';
import { messageOf } from '../panel.js';
import {
  formatCredits,
  formatInstant,
  formatLatency,
  formatNumber,
  formatWord,
  payerOf,
  providerTitle,
} from '../format.js';
import { makeTable } from '../table.js';
import { openDialog } from './open-dialog.js';

/** What one lookup cost, who paid, and every attempt. */
export const openReceipt = (app: App, entry: Entry): void => {
  const variables = {
    lookupId: entry.lookupId,
    unlock: entry.unlockId ?? '',
    hasUnlock: entry.unlockId !== null,
  };
  const rest = make('div', { 'aria-live': 'polite' }, make('p', { class: 'quiet' }, 'Loading…'));
  openDialog(
    'Receipt',
    makeFacts(factsOf(app, entry)),
    rest,
    make(
      'p',
      { class: 'note' },
      make(
        'a',
        { href: graphiqlLink(receipt.text, variables), target: '_blank', rel: 'noopener' },
        'Open in GraphiQL',
      ),
    ),
  );
  app.query(receipt, variables).then(
    (found) => rest.replaceChildren(...sectionsOf(app, found)),
    (error: unknown) => rest.replaceChildren(make('p', { class: 'refused' }, messageOf(error))),
  );
};

type Fact = readonly [name: string, value: string];

const makeFacts = (facts: readonly Fact[]): HTMLElement =>
  make(
    'dl',
    { class: 'facts' },
    ...facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
  );

const factsOf = (app: App, entry: Entry): Fact[] => [
  ['Looked up', formatInstant(entry.occurredAt, app.look().timeZone)],
  ['Outcome', formatWord(entry.outcome)],
  ['Charge', formatWord(entry.charge)],
  ['Charged', formatCredits(entry.creditsCharged)],
  ['Saved', formatCredits(entry.creditsSaved)],
  ['Paid by', payerOf(entry)],
  ['Token', entry.token?.name ?? '–'],
  ['Workflow', entry.workflow ?? '–'],
  ['Source', entry.fromSnapshot ? 'Cached snapshot' : 'Provider'],
  ['Entry', entry.id],
];

const sectionsOf = (app: App, { entries, unlock }: Receipt): HTMLElement[] => {
  const attempts = makeAttempts(entries.nodes);
  const heading = make('h3', {}, entries.nodes.length === 1 ? 'Attempt' : 'Attempts');
  if (unlock === null || unlock === undefined) return [heading, attempts];
  return [heading, attempts, make('h3', {}, 'Unlock'), makeFacts(unlockFacts(app, unlock))];
};

const unlockFacts = (app: App, { recordId, creditsPaid, unlockedAt }: Unlock): Fact[] => [
  ['Record', recordId],
  ['Unlocked', formatInstant(unlockedAt, app.look().timeZone)],
  ['Price', formatCredits(creditsPaid)],
];

const makeAttempts = (entries: readonly Entry[]): HTMLElement =>
  makeTable(
    'Attempts of this lookup, in order',
    [
      { title: 'Step', cell: ({ kind, step }) => (kind === 'CORRECTION' ? 'Correction' : `${step}`) },
      { title: 'Provider', cell: ({ provider }) => (provider === null ? '–' : providerTitle(provider)) },
      {
        title: 'Outcome',
        cell: ({ outcome, problem }) =>
          problem === null
            ? formatWord(outcome)
            : `${formatWord(outcome)}: ${formatWord(problem).toLowerCase()}`,
      },
      { title: 'Charged', cell: ({ creditsCharged }) => formatNumber(creditsCharged), isNumber: true },
      {
        title: 'Saved',
        cell: ({ creditsSaved }) => formatNumber(creditsSaved),
        isNumber: true,
        isExtra: true,
      },
      { title: 'Latency', cell: ({ latencyMs }) => formatLatency(latencyMs), isNumber: true, isExtra: true },
    ],
    entries.toReversed(),
  );

import type { JSX } from 'preact';
import { useView } from '../../app/use-view.js';
import { Facts } from '../../ui/fact.js';
import { formatCredits, formatInstant, formatWord, payerOf, providerTitle } from '../../ui/format.js';
import type { Found } from './wanted.js';

/** What a lookup cost, and who paid. */
export const ReceiptFacts = ({ receipt }: Pick<Found, 'receipt'>): JSX.Element => {
  const { timeZone } = useView();
  const { charge, creditsCharged, creditsSaved, payer, provider, fetchedAt, fromSnapshot, sandbox } = receipt;
  const rows: [string, string | null][] = [
    ['Charge', formatWord(charge)],
    ['Charged', `${formatCredits(creditsCharged)}${sandbox ? ' of the sandbox' : ''}`],
    ['Saved', formatCredits(creditsSaved)],
    ['Payer', payer === null ? '–' : payerOf({ payer: payer.kind, connection: payer.connection })],
    ['Provider', provider === null ? '–' : providerTitle(provider)],
    ['Fetched', fetchedAt === null ? null : formatInstant(fetchedAt, timeZone)],
    ['Source', fetchedAt === null ? null : fromSnapshot ? 'Stored here, without a call' : 'The provider'],
  ];
  return <Facts facts={rows} />;
};

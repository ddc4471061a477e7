import type { JSX } from 'preact';
import { formatCredits, formatDate, formatNumber } from '../../ui/format.js';
import { formatRenewal } from './budget-words.js';
import type { Spent } from './use-spent.js';

/** `25 credits`, or with the sandbox's apart: `25 credits and 12 Sandbox credits`. */
const spentText = ({ credits, sandboxCredits }: Pick<Spent, 'credits' | 'sandboxCredits'>): string => {
  if (sandboxCredits === 0) return formatCredits(credits);
  const sandbox = `${formatNumber(sandboxCredits)} Sandbox ${sandboxCredits === 1 ? 'credit' : 'credits'}`;
  return credits === 0 ? sandbox : `${formatCredits(credits)} and ${sandbox}`;
};

/** What a new budget would count, and what follows from it for its limit. */
export const SpentNote = ({
  spent,
  timeZone,
  limit,
  isHard,
}: {
  spent: Spent | undefined;
  timeZone: string;
  limit: number | null;
  isHard: boolean;
}): JSX.Element => {
  if (spent === undefined) return <>Counting…</>;
  const { startsAt, renewsAt } = spent;
  const since = startsAt === null ? 'ever' : `since ${formatDate(startsAt, timeZone)}`;
  const counted = spent.credits + spent.sandboxCredits;
  const isFull = limit !== null && counted > 0 && counted >= limit;
  return (
    <>
      {spentText(spent)} {since}. Lookups in flight count as well.
      {spent.sandboxCredits > 0 ? ' A budget limits both real and Sandbox credits.' : ''}
      {isFull ? (
        <strong>
          {' '}
          {isHard
            ? `The limit is reached: new lookups that cost credits are blocked${
                renewsAt === null ? '' : ` until ${formatRenewal(renewsAt, timeZone)}`
              }.`
            : 'The limit is reached: its thresholds raise their alerts at once.'}
        </strong>
      ) : null}
    </>
  );
};

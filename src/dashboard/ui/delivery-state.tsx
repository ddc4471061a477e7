import type { JSX } from 'preact';
import type { DeliveryStateFragment } from '../api/operations.js';
import { Badge } from './badge.js';
import { formatMoment, formatNumber } from './format.js';

/** What became of an alert at one destination: its state, and after a failure the error, the attempts and the next one. */
export const DeliveryState = ({
  delivery,
  timeZone,
  title = delivery.destination.name,
}: {
  delivery: DeliveryStateFragment;
  timeZone: string;
  /** What it is called; the destination's name if left out. */
  title?: string;
}): JSX.Element => {
  const { state, deliveredAt, lastError, nextAttemptAt } = delivery;
  const facts = {
    DELIVERED: deliveredAt === null ? '' : formatMoment(deliveredAt, timeZone),
    PENDING:
      lastError === null
        ? ''
        : `${failureOf(delivery, timeZone)}; next attempt ${
            nextAttemptAt === null ? 'now' : formatMoment(nextAttemptAt, timeZone)
          }`,
    FAILED: lastError === null ? '' : `${failureOf(delivery, timeZone)}; given up`,
  }[state];
  return (
    <p class="note delivery">
      {title}: <Badge tone={toneOf(delivery)}>{titles[state]}</Badge> {facts}
    </p>
  );
};

const titles = { DELIVERED: 'Delivered', PENDING: 'Waiting', FAILED: 'Failed' } as const;

const toneOf = ({ state, lastError }: DeliveryStateFragment): 'good' | 'neutral' | 'warning' | 'bad' => {
  if (state === 'DELIVERED') return 'good';
  if (state === 'FAILED') return 'bad';
  return lastError === null ? 'neutral' : 'warning';
};

const failureOf = (
  { lastError, attempts, lastAttemptAt }: DeliveryStateFragment,
  timeZone: string,
): string => {
  const last = lastAttemptAt === null ? '' : `, ${formatMoment(lastAttemptAt, timeZone)}`;
  return `${lastError} (attempt ${formatNumber(attempts)}${last})`;
};

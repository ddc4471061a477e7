import { shownStart } from './budget.js';
import type { DueCrossing } from './claim-crossings.js';

/** How ids leave the gateway: rooms know them bare, and outside programs with a prefix. */
export type ShowId = (kind: 'budget' | 'connection' | 'token', id: string) => string;

/** What a webhook is told of one crossing. */
export const crossingMessage = (crossing: DueCrossing, showId: ShowId): object => {
  const id = showId('budget', crossing.budgetId);
  const startsAt = shownStart(crossing.period, crossing.startsAt)?.toISOString() ?? null;
  return {
    type: 'budget.threshold_crossed',
    // The same for every try, so that a receiver can drop what it has seen.
    deliveryId: `${id}:${crossing.startsAt.toISOString()}:${crossing.threshold}`,
    budget: {
      id,
      name: crossing.name,
      scope: crossing.scope,
      subject: shownSubject(crossing, showId),
      period: crossing.period,
      timeZone: crossing.timeZone,
      mode: crossing.mode,
    },
    threshold: crossing.threshold,
    limit: Number(crossing.limit),
    spent: Number(crossing.spent),
    period: { startsAt, renewsAt: crossing.renewsAt?.toISOString() ?? null },
    crossedAt: crossing.crossedAt.toISOString(),
  };
};

const shownSubject = ({ scope, subject }: DueCrossing, showId: ShowId): string | null => {
  if (subject === null) return null;
  if (scope === 'CONNECTION') return showId('connection', subject);
  return scope === 'TOKEN' ? showId('token', subject) : subject;
};

import { request } from 'undici';
import { shownStart } from './budget.js';
import type { DueCrossing } from './claim-crossings.js';
import { signatureOf } from './webhook-secret.js';

/** How ids leave the gateway: rooms know them bare, and outside programs with a prefix. */
export type ShowId = (kind: 'budget' | 'connection' | 'token', id: string) => string;

/**
 * Posts one crossing, signed. Answers the status, or null where none came in time. Redirects are not followed: an
 * address that moved is for an ADMIN to set, and what is signed for one host is not for another.
 */
export const sendCrossing = async (
  crossing: DueCrossing,
  to: { url: string; secret: string; timeoutMs: number; showId: ShowId },
): Promise<number | null> => {
  const body = JSON.stringify(messageOf(crossing, to.showId));
  const timestamp = Math.floor(Date.now() / 1_000).toString();
  const signal = AbortSignal.timeout(to.timeoutMs);
  try {
    const response = await request(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'firmable-gateway',
        'x-firmable-gateway-timestamp': timestamp,
        'x-firmable-gateway-signature': signatureOf(to.secret, timestamp, body),
      },
      body,
      signal,
    });
    // The status is all that counts: an answer that is long or never ends is hung up on.
    await response.body.dump({ limit: 16_384, signal }).catch(() => {});
    return response.statusCode;
  } catch {
    return null;
  }
};

const messageOf = (crossing: DueCrossing, showId: ShowId) => {
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

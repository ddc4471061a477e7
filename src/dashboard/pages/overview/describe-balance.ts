import type { OverviewBalanceQuery } from '../../api/operations.js';
import { formatCredits, formatDate, formatNumber, formatRate } from '../../ui/format.js';

type Balance = OverviewBalanceQuery['balance'];

const soonMs = 14 * 86_400_000;

/** Whether the account has depleted, or will within two weeks. */
export const isSoon = ({ depletesAt, remaining }: Balance, now: Date): boolean =>
  (remaining !== null && remaining <= 0) ||
  (depletesAt !== null && Date.parse(depletesAt) - now.getTime() < soonMs);

/** What is known of a balance beside its number, a line for each fact. */
export const factsOf = (provider: string, balance: Balance, timeZone: string): string[] => {
  const { remaining, pools, drift } = balance;
  if (remaining === null) return [`${provider} does not report it: record it under Connections.`];
  const outside = drift.reduce((sum, { externalSpend }) => sum + externalSpend, 0);
  return [
    outlookOf(balance, timeZone),
    ...(pools.length > 1
      ? [pools.map((pool) => `${pool.name} ${formatNumber(pool.remaining)}`).join(' · ')]
      : []),
    ...(outside > 0 ? [`${formatCredits(outside)} spent outside this gateway`] : []),
  ];
};

type OutlookField = 'remaining' | 'depletesAt' | 'renewsAt' | 'renewsFirst' | 'hasHistory' | 'burnPerDay7';
type Outlook = Pick<Balance, OutlookField>;

/** When the balance depletes, or what it lasts until, in one line without a full stop. */
export const outlookOf = (balance: Outlook, timeZone: string): string => {
  const { remaining, depletesAt, renewsAt, renewsFirst, hasHistory, burnPerDay7 } = balance;
  if (remaining !== null && remaining <= 0) return 'Depleted';
  const rate = `${formatRate(burnPerDay7)} per day`;
  if (depletesAt !== null) return `Depletes on ${formatDate(depletesAt, timeZone)}, at ${rate}`;
  if (burnPerDay7 > 0 && !hasHistory) return 'Too little history to estimate when it depletes';
  if (renewsFirst && renewsAt !== null)
    return `Lasts until it renews on ${formatDate(renewsAt, timeZone)}, at ${rate}`;
  return burnPerDay7 === 0 ? 'No spending in 7 days' : `Lasts, at ${rate}`;
};

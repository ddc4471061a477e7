import type { ReservationRequest } from '../ledger/types.js';
import type { ProviderResult } from './call-with-breaker.js';
import type { BalanceReading, EnrichmentDeps } from './deps.js';

/** Reports what a result says of the account's balance. A failure here never affects the lookup. */
export const reportBalance = (
  deps: Pick<EnrichmentDeps, 'reportBalance' | 'log'>,
  { workspaceId, accountId }: ReservationRequest,
  result: ProviderResult<unknown>,
): void => {
  const reading = balanceIn(result);
  if (reading === null) return;
  try {
    deps.reportBalance?.({ workspaceId, accountId, ...reading });
  } catch {
    deps.log.warn('reported balance could not be recorded');
  }
};

const balanceIn = (result: ProviderResult<unknown>): Pick<BalanceReading, 'credits' | 'source'> | null => {
  if (result.kind === 'NOT_SENT') return null;
  if (result.kind === 'REFUSED' && result.code === 'OUT_OF_CREDITS') {
    // A provider that reports a charge but no balance ran out of another kind of credits.
    if (result.reported !== undefined && result.reported.balance === null) return null;
    return { credits: 0n, source: 'OUT_OF_CREDITS' };
  }
  const credits = result.reported?.balance ?? null;
  return credits === null ? null : { credits, source: 'REPORTED' };
};

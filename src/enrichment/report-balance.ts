import type { ReservationRequest } from '../ledger/types.js';
import type { ProviderResult } from './call-with-breaker.js';
import type { BalanceReading, EnrichmentDeps } from './deps.js';

/** Passes on what an answer says of the account's balance; nothing that befalls it can befall the ask. */
export const reportBalance = (
  deps: Pick<EnrichmentDeps, 'reportBalance' | 'log'>,
  { workspaceId, accountId }: ReservationRequest,
  verdict: ProviderResult<unknown>,
): void => {
  const reading = readingIn(verdict);
  if (reading === null) return;
  try {
    deps.reportBalance?.({ workspaceId, accountId, ...reading });
  } catch {
    deps.log.warn('a reported balance could not be noted');
  }
};

const readingIn = (verdict: ProviderResult<unknown>): Pick<BalanceReading, 'credits' | 'source'> | null => {
  if (verdict.kind === 'NOT_SENT') return null;
  if (verdict.kind === 'REFUSED' && verdict.code === 'OUT_OF_CREDITS') {
    // A provider that tells its charge, and no balance beside it, ran out of another kind of credits.
    if (verdict.reported !== undefined && verdict.reported.balance === null) return null;
    return { credits: 0n, source: 'OUT_OF_CREDITS' };
  }
  const credits = verdict.reported?.balance ?? null;
  return credits === null ? null : { credits, source: 'REPORTED' };
};

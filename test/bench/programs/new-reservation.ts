import type { ReservationRequest } from '../../../src/ledger/types.js';
import { newId } from '../../../src/platform/ids.js';

/** Who pays for what the bench asks of a ledger. */
export type TestAccount = { workspaceId: string; accountId: string; tokenId: string };

/** The reservation of a lookup of a company at one credit. */
export const newReservation = (
  { workspaceId, accountId, tokenId }: TestAccount,
  subject: string,
): ReservationRequest => {
  const id = newId();
  return {
    workspaceId,
    id,
    accountId,
    lookupKey: subject,
    variant: 'AU',
    credits: 1n,
    refetchCredits: 0n,
    looksUpAgain: false,
    mayCharge: true,
    maxAgeSeconds: 3_600,
    labels: {
      lookupId: id,
      step: 1,
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      connectionId: null,
      payer: 'CONNECTION',
      sandbox: false,
      tokenId,
      workflow: 'bench',
      jobId: null,
      jobRow: null,
    },
  };
};

import type { Ask } from '../../../src/ledger/types.js';
import { newId } from '../../../src/platform/ids.js';

/** Who pays for what the bench asks of a ledger. */
export type Purse = { workspaceId: string; accountId: string; tokenId: string };

/** One ask for a company at one credit. */
export const newAsk = ({ workspaceId, accountId, tokenId }: Purse, subject: string): Ask => {
  const id = newId();
  return {
    workspaceId,
    id,
    accountId,
    subject,
    variant: 'AU',
    credits: 1n,
    refetchCredits: 0n,
    mayCharge: true,
    maxAgeSeconds: 3_600,
    labels: {
      askId: id,
      step: 1,
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      connectionId: null,
      payer: 'CONNECTION',
      sandbox: false,
      tokenId,
      workflow: 'bench',
    },
  };
};

import type { Credential } from '../connections/choose-credential.js';
import type { Labels } from '../ledger/ask.js';
import type { ProviderName } from '../providers/provider.js';
import type { AskRequest } from './request.js';

/** What an ask is about, as far as the ledger groups by it. */
export type About = {
  operation: 'COMPANY' | 'PERSON' | 'PEOPLE_SEARCH';
  provider: ProviderName;
  workflow: string | null;
};

/** The labels under which the ledger keeps an ask. */
export const labelsOf = (request: AskRequest, about: About, credential: Credential | null): Labels => ({
  operation: about.operation,
  provider: about.provider,
  connectionId: credential?.connectionId ?? null,
  payer: credential?.payer ?? null,
  sandbox: credential?.sandbox ?? false,
  tokenId: request.caller.tokenId,
  workflow: about.workflow,
});

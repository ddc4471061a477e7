import type { Credential } from '../connections/choose-credential.js';
import type { EntryLabels } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { LookupRequest } from './lookup-request.js';

/** What an ask is about, as far as the ledger groups by it. */
export type About = {
  operation: 'COMPANY' | 'PERSON' | 'PEOPLE_SEARCH';
  provider: ProviderName;
  workflow: string | null;
};

/** Where in its ask a step stands. `lookupId` is the id of the first step's entry; null in the first step itself. */
export type Place = { step: number; lookupId: string | null };

export const firstPlace: Place = { step: 1, lookupId: null };

/** The labels under which the ledger keeps a step of an ask, as the entry `id`. */
export const labelsOf = (
  request: LookupRequest,
  about: About,
  credential: Credential | null,
  place: Place,
  id: string,
): EntryLabels => ({
  lookupId: place.lookupId ?? id,
  step: place.step,
  operation: about.operation,
  provider: about.provider,
  connectionId: credential?.connectionId ?? null,
  payer: credential?.payer ?? null,
  sandbox: credential?.sandbox ?? false,
  tokenId: request.caller.tokenId,
  workflow: about.workflow,
});

export const aboutOf = (query: {
  operation: About['operation'];
  provider: { name: ProviderName };
  workflow: string | null;
}): About => ({
  operation: query.operation,
  provider: query.provider.name,
  workflow: query.workflow,
});

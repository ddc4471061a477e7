import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { LookupRequest } from '../../src/enrichment/lookup-request.js';
import type { GatewayApp } from '../../src/graphql/context.js';
import { newId } from '../../src/platform/ids.js';

type Lookups = Pick<
  GatewayApp,
  'lookUpCompany' | 'lookUpPerson' | 'lookUpCompanies' | 'lookUpPeople' | 'searchPeople'
>;

/**
 * Replaces enrichment in tests of the HTTP and GraphQL layers: each lookup charges one credit if the request's allowance
 * permits it, and is recorded.
 */
export const createFakeEnrichment = (): Lookups & { lookups: { by: unknown; request: LookupRequest }[] } => {
  const lookups: { by: unknown; request: LookupRequest }[] = [];
  const lookUp = async (request: LookupRequest, by: unknown): Promise<LookupResult<never>> => {
    lookups.push({ by, request });
    const granted = request.maySpend && (await request.allowance.take(1n));
    if (granted) {
      request.allowance.settle(1n, 1n);
      request.tally.charged += 1n;
    }
    return {
      outcome: granted ? 'NOT_FOUND' : 'REFUSED',
      record: null,
      raw: () => null,
      sources: () => [],
      parts: [],
      snapshots: [],
      receipt: receipt(granted ? 1n : 0n),
      calls: [],
      problem: granted
        ? null
        : {
            code: request.maySpend ? 'MAX_CREDITS_EXCEEDED' : 'SPENDING_REQUIRES_POST',
            message: 'The limit is reached.',
            retryable: false,
            retryAfterSeconds: null,
          },
      suggestedDomain: null,
    };
  };
  return {
    lookups,
    lookUpCompany: lookUp,
    lookUpPerson: lookUp,
    lookUpCompanies: (request, by) => Promise.all(by.map((one) => lookUp(request, one))),
    lookUpPeople: (request, by) => Promise.all(by.map((one) => lookUp(request, one))),
    searchPeople: async (request, search) => {
      lookups.push({ by: search, request });
      return {
        outcome: 'FOUND',
        people: [],
        seen: 0,
        total: 0,
        receipt: receipt(0n),
        calls: [],
        problem: null,
      };
    },
  };
};

/** The receipt of a lookup at the sandbox. */
export const receipt = (creditsCharged: bigint) => ({
  id: newId(),
  charge: creditsCharged > 0n ? ('CHARGED' as const) : ('NONE' as const),
  creditsCharged,
  creditsSaved: 0n,
  payer: null,
  provider: 'FIRMABLE' as const,
  fromSnapshot: false,
  sandbox: true,
  unlockedAt: null,
  fetchedAt: null,
  registrableDomain: null,
  identifierSource: null,
  recordName: null,
  attempts: [],
});

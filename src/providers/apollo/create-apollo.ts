import { createClient, type UpstreamOptions } from '../http/create-client.js';
import type { WireRequest } from '../http/exchange.js';
import { unreadable } from '../http/http-result.js';
import type { Accepted, Call, NoRecord, ProviderClient } from '../provider.js';
import { chargeOf, personPrice } from './charge-of.js';
import { classifyAnswer } from './classify-answer.js';
import { isSandboxKey, keyHelp, parseKey, sandboxKey } from './parse-key.js';
import { readBalance } from './read-balance.js';
import { readCompany } from './read-company.js';
import { readPerson } from './read-person.js';
import { companyRequest, emptyCompany, emptyPerson, personRequest, usageRequest } from './to-request.js';
import { apolloUpstream } from './upstream.js';

/**
 * Apollo: a company costs 1 credit, a person 0 to 9 by what comes, each time it is fetched; a miss costs nothing.
 * Source: its OpenAPI document and its pages on rate limits.
 */
export const createApollo = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: apolloUpstream.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ 'x-api-key': key }),
      classify: classifyAnswer,
      readReport: () => null,
    },
    options,
  );

  const askNothing = async (call: Call, request: WireRequest): Promise<Accepted | NoRecord> => {
    const asked = await client.send(call, request);
    // To be told that the question is incomplete, or meets nobody, one must have been let in.
    const isOpen = asked.kind === 'REFUSED' && asked.code === 'INVALID_IDENTIFIER';
    return asked.kind === 'BODY' || asked.kind === 'NOT_FOUND' || isOpen ? { kind: 'ACCEPTED' } : asked;
  };

  return {
    title: 'Apollo',
    company: {
      identifiers: ['domain', 'linkedin'],
      price: { kind: 'FIXED', minCredits: 1n, maxCredits: 1n },
    },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price: personPrice },
    separatesEmailKinds: false,
    refetchIsFree: false,
    requestsPerSecond: options.requestsPerSecond ?? apolloUpstream.requestsPerSecond,
    keyHelp,
    sandboxKey,
    parseKey,
    isSandboxKey,
    isCompanyId: (id) => /^[0-9a-f]{24}$/.test(id),
    isPersonId: (id) => /^[0-9a-f]{24}$/.test(id),
    findCompany: async (call, lookup) => {
      const request = companyRequest(lookup);
      if (request === null) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
      return await client.find('COMPANY', call, request, readCompany);
    },
    findPerson: async (call, lookup) => {
      const found = await client.find('PERSON', call, personRequest(lookup), readPerson);
      if (found.kind !== 'FOUND') return found;
      return { ...found, reported: { credits: chargeOf(found.record, found.raw()), balance: null } };
    },
    searchPeople: null,
    readCompany,
    readPerson,
    verify: async (call) => {
      const asked = await askNothing(call, emptyCompany);
      // The scope of a key may hold one of the two endpoints alone.
      const isOutOfScope = asked.kind === 'REFUSED' && asked.code === 'PLAN_WITHOUT_API';
      return isOutOfScope ? await askNothing(call, emptyPerson) : asked;
    },
    readBalance: async (call) => {
      const asked = await client.send(call, usageRequest);
      if (asked.kind !== 'BODY') return asked;
      const credits = readBalance(asked.body);
      return credits === null ? unreadable('usage without a balance') : { kind: 'BALANCE', credits };
    },
    close: client.close,
  };
};

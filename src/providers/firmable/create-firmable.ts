import { createClient, type UpstreamOptions } from '../http/create-client.js';
import { unreadable } from '../http/http-result.js';
import type { ProviderClient } from '../provider.js';
import { classifyAnswer } from './classify-answer.js';
import { isSandboxKey, keyHelp, parseKey, sandboxKey } from './parse-key.js';
import { readCompany } from './read-company.js';
import { readPeoplePage } from './read-people-page.js';
import { readPerson } from './read-person.js';
import { companyRequest, personRequest, searchRequest, verifySearch } from './to-request.js';
import { firmableUpstream } from './upstream.js';

const price = { kind: 'FIXED', minCredits: 1n, maxCredits: 1n } as const;

/**
 * Firmable: a record costs 1 credit the first time and nothing afterwards, so that `require` saves nothing and is not
 * sent. Source of the behaviour: Firmable's OpenAPI document and measurements of the live API in August 2026.
 */
export const createFirmable = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: firmableUpstream.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
      classify: classifyAnswer,
      readReport: () => null,
    },
    options,
  );

  return {
    title: 'Firmable',
    company: { identifiers: ['id', 'domain', 'linkedin', 'abn'], price },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price },
    separatesEmailKinds: true,
    refetchIsFree: true,
    requestsPerSecond: options.requestsPerSecond ?? firmableUpstream.requestsPerSecond,
    keyHelp,
    sandboxKey,
    parseKey,
    isSandboxKey,
    isCompanyId: (id) => /^f\d{1,20}$/.test(id),
    isPersonId: (id) => /^fp\d{1,20}$/.test(id),
    // Its ids are padded to twelve digits (f000000117274), in some examples of its documentation to ten (f0000067890); only
    // what has outgrown the padding may be longer.
    isWholeId: (id) => /^fp?(?:\d{10,12}|[1-9]\d{12,19})$/.test(id),
    findCompany: async (call, lookup) =>
      await client.find('COMPANY', call, companyRequest(lookup), readCompany),
    findPerson: async (call, lookup) => await client.find('PERSON', call, personRequest(lookup), readPerson),
    searchPeople: async (call, search) => {
      const asked = await client.send(call, searchRequest(search));
      if (asked.kind !== 'BODY') return asked;
      const page = readPeoplePage(asked.body, search);
      if (page === null) return unreadable('a search without a list');
      client.logUnexpectedFields('SEARCH', page.unexpectedFields);
      return page;
    },
    readCompany,
    readPerson,
    verify: async (call) => {
      const asked = await client.send(call, searchRequest(verifySearch));
      // To be told that there is no such company, one must have been let in.
      if (asked.kind === 'NOT_FOUND') return { kind: 'ACCEPTED' };
      if (asked.kind !== 'BODY') return asked;
      const page = readPeoplePage(asked.body, verifySearch);
      return page === null ? unreadable('a search without a list') : { kind: 'ACCEPTED' };
    },
    readBalance: null,
    close: client.close,
  };
};
